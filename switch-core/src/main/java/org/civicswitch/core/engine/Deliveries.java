package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AcknowledgeDeliveryDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DeliveryAcknowledgedEncoder;

/**
 * How far each participant has received what the feed has for it. Not remembered by key: the same
 * cursor again changes nothing and is answered the same.
 */
final class Deliveries implements CommandHandler {
  private final Core core;
  private final AcknowledgeDeliveryDecoder acknowledge = new AcknowledgeDeliveryDecoder();
  private final DeliveryAcknowledgedEncoder acknowledged = new DeliveryAcknowledgedEncoder();

  Deliveries(final Core core) {
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
        AcknowledgeDeliveryDecoder.TEMPLATE_ID, AcknowledgeDeliveryDecoder.BLOCK_LENGTH, this);
  }

  @Override
  public Code apply(final Command command) {
    acknowledge.wrap(command.buffer, command.block, AcknowledgeDeliveryDecoder.BLOCK_LENGTH, 1);
    final int participant = core.participants.find(command.participant);
    if (participant == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    final long cursor = acknowledge.cursor();
    final long before = core.participants.cursor(participant);
    core.answer.value = before;
    if (cursor < before || cursor >= core.feed.nextSequence()) {
      return Code.CURSOR_BACKWARDS;
    }
    core.answer.value = cursor;
    if (cursor > before) {
      core.participants.cursor(participant, cursor);
      final Feed feed = core.feed;
      acknowledged.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
      feed.stamp(acknowledged.at());
      acknowledged.participant(Integer.toUnsignedLong(command.participant)).cursor(cursor);
      feed.commit(acknowledged.encodedLength());
    }
    return Code.OK;
  }
}
