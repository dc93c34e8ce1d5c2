package org.civicswitch.core.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;

/** Once, and the same answer: remembers every answer ever given and compares the next ones. */
final class Answers {
  /** The engine keeps them as long as this; a longer time ago it may have forgotten. */
  private static final long KEPT_MS = SimWorld.DUPLICATE_WINDOW_MS + 60_000;

  private final Map<Key, First> firsts = new HashMap<>();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private long replays;

  private record Key(int participant, int template, Instruction.Id id) {}

  /**
   * @param loose whether bytes that are not compared may differ too, as in a mangled command
   */
  private record First(int content, boolean loose, Code code, long sequence, long timeMs) {}

  /** One answer to one instruction. */
  private record Given(Code code, boolean replayed, long originalSequence) {}

  long replays() {
    return replays;
  }

  void check(final Instruction instruction, final DirectBuffer bytes) {
    outcome.wrapAndApplyHeader(bytes, 0, header);
    final Code whole = outcome.code();
    if (!instruction.isRemembered() || whole == Code.MALFORMED || whole == Code.UNKNOWN_KIND) {
      return;
    }
    final long sequence = outcome.sequence();
    final long timeMs = outcome.timeMs();
    final Given single = new Given(whole, outcome.replayed() == 1, outcome.originalSequence());
    final OutcomeDecoder.ItemsDecoder given = outcome.items();
    if (!instruction.hasItems()) {
      check(instruction, instruction.items().get(0), single, sequence, timeMs);
      return;
    }
    if (whole != Code.OK) {
      return;
    }
    final List<Instruction.Item> items = instruction.items();
    SimFailure.unlessEqual(items.size(), given.count(), "outcome items at sequence " + sequence);
    for (final Instruction.Item item : items) {
      given.next();
      SimFailure.unless(
          given.key().hi() == item.id().hi() && given.key().lo() == item.id().lo(),
          "outcome items of sequence " + sequence + " are out of order");
      check(
          instruction,
          item,
          new Given(given.code(), given.replayed() == 1, given.originalSequence()),
          sequence,
          timeMs);
    }
  }

  private void check(
      final Instruction instruction,
      final Instruction.Item item,
      final Given given,
      final long sequence,
      final long timeMs) {
    final Key key = new Key(instruction.participant(), instruction.template, item.id());
    final First first = firsts.get(key);
    final Supplier<String> what =
        () -> "sequence " + sequence + ", " + key + " answered " + given + " after " + first;
    if (given.code == Code.DUPLICATE) {
      SimFailure.unless(first != null && first.content != item.content(), what);
    } else if (given.replayed) {
      replays++;
      SimFailure.unless(
          first != null
              && (first.content == item.content() || first.loose || instruction.hostile)
              && first.code == given.code
              && first.sequence == given.originalSequence,
          what);
    } else if (isStored(given.code)) {
      SimFailure.unless(first == null || timeMs - first.timeMs >= KEPT_MS, what);
      SimFailure.unlessEqual(sequence, given.originalSequence, what);
      firsts.put(key, new First(item.content(), instruction.hostile, given.code, sequence, timeMs));
    } else if (given.code == Code.STALE) {
      SimFailure.unless(
          instruction.hostile || timeMs - instruction.createdMs() >= SimWorld.DUPLICATE_WINDOW_MS,
          what);
    }
  }

  /** As the descriptions in the schema say. */
  static boolean isStored(final Code code) {
    return code == Code.OK
        || code == Code.OPERATOR_NOT_INDEPENDENT
        || (code.value() > Code.THROTTLED.value()
            && code != Code.PAYMENT_UNKNOWN
            && code != Code.PROPOSAL_UNKNOWN);
  }
}
