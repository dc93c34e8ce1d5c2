package org.civicswitch.exchange;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.Tokens;

/** Turns notices into commands. The person's number does not get past here: only its token does. */
final class LifeEventCommands {
  private final Tokens tokens;

  LifeEventCommands(final Tokens tokens) {
    this.tokens = tokens;
  }

  /** A new buffer that holds exactly the command. */
  UnsafeBuffer encode(
      final LifeEventNotice notice, final Registries.Registry registry, final byte[] body) {
    final UnsafeBuffer buffer =
        new UnsafeBuffer(
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + RecordLifeEventEncoder.BLOCK_LENGTH]);
    final RecordLifeEventEncoder command = new RecordLifeEventEncoder();
    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final Id128 key = eventKey(notice.eventId());
    command
        .head()
        .participant(registry.participant())
        .connection(registry.connection())
        .keyHi(key.hi())
        .keyLo(key.lo())
        .createdMs(notice.createdAt().toEpochMilli());
    tokens.subject(notice.person()).put(command.subject());
    command
        .lifeEvent(notice.kind())
        .occurredOn((int) notice.occurredOn().toEpochDay())
        .recordedMs(notice.recordedAt().toEpochMilli());
    (notice.reverses() == null ? Id128.NONE : eventKey(notice.reverses())).put(command.reverses());
    Digest256.sha256(body).put(command.evidence());
    return buffer;
  }

  private Id128 eventKey(final String eventId) {
    return tokens.id("life-event", eventId);
  }
}
