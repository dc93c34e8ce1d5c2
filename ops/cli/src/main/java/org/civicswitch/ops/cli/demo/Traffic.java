package org.civicswitch.ops.cli.demo;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.console.TrafficControl;

/**
 * Payments between the seeded banks at a steady rate, until stopped. Made before the banks are
 * there, so that the page can have its button; started before that, it begins once they {@linkplain
 * #connect are}. Safe for any thread.
 */
public final class Traffic implements TrafficControl, AutoCloseable {
  public static final double DEFAULT_PER_SECOND = 40;
  public static final double PER_SECOND_MAX = 10_000;

  /** Payments under way; at more than these the next is left out rather than queued. */
  static final int OPEN_MAX = 5_000;

  private static final long BEHIND_NS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

  private final double perSecond;
  private final TrafficPlan plan;
  private final LongAdder sent = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();
  private final Thread thread;
  private volatile SimulatedBanks banks;
  private volatile boolean running;
  private volatile boolean closed;

  /**
   * @param perSecond payments, above 0 to {@link #PER_SECOND_MAX}
   * @param seed of who pays whom how much
   */
  public Traffic(final double perSecond, final long seed) {
    if (!(perSecond > 0 && perSecond <= PER_SECOND_MAX)) {
      throw new IllegalArgumentException("payments per second: " + perSecond);
    }
    this.perSecond = perSecond;
    this.plan =
        new TrafficPlan(
            SeededWorld.accountBanks().stream().map(Bank::bic).toList(), seed, UUID::randomUUID);
    this.thread = new Thread(this::run, "traffic");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Gives it the banks that send. They stay the caller's; close the traffic before them. */
  public void connect(final SimulatedBanks senders) {
    banks = senders;
    LockSupport.unpark(thread);
  }

  @Override
  public boolean running() {
    return running;
  }

  @Override
  public void start() {
    running = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, "%s payments a second between the simulated banks", rate(perSecond));
  }

  private static String rate(final double perSecond) {
    return perSecond == Math.rint(perSecond)
        ? Long.toString(Math.round(perSecond))
        : Double.toString(perSecond);
  }

  /** Payments sent since the start. */
  public long sent() {
    return sent.sum();
  }

  /** Of those sent, how many settled. */
  public long settled() {
    return settled.sum();
  }

  /** Of those sent, how many were refused, expired or could not be brought to the switch. */
  public long rejected() {
    return rejected.sum();
  }

  /** Of those sent, how many have no final word yet. */
  public int open() {
    return open.get();
  }

  private void run() {
    final long everyNs = Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
    long due = System.nanoTime();
    while (!closed) {
      if (!running || banks == null) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        due = System.nanoTime();
        continue;
      }
      final long now = System.nanoTime();
      if (now - due < 0) {
        LockSupport.parkNanos(due - now);
        continue;
      }
      // After a pause of the machine the rate goes on; what was missed is not made up for.
      due = now - due > BEHIND_NS_MAX ? now : due + everyNs;
      if (open.get() < OPEN_MAX) {
        send();
      }
    }
  }

  private void send() {
    final PaymentOrder order;
    synchronized (plan) {
      order = plan.next();
    }
    // Open first and not open last: who sees none open sees all of them counted.
    open.incrementAndGet();
    sent.increment();
    final CompletableFuture<Void> unused =
        banks.bank(order.debtorBic()).pay(order).thenAccept(word -> finished(order, word));
  }

  private void finished(final PaymentOrder order, final FinalWord word) {
    if (word.settled()) {
      settled.increment();
    } else {
      rejected.increment();
      synchronized (plan) {
        plan.undo(order);
      }
    }
    open.decrementAndGet();
  }

  /** Stops for good. */
  @Override
  public void close() {
    running = false;
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
