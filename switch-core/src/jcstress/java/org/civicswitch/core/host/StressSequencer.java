package org.civicswitch.core.host;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;

/**
 * A real sequencer whose rings are always freed: one for all states, what is tested are credits.
 */
final class StressSequencer {
  static final HostState STATE = new HostState();
  static final ParticipantCredits CREDITS = new ParticipantCredits();
  private static final int LENGTH = 64;
  private static final Sequencer SEQUENCER = sequencer();

  private StressSequencer() {}

  private static Sequencer sequencer() {
    // A quarter of the ring: the least number of entries gives 16 credits, one is wanted.
    final HostOptions defaults = HostOptions.defaults();
    final HostOptions options =
        new HostOptions(
            64,
            1 << 20,
            defaults.outputRingBytes(),
            defaults.reservedShare(),
            1,
            1,
            1,
            defaults.snapshotEveryCommands(),
            defaults.snapshotCopyBytesMax(),
            defaults.feedKeepEvents(),
            defaults.roomBytesMin(),
            defaults.stallMsMax(),
            defaults.drainMsMax(),
            () -> 0,
            0);
    final RingBuffer<HostEntry> ring =
        RingBuffer.createSingleProducer(
            HostEntry::new, options.ringEntries(), new BusySpinWaitStrategy());
    final StageBarrier nobody = new StageBarrier(ring::getCursor, 0);
    final Sequence freed = new Sequence(Long.MAX_VALUE / 2);
    return new Sequencer(
        ring, nobody, nobody, options, freed, freed, STATE, new HostClock(() -> 0), CREDITS, 0, 0);
  }

  static Sequencer get() {
    return SEQUENCER;
  }

  static UnsafeBuffer instruction(final int participant) {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[LENGTH]);
    new MessageHeaderEncoder().wrap(command, 0).templateId(SubmitPaymentEncoder.TEMPLATE_ID);
    new HeadEncoder().wrap(command, MessageHeaderEncoder.ENCODED_LENGTH).participant(participant);
    return command;
  }
}
