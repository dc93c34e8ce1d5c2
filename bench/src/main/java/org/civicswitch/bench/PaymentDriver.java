package org.civicswitch.bench;

import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.PaymentState;

/**
 * Both agents of every payment on one thread: submits, and confirms as soon as the reservation is
 * released. A payment is done when the outcome of its confirmation is.
 */
final class PaymentDriver {
  /**
   * Payments under way at most; below a client's credits, so that a confirmation always has one.
   */
  static final int WINDOW = 3072;

  private static final int RING = 4096;
  private static final int POLL_LIMIT = 256;
  private static final long STALLED_NS = 30_000_000_000L;
  private static final long LATENCY_MAX_NS = 600_000_000_000L;

  private final SwitchClient client;
  private final PaymentCommands commands;
  private final int window;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final LongArrayQueue toConfirm = new LongArrayQueue();
  private final long[] sinceNs = new long[RING];
  private final IdleStrategy idle = new BackoffIdleStrategy(100, 10, 1_000, 50_000);

  private long submitted;
  private long done;
  private String wrong;
  private Histogram latencies;

  PaymentDriver(final SwitchClient client, final PaymentCommands commands) {
    this(client, commands, WINDOW);
  }

  /**
   * With fewer payments under way.
   *
   * @param window at most {@link #WINDOW}
   */
  PaymentDriver(final SwitchClient client, final PaymentCommands commands, final int window) {
    this.client = client;
    this.commands = commands;
    this.window = window;
  }

  /**
   * What was measured.
   *
   * @param payments done
   * @param perS payments a second
   * @param latencyNs from the intended send time (open loop) or from sending (closed)
   */
  record Measured(long payments, double perS, Histogram latencyNs) {}

  static Histogram histogram() {
    return new Histogram(1000, LATENCY_MAX_NS, 3);
  }

  /** Payments done since the beginning. They have the numbers from 0 to this, exclusive. */
  long done() {
    return done;
  }

  /** As many as will go in, for so long; then waits for what is under way. */
  Measured closed(final long forNs) throws WrongResultException {
    latencies = histogram();
    final long startNs = System.nanoTime();
    final long before = done;
    long now = startNs;
    while (now - startNs < forNs) {
      boolean worked = step();
      while (submitted - done < window && submit(System.nanoTime())) {
        worked = true;
      }
      idle.idle(worked ? 1 : 0);
      now = System.nanoTime();
      watch(now, worked);
    }
    final long payments = done - before;
    final Histogram within = latencies;
    latencies = null;
    drain();
    return new Measured(payments, payments * 1e9 / (now - startNs), within);
  }

  /** At a constant rate, for so long; then waits for what is under way. */
  Measured open(final double perS, final long forNs) throws WrongResultException {
    latencies = histogram();
    final long first = submitted;
    final long count = Math.max(1, (long) (perS * forNs / 1e9));
    final long startNs = System.nanoTime();
    final OpenLoop loop = new OpenLoop(startNs, perS);
    while (done - first < count) {
      final long now = System.nanoTime();
      final long due = Math.min(count, loop.due(now));
      boolean worked = step();
      while (submitted - first < due
          && submitted - done < window
          && submit(loop.intendedNs(submitted - first))) {
        worked = true;
      }
      idle.idle(worked ? 1 : 0);
      watch(now, worked || submitted == done);
    }
    final long endNs = System.nanoTime();
    final Histogram within = latencies;
    latencies = null;
    return new Measured(count, count * 1e9 / (endNs - startNs), within);
  }

  private void drain() throws WrongResultException {
    while (done < submitted) {
      final boolean worked = step();
      idle.idle(worked ? 1 : 0);
      watch(System.nanoTime(), worked);
    }
  }

  private long movedNs = System.nanoTime();

  private void watch(final long nowNs, final boolean worked) throws WrongResultException {
    if (wrong != null) {
      throw new WrongResultException(wrong);
    }
    if (worked) {
      movedNs = nowNs;
    } else if (nowNs - movedNs > STALLED_NS) {
      throw new WrongResultException(
          "no outcome for 30 s with " + (submitted - done) + " payments under way");
    }
  }

  private boolean step() {
    boolean worked = client.poll(this::onOutcome, POLL_LIMIT) > 0;
    while (!toConfirm.isEmpty()) {
      final long number = toConfirm.peekLong();
      final UnsafeBuffer command = commands.confirm(number, System.currentTimeMillis());
      if (client.offer(command, 0, commands.length(), number << 1 | 1) != SwitchClient.ACCEPTED) {
        break;
      }
      toConfirm.pollLong();
      worked = true;
    }
    return worked;
  }

  private boolean submit(final long intendedNs) {
    final UnsafeBuffer command = commands.submit(submitted, System.currentTimeMillis());
    if (client.offer(command, 0, commands.length(), submitted << 1) != SwitchClient.ACCEPTED) {
      return false;
    }
    sinceNs[(int) submitted & RING - 1] = intendedNs;
    submitted++;
    return true;
  }

  private void onOutcome(
      final long correlationId, final DirectBuffer buffer, final int offset, final int length) {
    final boolean confirmed = (correlationId & 1) == 1;
    final long number = correlationId >>> 1;
    outcome.wrapAndApplyHeader(buffer, offset, header);
    final Code code = outcome.code();
    final OutcomeDecoder.ItemsDecoder items = outcome.items();
    if (code != Code.OK || items.count() != 1) {
      wrong = "payment " + number + (confirmed ? " confirmed: " : " submitted: ") + code;
      return;
    }
    items.next();
    final PaymentState expected = confirmed ? PaymentState.SETTLED : PaymentState.RESERVED;
    if (items.code() != Code.OK || items.state() != expected) {
      wrong = "payment " + number + ": " + items.code() + " " + items.state();
      return;
    }
    if (!confirmed) {
      toConfirm.addLong(number);
      return;
    }
    done++;
    if (latencies != null) {
      final long ns = System.nanoTime() - sinceNs[(int) number & RING - 1];
      latencies.recordValue(Math.min(ns, LATENCY_MAX_NS));
    }
  }
}
