package org.civicswitch.core.engine;

import java.util.Arrays;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Commands on which an engine with a defect halted. A host that recovers has read the {@code
 * Quarantine} commands that lie further on in the log, and announces their sequences before it
 * applies anything; the command at an announced sequence is refused without being decoded. When the
 * {@code Quarantine} itself is reached it is checked like any command, and confirms what was done.
 */
final class Quarantines implements CommandHandler {
  /** Each is a defect that halted the switch: more than a few would be something else. */
  static final int MAX = 64;

  private static final int WORDS = 2;
  private static final int SEQUENCE = 0;
  private static final int CONFIRMED = 1;

  private final RecordStore store;
  private final Operators operators;
  private final QuarantineDecoder quarantine = new QuarantineDecoder();
  private long[] announced = new long[0];

  Quarantines(final StateSpace space, final Operators operators) {
    store = space.add("engine.quarantined", WORDS, MAX);
    this.operators = operators;
  }

  CommandKind kind() {
    return new CommandKind(QuarantineDecoder.TEMPLATE_ID, QuarantineDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.PLATFORM)
        .compare(Field.OTHER, QuarantineDecoder.quarantinedSequenceEncodingOffset(), 8)
        // who signed second
        .compare(Field.OTHER, QuarantineDecoder.secondEncodingOffset(), 4);
  }

  /** Notes a sequence to be refused when it comes. */
  void announce(final long sequence) {
    if (announced.length == MAX) {
      throw new IllegalStateException("more than " + MAX + " quarantined commands");
    }
    announced = Arrays.copyOf(announced, announced.length + 1);
    announced[announced.length - 1] = sequence;
  }

  /** Whether the command at a sequence is to be refused; then it is noted as refused. */
  boolean refuses(final long sequence) {
    for (int i = 0; i < announced.length; i++) {
      if (announced[i] == sequence) {
        final int handle = store.allocate();
        if (handle == 0) {
          throw new IllegalStateException("more than " + MAX + " quarantined commands");
        }
        store.set(handle, SEQUENCE, sequence);
        return true;
      }
    }
    return false;
  }

  /** How many were refused without a Quarantine command in the log yet. */
  int unconfirmed() {
    int count = 0;
    for (int handle = 1; handle <= store.highWater(); handle++) {
      count += store.get(handle, CONFIRMED) == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public Code apply(final Command command) {
    quarantine.wrap(command.buffer, command.block, QuarantineDecoder.BLOCK_LENGTH, 1);
    final int second = (int) quarantine.second().signer();
    final Code refusal = operators.check(second, Operators.PLATFORM);
    if (refusal != Code.OK) {
      return refusal;
    }
    if (second == command.signer) {
      return Code.OPERATOR_NOT_INDEPENDENT;
    }
    for (int handle = 1; handle <= store.highWater(); handle++) {
      if (store.get(handle, SEQUENCE) == quarantine.quarantinedSequence()) {
        store.set(handle, CONFIRMED, 1);
        return Code.OK;
      }
    }
    return Code.QUARANTINE_INVALID;
  }
}
