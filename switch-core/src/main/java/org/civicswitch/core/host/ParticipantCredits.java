package org.civicswitch.core.host;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What each participant has under way, so that one cannot take the room of the others, through
 * however many clients. Taken by whoever sequences; given back by the stage behind the gate.
 *
 * <p>A participant is told by the low 16 bits of its number: numbers beyond do not exist, and
 * whoever sends such a one shares the credits of another.
 */
final class ParticipantCredits {
  private static final int MASK = 0xFFFF;

  private final AtomicIntegerArray instructions = new AtomicIntegerArray(MASK + 1);
  private final AtomicIntegerArray others = new AtomicIntegerArray(MASK + 1);

  /** Commands of this participant under way; none are counted for participant 0. */
  int underWay(final int participant, final boolean newInstructions) {
    return (newInstructions ? instructions : others).get(participant & MASK);
  }

  void take(final int participant, final boolean newInstruction) {
    add(participant, newInstruction, 1);
  }

  void giveBack(final int participant, final boolean newInstruction) {
    add(participant, newInstruction, -1);
  }

  private void add(final int participant, final boolean newInstruction, final int count) {
    if (participant != 0) {
      (newInstruction ? instructions : others).getAndAdd(participant & MASK, count);
    }
  }
}
