package org.civicswitch.bench;

import io.vertx.core.AsyncResult;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.BankClient.Reply;

/**
 * The debtor agent: posts payments and waits for the final word of each. Its clients, and those of
 * the creditor agent, are the same whether a gateway or an echo answers.
 */
final class RoundTrips {
  /** Payments under way at most when as many as will go through are wanted. */
  static final int IN_FLIGHT = 64;

  private static final long LATENCY_MAX_NS = 120_000_000_000L;
  private static final long PATIENCE_NS = 60_000_000_000L;

  private final BankClient debtor;
  private final ExchangeSamples samples;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<String> wrong = new AtomicReference<>();
  private volatile Histogram latencies = new ConcurrentHistogram(LATENCY_MAX_NS, 3);
  private volatile long endNs;

  /**
   * @param samples given the final words; or null
   */
  RoundTrips(final BankClient debtor, final ExchangeSamples samples) {
    this.debtor = debtor;
    this.samples = samples;
  }

  /**
   * What was measured.
   *
   * @param perS payments a second
   * @param latencyNs from the intended send time (open loop) or from sending (closed)
   */
  record Measured(double perS, Histogram latencyNs) {}

  /** Payments that are final, since the beginning. */
  int done() {
    return done.get();
  }

  /** As many as go through with {@link #IN_FLIGHT} under way. */
  Measured closed(final long forNs) throws WrongResultException {
    latencies = new ConcurrentHistogram(LATENCY_MAX_NS, 3);
    final int before = done.get();
    final long startNs = System.nanoTime();
    endNs = startNs + forNs;
    for (int i = 0; i < IN_FLIGHT; i++) {
      next();
    }
    while (System.nanoTime() - endNs < 0 && wrong.get() == null) {
      LockSupport.parkNanos(1_000_000);
    }
    final int within = done.get() - before;
    final long tookNs = System.nanoTime() - startNs;
    drain();
    return new Measured(within * 1e9 / tookNs, latencies);
  }

  private void next() {
    final long now = System.nanoTime();
    if (now - endNs < 0 && wrong.get() == null) {
      post(now, true);
    }
  }

  /** At a constant rate. */
  Measured open(final double perS, final long forNs) throws WrongResultException {
    latencies = new ConcurrentHistogram(LATENCY_MAX_NS, 3);
    final int count = (int) Math.max(1, perS * forNs / 1e9);
    final long startNs = System.nanoTime();
    final OpenLoop loop = new OpenLoop(startNs, perS);
    for (int i = 0; i < count && wrong.get() == null; i++) {
      loop.await(i);
      post(loop.intendedNs(i), false);
    }
    drain();
    return new Measured(count * 1e9 / (System.nanoTime() - startNs), latencies);
  }

  private void drain() throws WrongResultException {
    final long giveUp = System.nanoTime() + PATIENCE_NS;
    while (done.get() < sent.get() && wrong.get() == null) {
      if (System.nanoTime() - giveUp > 0) {
        throw new WrongResultException((sent.get() - done.get()) + " payments without an answer");
      }
      LockSupport.parkNanos(200_000);
    }
    if (wrong.get() != null) {
      throw new WrongResultException(wrong.get());
    }
  }

  private void post(final long sinceNs, final boolean goOn) {
    final int number = sent.incrementAndGet();
    debtor
        .pay(PaymentMessages.pay(number))
        .onComplete(result -> finished(result, number, sinceNs, goOn));
  }

  private void finished(
      final AsyncResult<Reply> result, final int number, final long sinceNs, final boolean goOn) {
    if (result.failed()) {
      wrong.compareAndSet(null, "payment " + number + ": " + result.cause());
      return;
    }
    final String body = result.result().body().toString();
    if (result.result().status() != 200 || !body.contains("<TxSts>ACSC</TxSts>")) {
      wrong.compareAndSet(null, "payment " + number + ": " + result.result().status() + " " + body);
      return;
    }
    latencies.recordValue(Math.min(System.nanoTime() - sinceNs, LATENCY_MAX_NS));
    if (samples != null) {
      samples.finalWord(SampleMessages.uetr(number), body);
    }
    done.incrementAndGet();
    if (goOn) {
      next();
    }
  }
}
