package org.civicswitch.core.storage;

import java.util.Arrays;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Output;

/** Collects what one command puts out, then shows it to the visitor. */
final class ReplayOutput implements Output {
  private final MutableDirectBuffer buffer =
      new ExpandableDirectByteBuffer(MAX_COMMAND_BYTES + MAX_MESSAGE_BYTES);
  private final ReplayVisitor visitor;
  private int[] ends = new int[64];
  private int messages;
  private int offset;

  ReplayOutput(final ReplayVisitor visitor) {
    this.visitor = visitor;
  }

  void begin() {
    offset = 0;
    messages = 0;
  }

  @Override
  public MutableDirectBuffer buffer() {
    return buffer;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public void outcome(final int length) {
    if (messages != 0) {
      throw new IllegalStateException("the outcome comes once and first");
    }
    add(length);
  }

  @Override
  public void event(final int length) {
    if (messages == 0) {
      throw new IllegalStateException("an event before the outcome");
    }
    add(length);
  }

  private void add(final int length) {
    if (messages == ends.length) {
      ends = Arrays.copyOf(ends, messages * 2);
    }
    offset += length;
    ends[messages] = offset;
    messages++;
  }

  int outcomeLength() {
    return ends[0];
  }

  /**
   * @param feedBefore the last feed sequence before the command
   */
  void show(final Engine engine, final long feedBefore) {
    if (messages == 0 || feedBefore + messages - 1 != engine.feedSequence()) {
      throw new IllegalStateException(
          "command "
              + engine.sequence()
              + " put out "
              + messages
              + " messages and moved the feed by "
              + (engine.feedSequence() - feedBefore));
    }
    visitor.outcome(engine.sequence(), engine.timeMs(), buffer, 0, ends[0]);
    for (int i = 1; i < messages; i++) {
      visitor.event(feedBefore + i, buffer, ends[i - 1], ends[i] - ends[i - 1]);
    }
  }
}
