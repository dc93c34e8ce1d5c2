package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;

/**
 * What an operator may sign from now on, and with which key. Without roles nobody signs anything:
 * so a person who has gone, or a key that was stolen, is taken out. Nobody is forgotten, because
 * what they signed stays.
 *
 * <p>A change after which nobody could change anything any more, or some rule of approval could not
 * be satisfied, is refused.
 */
final class OperatorChanges implements CommandHandler {
  private final Core core;
  private final ChangeOperatorDecoder change = new ChangeOperatorDecoder();
  private final Precedence refusal = new Precedence();

  OperatorChanges(final Core core) {
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            ChangeOperatorDecoder.TEMPLATE_ID, ChangeOperatorDecoder.BLOCK_LENGTH, this)
        .once()
        .signed(Operators.PLATFORM)
        .compare(
            Field.OTHER,
            ChangeOperatorDecoder.targetEncodingOffset(),
            ChangeOperatorDecoder.BLOCK_LENGTH - ChangeOperatorDecoder.targetEncodingOffset())
        .governed(
            Governed.of(
                Governed.Concern.OPERATOR, ChangeOperatorDecoder.targetEncodingOffset(), 4));
  }

  @Override
  public Code apply(final Command command) {
    change.wrap(command.buffer, command.block, ChangeOperatorDecoder.BLOCK_LENGTH, 1);
    final Operators operators = core.operators;
    final int operator = (int) change.target();
    final int roles = change.roles().getRaw();
    if (!operators.isKnown(operator)) {
      return Code.OPERATOR_UNKNOWN;
    }
    refusal
        .begin()
        .add(
            Words.isZero(change.publicKey())
                ? Code.OK
                : operators.checkKey(operator, change.publicKey()))
        .when(
            (roles & ~Operators.ALL_ROLES) != 0
                || !core.approvalRules.staysPossible(operator, roles),
            Code.CONFIG_INVALID);
    if (refusal.isOk()) {
      operators.change(operator, roles, change.publicKey());
    }
    return refusal.code();
  }
}
