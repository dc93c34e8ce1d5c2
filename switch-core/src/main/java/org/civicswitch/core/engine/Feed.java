package org.civicswitch.core.engine;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CommandRefusedEncoder;
import org.civicswitch.core.protocol.EventHeadEncoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderEncoder;

/**
 * The events of the command being applied. They are kept here until the outcome, which goes out
 * first, is known.
 *
 * <p>The pattern: {@code e.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
 * feed.stamp(e.at()); ...; feed.commit(e.encodedLength());}
 */
final class Feed {
  /** Kept free for the outcome, which is at most 8 + 88 + 1,000 x 32 + 64 x 10 and some bytes. */
  private static final int OUTCOME_ROOM = 40 * 1024;

  private static final int CAPACITY = Output.MAX_COMMAND_BYTES - OUTCOME_ROOM;

  private final Scalars scalars;
  private final UnsafeBuffer staged = new UnsafeBuffer(new byte[CAPACITY]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final CommandRefusedEncoder refused = new CommandRefusedEncoder();
  private int[] ends = new int[256];
  private int count;
  private int position;
  private int promised;

  Feed(final Scalars scalars) {
    this.scalars = scalars;
  }

  void begin() {
    count = 0;
    position = 0;
    promised = 0;
  }

  MutableDirectBuffer buffer() {
    return staged;
  }

  int offset() {
    return position;
  }

  MessageHeaderEncoder header() {
    return header;
  }

  /** Bytes left for events, without those promised; long work stops before it runs out. */
  int room() {
    return CAPACITY - position - promised;
  }

  /** Keeps room for what will be said at the end of the command. */
  void promise(final int bytes) {
    promised += bytes;
  }

  /** Whether due work may put out so much more: half of all is left to the command itself. */
  boolean hasRoomForDueWork(final int bytes) {
    return room() >= Output.MAX_COMMAND_BYTES / 2 + bytes;
  }

  /** The feed sequence that the next event will have. */
  long nextSequence() {
    return scalars.get(Scalars.FEED_SEQUENCE) + 1;
  }

  /** Writes the head of the event that will be committed next. */
  void stamp(final EventHeadEncoder at) {
    at.feedSequence(nextSequence()).sequence(scalars.sequence()).timeMs(scalars.timeMs());
  }

  /** Takes the event at {@link #offset}. */
  void commit(final int encodedLength) {
    scalars.increment(Scalars.FEED_SEQUENCE);
    if (count == ends.length) {
      ends = java.util.Arrays.copyOf(ends, count * 2);
    }
    position += MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    ends[count++] = position;
  }

  /** The feed is the truth, refusals included. */
  void refused(
      final Command command,
      final Code code,
      final Field differs,
      final int state,
      final int item) {
    refused
        .wrapAndApplyHeader(staged, position, header)
        .participant(command.participant)
        .connection(command.connection)
        .commandTemplate(command.template)
        .code(code)
        .differs(differs)
        .state((short) state)
        .item(item);
    stamp(refused.at());
    refused.key().hi(command.keyHi).lo(command.keyLo);
    commit(refused.encodedLength());
  }

  void writeTo(final Output output) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      final int length = ends[i] - from;
      output.buffer().putBytes(output.offset(), staged, from, length);
      output.event(length);
      from = ends[i];
    }
  }
}
