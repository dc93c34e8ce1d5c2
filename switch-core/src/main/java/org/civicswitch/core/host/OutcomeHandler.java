package org.civicswitch.core.host;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import org.agrona.DirectBuffer;

/** Behind journal and engine: hands outcomes to those who asked. */
final class OutcomeHandler implements EventHandler<HostEntry> {
  private final DirectBuffer outputs;
  private final Sequence freed;
  private final ParticipantCredits credits;
  private volatile long releasedSequence;

  OutcomeHandler(
      final DirectBuffer outputs,
      final Sequence freed,
      final ParticipantCredits credits,
      final long lastSequence) {
    this.outputs = outputs;
    this.freed = freed;
    this.credits = credits;
    this.releasedSequence = lastSequence;
  }

  @Override
  public void onEvent(final HostEntry entry, final long place, final boolean endOfBatch) {
    if (entry.client != null) {
      entry.client.deliver(entry.correlationId, outputs, entry.outcomeOffset, entry.outcomeLength);
      entry.client = null;
    }
    credits.giveBack(entry.participant, entry.newInstruction);
    releasedSequence = entry.sequence;
    if (endOfBatch) {
      freed.set(entry.outputEnd);
    }
  }

  /** Durable, applied, and its outcome handed out. */
  long releasedSequence() {
    return releasedSequence;
  }
}
