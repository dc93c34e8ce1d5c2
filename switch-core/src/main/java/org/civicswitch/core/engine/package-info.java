/**
 * The deterministic engine: the same commands at the same sequences and times give the same bytes
 * and the same state everywhere. No clock, no I/O, no randomness, no thread.
 *
 * <p><b>The way of a command.</b> {@link org.civicswitch.core.engine.SwitchEngine} does a bounded
 * piece of due work (timers, eviction), checks the shape to the last byte, connection and operator;
 * {@code Instructions} looks every instruction up among the remembered ids, checks its age and room
 * for its answer, asks the handler, remembers and puts refusals out. {@code Answer} writes the one
 * outcome, {@code Feed} the events behind it.
 *
 * <p><b>To add a kind of command.</b> Describe it as a {@code CommandKind} (lengths, enumerations,
 * signer's roles, compared fields) and define it in {@code Core}; write a {@code CommandHandler}
 * that validates everything in the order of {@code Code} and returns the first that applies, or
 * changes, puts out events and returns OK. State goes into record stores of {@code Core.space},
 * indexes over them are rebuilt in {@code Core.rebuild}. What falls due by itself is a {@code
 * DueWork}.
 *
 * <p><b>Who may send what.</b> Connection 0 is the host itself: pulses, queries, and genesis. At
 * genesis operator 0 signs everything until the first operator is registered, and further operators
 * until the first command comes over a connection. After that, operators' commands come over a
 * connection that was granted their kinds for participant 0, the platform.
 *
 * <p><b>Positions from the feed alone.</b> {@code PositionChanged} gives absolute figures after all
 * that is not a payment. {@code PaymentReserved} adds to what is pending on both sides; {@code
 * PaymentSettled} moves it to posted (only posts, when {@code reservedSequence} is 0); {@code
 * PaymentRejected} takes it away (changes nothing, when {@code reservedSequence} is 0); {@code
 * PaymentReturned} posts, its debtor agent being who gives back. A payment that names an envelope
 * debits programme cash instead of the debtor agent's position. What an indirect participant moves
 * is moved on its settlement participant's account as well. A payment whose {@code settlementModel}
 * is a deferred one moves deferred positions in the same way, and no other; {@code
 * DeferredPositionChanged} gives their figures.
 */
package org.civicswitch.core.engine;
