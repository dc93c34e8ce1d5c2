package org.civicswitch.core.host;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PulseEncoder;

/**
 * Offers a Pulse when a deadline is due and nothing else moves time on, one at a time, so that
 * pulses alternate with commands while more is due. Watches the wall clock: a step is not time that
 * passed, and deadlines that were given by the old clock would fire by the new one. Watches that
 * what was taken becomes durable: a disk that hangs tells nobody.
 */
final class Conductor implements Runnable {
  private static final long IDLE_NS = 500_000;
  private static final long BUSY_NS = 20_000;

  private final Sequencer sequencer;
  private final EngineHandler engine;
  private final HostState state;
  private final HostClock clock;
  private final Snapshots snapshots;
  private final LongSupplier released;
  private final long stallMsMax;
  private final UnsafeBuffer pulse = new UnsafeBuffer(new byte[128]);
  private final PulseEncoder encoder = new PulseEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  private long pulseSequence;
  private long keyLo;
  private long lastReleased = -1;
  private long movedNs;

  Conductor(
      final Sequencer sequencer,
      final EngineHandler engine,
      final HostState state,
      final HostClock clock,
      final Snapshots snapshots,
      final LongSupplier released,
      final long stallMsMax) {
    this.sequencer = sequencer;
    this.engine = engine;
    this.state = state;
    this.clock = clock;
    this.snapshots = snapshots;
    this.released = released;
    this.stallMsMax = stallMsMax;
  }

  @Override
  public void run() {
    try {
      while (!state.isClosed()) {
        watchClock();
        watchProgress();
        final long now = clock.nowMs();
        LockSupport.parkNanos(pulseIfDue(now) ? BUSY_NS : IDLE_NS);
      }
    } catch (final RuntimeException e) {
      state.halt("conductor", e);
    }
  }

  /**
   * @return whether work waits
   */
  private boolean pulseIfDue(final long now) {
    if (engine.nextDeadlineMs() > now && !snapshots.isWanted()) {
      return false;
    }
    if (engine.appliedSequence() >= pulseSequence) {
      encoder
          .wrapAndApplyHeader(pulse, 0, header)
          .head()
          .participant(0)
          .connection(0)
          .keyHi(0)
          .keyLo(++keyLo)
          .createdMs(now);
      if (sequencer.offer(
              null, 0, pulse, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength())
          == SwitchClient.ACCEPTED) {
        pulseSequence = sequencer.lastSequence();
      }
    }
    return true;
  }

  private void watchClock() {
    final long step = clock.watch();
    final long ahead = engine.engineTimeMs() - clock.nowMs();
    if (step != 0) {
      state.pause(
          HostState.Pause.CLOCK,
          "the clock stepped by " + step + " ms; set it right or restart the switch");
    } else if (ahead > HostClock.STEP_MAX_MS) {
      // Until real time has caught up, log time would stand still and nothing would expire.
      state.pause(
          HostState.Pause.CLOCK,
          "the log's time is ahead of the clock by " + ahead + " ms; set it right");
    } else {
      state.pause(HostState.Pause.CLOCK, null);
    }
  }

  private void watchProgress() {
    final long nowNs = System.nanoTime();
    final long sequence = released.getAsLong();
    if (sequence != lastReleased || sequence >= sequencer.lastSequence()) {
      lastReleased = sequence;
      movedNs = nowNs;
      state.pause(HostState.Pause.STALL, null);
    } else if (nowNs - movedNs > stallMsMax * 1_000_000) {
      state.pause(
          HostState.Pause.STALL,
          "nothing behind sequence " + sequence + " has become durable; does the disk answer?");
    }
  }
}
