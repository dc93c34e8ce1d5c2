package org.civicswitch.ops.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.ops.cli.verify.Verification;

/**
 * Compares what was acknowledged with what the switch holds: its feed from the first event, and its
 * answers when the same commands come again.
 */
final class ChaosAudit {
  /** Commands sent again, the latest ones: older ones may have left the duplicate window. */
  private static final int SENT_AGAIN_MAX = 200_000;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  private final ChaosLog log;
  private final BitSet reserved = new BitSet();
  private final BitSet settled = new BitSet();
  private final BitSet rejected = new BitSet();
  private final List<String> problems = new ArrayList<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PaymentReservedDecoder reservedEvent = new PaymentReservedDecoder();
  private final PaymentSettledDecoder settledEvent = new PaymentSettledDecoder();
  private final PaymentRejectedDecoder rejectedEvent = new PaymentRejectedDecoder();
  private long feedSequence;
  private int lost;
  private int duplicated;

  ChaosAudit(final ChaosLog log) {
    this.log = log;
  }

  /** Acknowledged, and not in the feed or not known when sent again. */
  int lost() {
    return lost;
  }

  /** Happened twice, or not as they were answered. */
  int duplicated() {
    return duplicated;
  }

  /** In words; empty if everything was kept. */
  List<String> problems() {
    return problems;
  }

  void run(final Path data) throws IOException {
    problems.addAll(log.refusals());
    problems.addAll(Verification.of(data).problems());
    try (LocalSwitch local =
        LocalSwitch.open(
            data,
            new SwitchEngine(),
            HostOptions.defaults(),
            JournalOptions.defaults().withSegmentBytes(1 << 20),
            note -> {})) {
      try (SwitchClient client = local.newClient()) {
        sendAgain(client);
      }
      readFeed(local);
    }
    log.submitted().stream().forEach(this::compare);
  }

  private void sendAgain(final SwitchClient client) {
    final ArrayDeque<Long> waiting = new ArrayDeque<>();
    final int last = log.submitted().length() - 1;
    for (int n = last; n >= 0 && waiting.size() < SENT_AGAIN_MAX; n--) {
      if (log.submitted().get(n)) {
        waiting.add(Step.SUBMIT.id(n));
      }
      if (log.confirmed().get(n)) {
        waiting.add(Step.CONFIRM.id(n));
      }
    }
    final ChaosPayments payments = new ChaosPayments(log.runMs());
    long quietSinceNs = System.nanoTime();
    int underWay = 0;
    while (!waiting.isEmpty() || underWay > 0) {
      boolean idle = true;
      if (underWay < ChaosChild.WINDOW && !waiting.isEmpty()) {
        final long id = waiting.peek();
        final int length = payments.encode(id, log.createdMs(Step.number(id)));
        if (client.offer(payments.buffer(), 0, length, id) == SwitchClient.ACCEPTED) {
          waiting.remove();
          underWay++;
          idle = false;
        }
      }
      final int answers = client.poll(this::onOutcome, ChaosChild.WINDOW);
      underWay -= answers;
      if (answers > 0 || !idle) {
        quietSinceNs = System.nanoTime();
      } else if (System.nanoTime() - quietSinceNs > PATIENCE_NS) {
        problems.add("the switch stopped answering what was sent again");
        return;
      } else {
        LockSupport.parkNanos(20_000);
      }
    }
  }

  private void onOutcome(
      final long id, final DirectBuffer outcome, final int offset, final int length) {
    final OutcomeCopy.Item item = OutcomeCopy.of(outcome, offset).items().get(0);
    if (!item.replayed() || item.code() != Code.OK) {
      lost++;
      problems.add(
          Step.ofId(id) + " of payment " + Step.number(id) + " was not known: " + item.code());
    }
  }

  private void readFeed(final LocalSwitch local) {
    try (FeedReader feed = local.feedFrom(1)) {
      while (feed.poll(this::onEvent, 1_000) > 0) {
        // until its end
      }
    }
  }

  private void onEvent(
      final long sequence, final DirectBuffer event, final int offset, final int length) {
    if (sequence != ++feedSequence) {
      problems.add("feed: event " + sequence + " where " + feedSequence + " belongs");
      feedSequence = sequence;
    }
    header.wrap(event, offset);
    switch (header.templateId()) {
      case PaymentReservedDecoder.TEMPLATE_ID -> {
        reservedEvent.wrapAndApplyHeader(event, offset, header);
        once(reserved, reservedEvent.uetr().lo(), "reserved");
      }
      case PaymentSettledDecoder.TEMPLATE_ID -> {
        settledEvent.wrapAndApplyHeader(event, offset, header);
        once(settled, settledEvent.uetr().lo(), "settled");
      }
      case PaymentRejectedDecoder.TEMPLATE_ID -> {
        rejectedEvent.wrapAndApplyHeader(event, offset, header);
        once(rejected, rejectedEvent.uetr().lo(), "rejected");
      }
      default -> {}
    }
  }

  private void once(final BitSet seen, final long number, final String what) {
    if (seen.get((int) number)) {
      duplicated++;
      problems.add("payment " + number + " was " + what + " twice");
    }
    seen.set((int) number);
  }

  private void compare(final int number) {
    final ChaosPayments.Course course = ChaosPayments.course(number);
    final boolean taken =
        course == ChaosPayments.Course.ONE_PHASE ? settled.get(number) : reserved.get(number);
    final boolean answered = log.confirmed().get(number);
    final boolean done =
        course == ChaosPayments.Course.ACCEPTED ? settled.get(number) : rejected.get(number);
    if (!taken || (answered && !done)) {
      lost++;
      problems.add("payment " + number + " was acknowledged and is not in the feed");
    }
    final boolean mayBeSettled =
        course == ChaosPayments.Course.ONE_PHASE
            || (course == ChaosPayments.Course.ACCEPTED && !log.late().get(number));
    if (settled.get(number) && (rejected.get(number) || !mayBeSettled)) {
      duplicated++;
      problems.add("payment " + number + " was settled against its answer");
    }
  }
}
