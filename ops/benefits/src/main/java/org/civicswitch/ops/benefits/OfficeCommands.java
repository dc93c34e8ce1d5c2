package org.civicswitch.ops.benefits;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ApproveEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelEnvelopeEncoder;
import org.civicswitch.core.protocol.CreateEnvelopeEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PauseEnvelopeEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.ReleaseEnvelopeEncoder;
import org.civicswitch.core.protocol.SealEnvelopeEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/**
 * Encodes an office's commands. A step of an operator gets a new key each time: whether it has been
 * taken shows in the envelope's state, so that another process may ask again.
 */
final class OfficeCommands {
  private static final int ROOM = 1024;

  private final int connection;
  private final int participant;
  private final InstantSource clock;

  OfficeCommands(final int connection, final int participant, final InstantSource clock) {
    this.connection = connection;
    this.participant = participant;
    this.clock = clock;
  }

  long nowMs() {
    return clock.millis();
  }

  void head(final HeadEncoder head) {
    head(head, Id128.of(UUID.randomUUID()));
  }

  void head(final HeadEncoder head, final Id128 key) {
    head.participant(participant)
        .connection(connection)
        .keyHi(key.hi())
        .keyLo(key.lo())
        .createdMs(clock.millis());
  }

  static MutableDirectBuffer room() {
    return new UnsafeBuffer(new byte[ROOM]);
  }

  static byte[] bytes(final MutableDirectBuffer buffer, final int encodedLength) {
    return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
  }

  /** The same, signed by an operator who has seen the log up to a sequence. */
  static byte[] signed(
      final MutableDirectBuffer buffer,
      final int encodedLength,
      final OperatorSigner signer,
      final long seenSequence) {
    signer.sign(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength, seenSequence);
    return bytes(buffer, encodedLength);
  }

  byte[] create(
      final Id128 envelope,
      final OfficeSettings settings,
      final RunTerms terms,
      final long count,
      final long total,
      final OperatorSigner maker,
      final long seen) {
    final MutableDirectBuffer buffer = room();
    final CreateEnvelopeEncoder encoder = new CreateEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    encoder
        .programme(settings.programme())
        .cycle(terms.cycle())
        .lineCount(count)
        .total(total)
        .scheme(settings.scheme())
        .timeoutMs(settings.timeoutMs())
        .valueDate(terms.valueDate());
    return signed(buffer, encoder.encodedLength(), maker, seen);
  }

  byte[] seal(final Id128 envelope, final OperatorSigner maker, final long seen) {
    final MutableDirectBuffer buffer = room();
    final SealEnvelopeEncoder encoder = new SealEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    return signed(buffer, encoder.encodedLength(), maker, seen);
  }

  byte[] approve(
      final Id128 envelope, final Digest256 hash, final OperatorSigner checker, final long seen) {
    final MutableDirectBuffer buffer = room();
    final ApproveEnvelopeEncoder encoder = new ApproveEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    hash.put(encoder.envelopeHash());
    return signed(buffer, encoder.encodedLength(), checker, seen);
  }

  byte[] release(final Id128 envelope, final OperatorSigner maker, final long seen) {
    final MutableDirectBuffer buffer = room();
    final ReleaseEnvelopeEncoder encoder = new ReleaseEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    return signed(buffer, encoder.encodedLength(), maker, seen);
  }

  byte[] pause(final Id128 envelope, final OperatorSigner maker, final long seen) {
    final MutableDirectBuffer buffer = room();
    final PauseEnvelopeEncoder encoder = new PauseEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    return signed(buffer, encoder.encodedLength(), maker, seen);
  }

  byte[] cancel(final Id128 envelope, final OperatorSigner maker, final long seen) {
    final MutableDirectBuffer buffer = room();
    final CancelEnvelopeEncoder encoder = new CancelEnvelopeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    envelope.put(encoder.envelope());
    return signed(buffer, encoder.encodedLength(), maker, seen);
  }

  /**
   * Asks for a payment that cannot be. The refusal is an event, and so marks a place in the feed;
   * like any command it also lets the switch do a piece of what is due.
   */
  byte[] mark() {
    final MutableDirectBuffer buffer = room();
    final QueryEncoder encoder = new QueryEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    head(encoder.head());
    encoder.queryKind(QueryKind.PAYMENT);
    return bytes(buffer, encoder.encodedLength());
  }
}
