package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Commands on which an engine with a defect halted. At every replay the host gives the {@code
 * Quarantine} that two operators signed in the place of such a command, at its sequence and time:
 * there, and only there, it is carried out, and answered with DEFECT. If it is refused for any
 * other reason, the host must not go on.
 *
 * <p>It was created long after the command that it stands for, and it is given again at every
 * replay: so its age is not checked and its key not remembered.
 */
final class Quarantines implements CommandHandler {
  /** Each is a defect that halted the switch: more than a few would be something else. */
  static final int MAX = 64;

  private static final int WORDS = 2;
  private static final int SEQUENCE = 0;
  private static final int SIGNERS = 1;

  private final RecordStore store;
  private final Operators operators;
  private final SignedCommands signed;
  private final QuarantineDecoder quarantine = new QuarantineDecoder();

  Quarantines(final StateSpace space, final Operators operators, final SignedCommands signed) {
    store = space.add("engine.quarantined", WORDS, MAX);
    this.operators = operators;
    this.signed = signed;
  }

  CommandKind kind() {
    return new CommandKind(QuarantineDecoder.TEMPLATE_ID, QuarantineDecoder.BLOCK_LENGTH, this)
        .signed(Operators.PLATFORM)
        .hostMaySend();
  }

  /** How many commands were replaced. */
  int count() {
    return store.size();
  }

  @Override
  public Code apply(final Command command) {
    quarantine.wrap(command.buffer, command.block, QuarantineDecoder.BLOCK_LENGTH, 1);
    final int second = (int) quarantine.second().signer();
    final Code refusal = operators.check(second, Operators.PLATFORM);
    if (refusal != Code.OK) {
      return refusal;
    }
    if (!signed.isSignedBySecond(command, second)) {
      return Code.SIGNATURE_INVALID;
    }
    if (second == command.signer) {
      return Code.OPERATOR_NOT_INDEPENDENT;
    }
    if (quarantine.quarantinedSequence() != command.sequence || store.isFull()) {
      return Code.QUARANTINE_INVALID;
    }
    final int handle = store.allocate();
    store.set(handle, SEQUENCE, command.sequence);
    store.set(handle, SIGNERS, AccountIds.owned(command.signer, second));
    return Code.DEFECT;
  }
}
