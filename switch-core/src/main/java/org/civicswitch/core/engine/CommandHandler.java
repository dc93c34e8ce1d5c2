package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;

/**
 * Carries out one kind of command. By the time it is asked, shape, enumerations, connection,
 * operator, duplicates, creation time and room for the remembered id have been checked.
 *
 * <p>The pattern: wrap decoders in {@link #begin}; in {@link #apply} validate everything first, in
 * the order of {@link Code}, return the first code that applies with nothing changed; then change
 * and put out events. A refusal is put into outcome and feed by the caller.
 */
interface CommandHandler {
  /** Once per command, before its first instruction. */
  default void begin(final Command command) {}

  /**
   * Once per instruction: the whole command, or each item whose key has not been seen. For an item,
   * position the group first: {@code message.limit(command.at); item = group.next()}.
   *
   * @return OK, or why nothing was done
   */
  Code apply(Command command);

  /** Whether it answers something that is reserved: such an answer is not turned away for room. */
  default boolean isOwed(final Command command) {
    return false;
  }

  /**
   * When an instruction is repeated, puts the present state of what it made into the answer.
   *
   * @param entity what {@link #apply} left in {@link Answer#entity}
   */
  default void describe(final int entity, final Answer answer) {}
}
