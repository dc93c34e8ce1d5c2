package org.civicswitch.ops.reporting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.civicswitch.ops.reporting.TableShape.Kind;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows in PostgreSQL's binary COPY format: nothing to quote, nothing to parse. One use, one thread.
 */
final class CopyRows {
  /** A row is far below this: at most 27 columns, texts of at most 100 characters. */
  private static final int ROW_BYTES_MAX = 8 * 1024;

  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NULL = -1;
  private static final short END = -1;

  private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
  private final CopyIn copy;

  private CopyRows(final CopyIn copy) {
    this.copy = copy;
  }

  static void write(final CopyManager manager, final TableShape shape, final List<Object[]> rows)
      throws SQLException {
    final CopyIn copy =
        manager.copyIn(
            "COPY "
                + shape.table().sqlName()
                + " ("
                + shape.columnList()
                + ") FROM STDIN (FORMAT BINARY)");
    boolean done = false;
    try {
      new CopyRows(copy).write(shape.kinds(), rows);
      copy.endCopy();
      done = true;
    } finally {
      if (!done && copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void write(final List<Kind> kinds, final List<Object[]> rows) throws SQLException {
    bytes.put(SIGNATURE).putInt(0).putInt(0);
    final Kind[] columns = kinds.toArray(new Kind[0]);
    for (final Object[] row : rows) {
      if (bytes.remaining() < ROW_BYTES_MAX) {
        send();
      }
      bytes.putShort((short) row.length);
      for (int i = 0; i < row.length; i++) {
        put(columns[i], row[i]);
      }
    }
    bytes.putShort(END);
    send();
  }

  private void send() throws SQLException {
    copy.writeToCopy(bytes.array(), 0, bytes.position());
    bytes.clear();
  }

  private void put(final Kind kind, final Object value) {
    if (value == null) {
      bytes.putInt(NULL);
      return;
    }
    switch (kind) {
      case BIGINT -> bytes.putInt(Long.BYTES).putLong((Long) value);
      case INTEGER -> bytes.putInt(Integer.BYTES).putInt((Integer) value);
      case BOOLEAN -> bytes.putInt(1).put((byte) ((Boolean) value ? 1 : 0));
      case TEXT -> putBytes(((String) value).getBytes(StandardCharsets.UTF_8));
      case UUID -> {
        final UUID id = (UUID) value;
        bytes.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      }
      case BYTES -> putBytes((byte[]) value);
    }
  }

  private void putBytes(final byte[] value) {
    bytes.putInt(value.length).put(value);
  }
}
