package org.civicswitch.ops.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bank that behaves as a real client of the ISO 20022 gateway: it fetches what waits for it,
 * answers what is offered, books what is final, and sends what its customers order. One thread
 * fetches and decides; answers and acknowledgements travel behind it. What is lost on the way comes
 * again and does no harm.
 */
public final class SimulatedBank implements AutoCloseable {
  /** Payments in one answer, as many as a message may have. */
  static final int ANSWERS_MAX = 1_000;

  private static final int POLL_SECONDS = 20;
  private static final int BATCHES_MAX = 8;
  private static final int ATTEMPTS_MAX = 8;
  private static final long BACKOFF_MS_MIN = 100;
  private static final long BACKOFF_MS_MAX = 5_000;
  private static final long STOP_SECONDS_MAX = 3;
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedBank.class);

  private final Vertx vertx;
  private final String bic;
  private final GatewayConnection gateway;
  private final BankDesk desk = new BankDesk();
  private final Semaphore batches = new Semaphore(BATCHES_MAX);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicLong messages = new AtomicLong();
  private final String idPrefix;
  private final Thread thread;

  private SimulatedBank(final Vertx vertx, final String bic, final GatewayConnection gateway) {
    this.vertx = vertx;
    this.bic = bic;
    this.gateway = gateway;
    // Identifications must differ from those of the bank's last start.
    this.idPrefix =
        bic + "-" + Long.toString(System.currentTimeMillis(), 36).toUpperCase(Locale.ROOT) + "-";
    this.thread = new Thread(this::fetch, "bank-" + bic.toLowerCase(Locale.ROOT));
    this.thread.setDaemon(true);
  }

  /**
   * Starts a bank; a gateway that is not there yet is tried again until it is.
   *
   * @param bic of a participant whose certificate the authority makes under its lower-case BIC
   * @param gateway the ISO 20022 gateway as in {@code endpoints.json}
   */
  public static SimulatedBank start(
      final Vertx vertx, final URI gateway, final DevelopmentCa authority, final String bic)
      throws IOException {
    final SimulatedBank bank =
        new SimulatedBank(
            vertx,
            bic,
            new GatewayConnection(
                vertx,
                gateway,
                authority.client(bic.toLowerCase(Locale.ROOT)),
                authority.rootCertificate()));
    bank.thread.start();
    return bank;
  }

  public String bic() {
    return bic;
  }

  /** Waits until it has spoken with the gateway once, so that it answers when it must. */
  void awaitConnected() throws IOException {
    try {
      // Any answer will do, and asking for messages would lease them.
      final GatewayConnection.Reply reply = await(gateway.payment(new UUID(0, 0).toString()));
      if (reply.status() >= 500) {
        throw new IOException("the gateway answered " + bic + " with " + reply.status());
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  public BankTotals totals() {
    return desk.totals();
  }

  /** Payments ordered through this bank that have no final word yet. */
  public int openOrders() {
    return desk.openOrders();
  }

  /** Payments, in and out, of which this bank awaits the final word. */
  public int open() {
    return desk.book().open();
  }

  /** What an account got less what it paid since the start, minor units. */
  public long balance(final String account, final String currency) {
    return desk.book().balance(account, currency);
  }

  /**
   * Sends a payment for a customer; the same bytes again while the gateway has no room.
   *
   * @param order whose debtor agent is this bank
   * @return completes with the final word, which comes from the answer or through the mailbox
   */
  public CompletableFuture<FinalWord> pay(final PaymentOrder order) {
    if (!order.debtorBic().equals(bic)) {
      throw new IllegalArgumentException(order.debtorBic() + " does not send through " + bic);
    }
    final byte[] message =
        PaymentMessages.creditTransfer(order, nextId(), System.currentTimeMillis());
    final CompletableFuture<FinalWord> done = desk.order(order);
    untilTaken(() -> gateway.post(message, 0), 1)
        .onSuccess(
            reply -> {
              if (reply.isSuccess()) {
                desk.answered(order.uetr(), reply.body());
              } else {
                desk.failed(order.uetr(), "the gateway answered " + reply.status());
              }
            })
        .onFailure(failure -> desk.failed(order.uetr(), String.valueOf(failure.getMessage())));
    return done;
  }

  private String nextId() {
    return idPrefix + messages.incrementAndGet();
  }

  private void fetch() {
    long backoffMs = BACKOFF_MS_MIN;
    try {
      Future<GatewayConnection.Reply> next = poll();
      while (stopping.getCount() > 0) {
        try {
          final GatewayConnection.Reply reply = await(next);
          if (!reply.isSuccess()) {
            throw new IOException("the gateway answered " + reply.status());
          }
          final List<Inbox.Letter> letters =
              reply.status() == 200 ? Inbox.read(reply.body()) : List.of();
          // Asked for already while these are worked on: leased ones are not given twice.
          next = poll();
          backoffMs = BACKOFF_MS_MIN;
          handle(letters);
        } catch (final IOException e) {
          trouble("fetching", e);
          if (stopping.await(backoffMs, TimeUnit.MILLISECONDS)) {
            return;
          }
          backoffMs = Math.min(BACKOFF_MS_MAX, 2 * backoffMs);
          next = poll();
        }
      }
    } catch (final InterruptedException e) {
      // close() interrupts the wait for messages; there is nothing left to do here.
      LOG.debug("{} stops", bic);
    }
  }

  private Future<GatewayConnection.Reply> poll() {
    return gateway.get(POLL_SECONDS, GatewayConnection.LIMIT_MAX);
  }

  private static GatewayConnection.Reply await(final Future<GatewayConnection.Reply> reply)
      throws InterruptedException, IOException {
    try {
      return reply
          .toCompletionStage()
          .toCompletableFuture()
          .get(3 * POLL_SECONDS, TimeUnit.SECONDS);
    } catch (final ExecutionException | TimeoutException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Decides on all of them, answers in as few messages as fit, then acknowledges. */
  private void handle(final List<Inbox.Letter> letters) throws InterruptedException {
    if (letters.isEmpty()) {
      return;
    }
    batches.acquire();
    final List<Future<?>> answered = new ArrayList<>();
    List<OutboundStatus> open = new ArrayList<>();
    for (final Inbox.Letter letter : letters) {
      final List<OutboundStatus> answers = desk.take(letter.document());
      if (open.size() + answers.size() > ANSWERS_MAX) {
        answered.add(answer(open));
        open = new ArrayList<>();
      }
      open.addAll(answers);
    }
    if (!open.isEmpty()) {
      answered.add(answer(open));
    }
    final List<Long> ids = letters.stream().map(Inbox.Letter::id).toList();
    Future.all(answered)
        // By their ids: between them lie some that are still being answered.
        .compose(done -> untilTaken(() -> gateway.acknowledge(ids), 1))
        .onComplete(
            done -> {
              batches.release();
              if (done.failed()) {
                trouble("answering", done.cause());
              }
            });
  }

  private Future<Void> answer(final List<OutboundStatus> statuses) {
    final byte[] message =
        PaymentMessages.answer(bic, nextId(), System.currentTimeMillis(), statuses);
    return untilTaken(() -> gateway.post(message, 0), 1)
        .map(
            reply -> {
              if (!reply.isSuccess()) {
                // It would be refused again: the offers expire, the final words follow.
                trouble("answering", new IOException("the gateway answered " + reply.status()));
              }
              return null;
            });
  }

  /** Makes a request again, later and later, while its failure may pass. */
  private Future<GatewayConnection.Reply> untilTaken(
      final Supplier<Future<GatewayConnection.Reply>> request, final int attempt) {
    return request
        .get()
        .transform(
            result -> {
              final boolean passing = result.failed() || result.result().isPassing();
              if (!passing || attempt == ATTEMPTS_MAX || stopping.getCount() == 0) {
                return result.succeeded()
                    ? Future.succeededFuture(result.result())
                    : Future.failedFuture(result.cause());
              }
              desk.trouble();
              final Promise<Void> later = Promise.promise();
              vertx.setTimer(
                  Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN << (attempt - 1)),
                  timer -> later.complete());
              return later.future().compose(v -> untilTaken(request, attempt + 1));
            });
  }

  private void trouble(final String doing, final Throwable failure) {
    if (stopping.getCount() > 0) {
      desk.trouble();
      LOG.warn("{}: {} failed, tried again: {}", bic, doing, failure.getMessage());
    }
  }

  /** Stops fetching, lets answers under way arrive, then closes the connections. */
  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
      if (!batches.tryAcquire(BATCHES_MAX, STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.debug("{} leaves answers unsent; the offers come again", bic);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gateway.close();
    }
  }
}
