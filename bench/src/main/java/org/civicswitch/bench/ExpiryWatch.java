package org.civicswitch.bench;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;

/**
 * Reads the feed and notes how long after its deadline each unanswered payment of one came back.
 */
final class ExpiryWatch implements Runnable {
  private static final long LATE_MS_MAX = 3_600_000;

  private final FeedReader feed;
  private final int debtor;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PaymentReservedDecoder reserved = new PaymentReservedDecoder();
  private final PaymentRejectedDecoder rejected = new PaymentRejectedDecoder();
  private final Histogram lateMs = new Histogram(1, LATE_MS_MAX, 3);
  private volatile boolean stopped;
  private long reservations;
  private long expiries;
  private long sequence;
  private long gaps;

  /**
   * @param debtor whose payments are watched
   */
  ExpiryWatch(final FeedReader feed, final int debtor) {
    this.feed = feed;
    this.debtor = debtor;
  }

  @Override
  public void run() {
    while (feed.poll(this::onEvent, 1_000) > 0 || !stopped) {
      LockSupport.parkNanos(200_000);
    }
  }

  private void onEvent(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    gaps += sequence != 0 && feedSequence != sequence + 1 ? 1 : 0;
    sequence = feedSequence;
    header.wrap(event, offset);
    if (header.templateId() == PaymentReservedDecoder.TEMPLATE_ID) {
      reserved.wrapAndApplyHeader(event, offset, header);
      reservations += reserved.debtorAgent() == debtor ? 1 : 0;
    } else if (header.templateId() == PaymentRejectedDecoder.TEMPLATE_ID) {
      rejected.wrapAndApplyHeader(event, offset, header);
      if (rejected.debtorAgent() == debtor && rejected.reservedSequence() != 0) {
        expiries++;
        lateMs.recordValue(
            Math.min(LATE_MS_MAX, Math.max(0, rejected.at().timeMs() - rejected.deadlineMs())));
      }
    }
  }

  void stop() {
    stopped = true;
  }

  long reservations() {
    return reservations;
  }

  long expiries() {
    return expiries;
  }

  /** Places where an event was missing or came again. */
  long gaps() {
    return gaps;
  }

  /** Milliseconds after the deadline, by the switch's own time. */
  Histogram lateMs() {
    return lateMs;
  }
}
