package org.civicswitch.core.host;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.Intake;
import org.civicswitch.core.client.SwitchClient;

/**
 * The one place where a command gets its sequence and its time. A short lock makes claim, stamp and
 * copy one step for all callers; nobody waits for room.
 */
final class Sequencer {
  private final ReentrantLock lock = new ReentrantLock();
  private final RingBuffer<HostEntry> ring;
  private final StageBarrier toJournal;
  private final StageBarrier toEngine;
  private final ByteRing commands;
  private final Sequence journalFreed;
  private final Sequence engineFreed;
  private final HostState state;
  private final HostClock clock;
  private final ParticipantCredits credits;
  private final int creditsPerParticipant;
  private final long reservedEntries;
  private final long reservedBytes;

  private long sequence;
  private long timeMs;

  Sequencer(
      final RingBuffer<HostEntry> ring,
      final StageBarrier toJournal,
      final StageBarrier toEngine,
      final HostOptions options,
      final Sequence journalFreed,
      final Sequence engineFreed,
      final HostState state,
      final HostClock clock,
      final ParticipantCredits credits,
      final long lastSequence,
      final long lastTimeMs) {
    this.ring = ring;
    this.toJournal = toJournal;
    this.toEngine = toEngine;
    this.commands = new ByteRing(options.commandRingBytes());
    this.journalFreed = journalFreed;
    this.engineFreed = engineFreed;
    this.state = state;
    this.clock = clock;
    this.credits = credits;
    this.creditsPerParticipant = options.creditsPerParticipant();
    this.reservedEntries = (long) options.ringEntries() * options.reservedShare() / 100;
    this.reservedBytes = (long) options.commandRingBytes() * options.reservedShare() / 100;
    this.sequence = lastSequence;
    this.timeMs = lastTimeMs;
  }

  DirectBuffer bytes() {
    return commands.buffer();
  }

  /**
   * @param client null for the host itself
   * @return a result of {@link SwitchClient#offer}
   */
  int offer(
      final HostClient client,
      final long correlationId,
      final DirectBuffer command,
      final int offset,
      final int length) {
    final boolean intake = Intake.isNewInstruction(command, offset, length);
    final int participant = Intake.participant(command, offset, length);
    if (intake && state.pausedReason() != null) {
      return SwitchClient.BACK_PRESSURED;
    }
    lock.lock();
    try {
      if (state.isClosed()) {
        return SwitchClient.CLOSED;
      }
      final long freed = Math.min(journalFreed.get(), engineFreed.get());
      final long position = commands.next(length, freed);
      final long room = commands.capacity() - (position + length - freed);
      final long entries = ring.remainingCapacity();
      if (position < 0 || entries == 0 || !mayHave(participant, intake, entries, room)) {
        return SwitchClient.BACK_PRESSURED;
      }
      credits.take(participant, intake);
      final long at = ring.next();
      final HostEntry entry = ring.get(at);
      entry.sequence = ++sequence;
      timeMs = Math.max(timeMs, clock.nowMs());
      entry.timeMs = timeMs;
      entry.client = client;
      entry.correlationId = correlationId;
      entry.participant = participant;
      entry.newInstruction = intake;
      entry.commandOffset = commands.offset(position);
      entry.commandLength = length;
      commands.buffer().putBytes(entry.commandOffset, command, offset, length);
      commands.take(position, length);
      entry.commandEnd = commands.head();
      ring.publish(at);
    } finally {
      lock.unlock();
    }
    toJournal.wake();
    toEngine.wake();
    return SwitchClient.ACCEPTED;
  }

  private boolean mayHave(
      final int participant, final boolean intake, final long entries, final long room) {
    final boolean reserve = entries <= reservedEntries || room < reservedBytes;
    final int underWay = credits.underWay(participant, intake);
    return intake
        ? !reserve && underWay < creditsPerParticipant
        : !reserve || underWay < Math.max(1, reservedEntries / 2);
  }

  /** The last sequence given out. */
  long lastSequence() {
    lock.lock();
    try {
      return sequence;
    } finally {
      lock.unlock();
    }
  }
}
