package org.civicswitch.core.client;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What travels between a client's process and the switch's: kind (4), detail (4), correlation id
 * (8), then for commands and outcomes the SBE message; little-endian.
 *
 * <pre>
 *   client                                   switch
 *     HELLO  detail = stream for outcomes  ->
 *                                          <- WELCOME, or REFUSED when every session is taken
 *     COMMAND correlation id, message      ->
 *                                          <- OUTCOME correlation id, message
 * </pre>
 *
 * New instructions, after the hello, go over one stream; what finishes or steers goes over another
 * one with the same session id. So a switch that takes no new instructions lets them lie without
 * holding up confirmations behind them.
 *
 * <p>A session lives as long as the client's publications: closing them, or dying, ends it.
 */
final class IpcFrame {
  /** Of frames and of the file that says where the switch is; both sides must agree. */
  static final int PROTOCOL = 2;

  static final int HEADER_BYTES = 16;

  static final int HELLO = 1;
  static final int WELCOME = 2;
  static final int REFUSED = 3;
  static final int COMMAND = 4;
  static final int OUTCOME = 5;

  /** Every client's commands; Aeron keeps them apart by session. */
  static final String CHANNEL = "aeron:ipc?term-length=1m";

  static final int INGRESS_STREAM = 4217;

  /** What finishes or steers. */
  static final int PRIORITY_STREAM = 4218;

  private IpcFrame() {}

  static void header(
      final MutableDirectBuffer buffer,
      final int kind,
      final int detail,
      final long correlationId) {
    buffer.putInt(0, kind, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(4, detail, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(8, correlationId, ByteOrder.LITTLE_ENDIAN);
  }

  static int kind(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
  }

  static int detail(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + 4, ByteOrder.LITTLE_ENDIAN);
  }

  static long correlationId(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
  }
}
