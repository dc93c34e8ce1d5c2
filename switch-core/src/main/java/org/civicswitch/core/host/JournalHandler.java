package org.civicswitch.core.host;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import org.agrona.DirectBuffer;
import org.civicswitch.core.storage.Journal;

/** Makes commands durable: everything that queued during one force goes with the next. */
final class JournalHandler implements EventHandler<HostEntry> {
  private final Journal journal;
  private final DirectBuffer commands;
  private final Sequence freed;
  private final Gate gate;

  JournalHandler(
      final Journal journal, final DirectBuffer commands, final Sequence freed, final Gate gate) {
    this.journal = journal;
    this.commands = commands;
    this.freed = freed;
    this.gate = gate;
  }

  @Override
  public void onEvent(final HostEntry entry, final long place, final boolean endOfBatch) {
    if (!append(entry)) {
      journal.commit();
      gate.durable(place - 1);
      if (!append(entry)) {
        throw new IllegalStateException("the journal takes nothing at " + entry.sequence);
      }
    }
    if (endOfBatch) {
      journal.commit();
      freed.set(entry.commandEnd);
      gate.durable(place);
    }
  }

  private boolean append(final HostEntry entry) {
    return journal.append(
        entry.sequence, entry.timeMs, commands, entry.commandOffset, entry.commandLength);
  }
}
