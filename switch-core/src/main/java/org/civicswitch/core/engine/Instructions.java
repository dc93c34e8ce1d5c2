package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.memory.Hash;

/**
 * Once, and the same answer: what is done around every instruction. Duplicate first, then the age,
 * then room for the answer; only then is the handler asked.
 */
final class Instructions {
  private final Scalars scalars;
  private final Settings settings;
  private final RememberedIds remembered;
  private final Answer answer;
  private final Feed feed;
  private long content;
  private long prints;

  Instructions(
      final Scalars scalars,
      final Settings settings,
      final RememberedIds remembered,
      final Answer answer,
      final Feed feed) {
    this.scalars = scalars;
    this.settings = settings;
    this.remembered = remembered;
    this.answer = answer;
    this.feed = feed;
  }

  /** Carries out a command whose sender has been checked, item by item if it has items. */
  void run(final Command command) {
    final CommandKind kind = command.kind;
    kind.handler.begin(command);
    if (!kind.hasItems()) {
      answer.code = runOne(command);
      return;
    }
    kind.firstItem(command);
    while (true) {
      answer.beginInstruction(command.sequence);
      final Code code = runOne(command);
      answer.endItem(command.keyHi, command.keyLo, code);
      if (command.item + 1 == command.count) {
        return;
      }
      kind.nextItem(command);
    }
  }

  private Code runOne(final Command command) {
    if (!command.kind.isRemembered()) {
      return finish(command, command.kind.handler.apply(command));
    }
    digest(command);
    final int id =
        remembered.find(command.participant, command.template, command.keyHi, command.keyLo);
    if (id != 0) {
      return repeated(command, id);
    }
    final Code refusal = checkTimeAndRoom(command);
    if (refusal != Code.OK) {
      return finish(command, refusal);
    }
    final Code code = command.kind.handler.apply(command);
    if (Codes.isStored(code)) {
      remembered.add(command, code, answer.entity, content, prints);
    }
    return finish(command, code);
  }

  private Code repeated(final Command command, final int id) {
    if (remembered.content(id) != content) {
      answer.differs = command.kind.firstDifference(remembered.prints(id) ^ prints);
      answer.originalSequence = remembered.sequence(id);
      return finish(command, Code.DUPLICATE);
    }
    answer.replayed = true;
    answer.originalSequence = remembered.sequence(id);
    answer.entity = remembered.entity(id);
    if (answer.entity != 0) {
      command.kind.handler.describe(answer.entity, answer);
    }
    return remembered.code(id);
  }

  private Code checkTimeAndRoom(final Command command) {
    final long now = command.timeMs;
    if (command.createdMs > now + settings.get(Parameter.FUTURE_TOLERANCE_MS)) {
      return Code.CREATED_IN_FUTURE;
    }
    if (command.createdMs < now - settings.get(Parameter.DUPLICATE_WINDOW_MS)
        || command.createdMs <= scalars.get(Scalars.IDS_HORIZON)) {
      return Code.STALE;
    }
    return hasRoom(command) ? Code.OK : Code.CAPACITY;
  }

  /** New instructions make way for operators and for answers to what is reserved. */
  private boolean hasRoom(final Command command) {
    if (command.kind.isSigned()) {
      return remembered.hasRoomForOperators();
    }
    return remembered.hasRoom()
        || (remembered.hasRoomForAnswer() && command.kind.handler.isOwed(command));
  }

  private Code finish(final Command command, final Code code) {
    if (code != Code.OK) {
      feed.refused(command, code, answer.differs, answer.state, command.item);
    }
    return code;
  }

  /** Hash and fingerprints of what is compared. */
  private void digest(final Command command) {
    final CommandKind kind = command.kind;
    final long seed = settings.get(Parameter.HASH_SEED_LO);
    long all = Hash.mix(seed);
    long marks = 0;
    for (int r = 0; r < kind.comparedRanges(); r++) {
      final long hash =
          hash(command, kind.comparedAt(r, command), kind.comparedLength(r), seed + r);
      all = Hash.combine(all, hash);
      marks ^= (hash & CommandKind.PRINT_MASK) << (kind.comparedSlot(r) * CommandKind.PRINT_BITS);
    }
    final int group = kind.contentGroupLength(command);
    if (group > 0) {
      all = Hash.combine(all, hash(command, command.group, group, seed));
    }
    if (kind.isDataCompared()) {
      all = Hash.combine(all, hash(command, command.dataAt, command.dataLength, seed));
    }
    content = Hash.mix(all);
    prints = marks;
  }

  private static long hash(
      final Command command, final int from, final int length, final long seed) {
    long hash = Hash.mix(seed);
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = Hash.combine(hash, command.longAt(from + i));
    }
    for (; i < length; i++) {
      hash = Hash.combine(hash, command.byteAt(from + i));
    }
    return Hash.mix(hash);
  }
}
