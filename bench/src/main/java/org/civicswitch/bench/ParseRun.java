package org.civicswitch.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.civicswitch.bench.MessageParser.Found;

/** One parser, one thread, one message over and over. */
final class ParseRun {
  private static final long LATENCY_MAX_NS = 60_000_000_000L;

  private ParseRun() {}

  /**
   * What was measured.
   *
   * @param perS messages a second
   * @param latencyNs service time of one message
   * @param bytesAllocated by one message, mean
   */
  record Result(double perS, Histogram latencyNs, long bytesAllocated) {}

  /**
   * Warms up for half the time, then measures.
   *
   * @throws WrongResultException if the parser does not find what is in the message, or takes a
   *     message that is cut short
   */
  static Result run(
      final MessageParser parser, final byte[] message, final Found expected, final long forNs)
      throws Exception {
    check(parser, message, expected);
    loop(parser, message, forNs / 2, null);
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final Histogram latencies = new Histogram(LATENCY_MAX_NS, 3);
    final long allocated = threads.getCurrentThreadAllocatedBytes();
    final long startNs = System.nanoTime();
    final long count = loop(parser, message, forNs, latencies);
    final long tookNs = System.nanoTime() - startNs;
    final long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    check(parser, message, expected);
    return new Result(count * 1e9 / tookNs, latencies, bytes / count);
  }

  private static long loop(
      final MessageParser parser, final byte[] message, final long forNs, final Histogram latencies)
      throws Exception {
    final long startNs = System.nanoTime();
    long at = startNs;
    long count = 0;
    while (at - startNs < forNs) {
      parser.parse(message);
      final long now = System.nanoTime();
      if (latencies != null) {
        latencies.recordValue(Math.min(now - at, LATENCY_MAX_NS));
      }
      at = now;
      count++;
    }
    return count;
  }

  private static void check(final MessageParser parser, final byte[] message, final Found expected)
      throws Exception {
    final Found found = parser.parse(message);
    if (found != null && !found.equals(expected)) {
      throw new WrongResultException("read " + found + " instead of " + expected);
    }
    final byte[] cut = Arrays.copyOf(message, message.length - 20);
    boolean refused = false;
    try {
      parser.parse(cut);
    } catch (final Exception e) {
      refused = true;
    }
    if (!refused) {
      throw new WrongResultException("a message that is cut short was taken");
    }
  }
}
