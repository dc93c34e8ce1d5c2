package org.civicswitch.ops.benefits;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.AddDisbursementsEncoder.LinesEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/** Gathers lines of one envelope until a command is full. One thread. */
final class LineChunk {
  /** Small enough that what one command puts out stays far below what a host gives it room for. */
  static final int LINES_MAX = 200;

  private static final int FIXED =
      MessageHeaderEncoder.ENCODED_LENGTH
          + AddDisbursementsEncoder.BLOCK_LENGTH
          + LinesEncoder.sbeHeaderSize();
  private static final int PER_LINE = LinesEncoder.sbeBlockLength() + 2;

  private final OfficeCommands commands;
  private final Id128 envelope;
  private final List<Line> lines = new ArrayList<>();
  private int bytes = FIXED;

  LineChunk(final OfficeCommands commands, final Id128 envelope) {
    this.commands = commands;
    this.envelope = envelope;
  }

  /** A line; the payload is sealed, the digest is of its clear text. */
  static final class Line {
    private final RollRow row;
    private final Payee payee;
    private final Digest256 content;
    private final byte[] payload;

    Line(final RollRow row, final Payee payee, final Digest256 content, final byte[] payload) {
      this.row = row;
      this.payee = payee;
      this.content = content;
      this.payload = payload;
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean hasRoomFor(final Line line) {
    return lines.size() < LINES_MAX
        && bytes + PER_LINE + line.payload.length <= SwitchClient.MAX_COMMAND_BYTES;
  }

  void add(final Line line) {
    lines.add(line);
    bytes += PER_LINE + line.payload.length;
  }

  /** The command with all lines; the chunk is empty afterwards. */
  byte[] take() {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes]);
    final AddDisbursementsEncoder encoder = new AddDisbursementsEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    envelope.put(encoder.envelope());
    final LinesEncoder group = encoder.linesCount(lines.size());
    for (final Line line : lines) {
      final LinesEncoder item = group.next();
      EnvelopeLines.key(envelope, line.row.line()).put(item.key());
      line.payee.subject().put(item.subject());
      item.entitlement(line.row.entitlement())
          .creditorAgent(line.payee.creditorAgent())
          .amount(line.row.amount());
      line.payee.alias().put(item.alias());
      item.aliasVersion(line.payee.aliasVersion());
      line.content.put(item.contentDigest());
      item.putPayload(line.payload, 0, line.payload.length);
    }
    lines.clear();
    bytes = FIXED;
    return buffer.byteArray();
  }
}
