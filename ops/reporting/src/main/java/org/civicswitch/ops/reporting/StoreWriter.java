package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/**
 * Takes events in order and writes them in transactions, each with the position it leads to: after
 * a crash the store stands between two batches, never within one. One thread. After an exception it
 * is to be closed and a new one opened, which goes on where the last transaction ended.
 */
public final class StoreWriter implements FeedReader.Handler, AutoCloseable {
  /** Events of one transaction: more make it hardly faster, and cost memory. */
  public static final int BATCH_EVENTS_MAX = 20_000;

  private static final long MINUTE_MS = 60_000;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<Table, TableShape> shapes;
  private final Batch batch = new Batch();
  private final EventRows rows = new EventRows(batch);
  private final EventHeadDecoder head = new EventHeadDecoder();
  private final CRC32C crc = new CRC32C();
  private final Set<String> openMonths = new HashSet<>();
  private byte[] copy = new byte[1024];
  private FeedPosition committed;
  private long feedSequence;
  private long logSequence;
  private long timeMs;
  private long minuteMs;
  private long eventCrc;

  StoreWriter(final Connection connection, final Dialect dialect) throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    connection.setAutoCommit(false);
    dialect.claim(connection);
    shapes = TableShape.readAll(connection);
    committed = FeedPosition.read(connection);
    feedSequence = committed.feedSequence();
    logSequence = committed.logSequence();
    timeMs = committed.timeMs();
    minuteMs = feedSequence == 0 ? Long.MIN_VALUE : minute(timeMs);
    rows.load(connection);
    connection.commit();
  }

  /** The feed sequence of the last event that is durable in the store; 0 before the first. */
  public long committedSequence() {
    return committed.feedSequence();
  }

  FeedPosition committed() {
    return committed;
  }

  /** Events taken and not yet written. */
  public int waiting() {
    return (int) (feedSequence - committed.feedSequence());
  }

  /**
   * Takes the event behind the last one. Ones that the store has already are passed over.
   *
   * @throws IllegalStateException if events are missing in between
   */
  @Override
  public void onEvent(
      final long sequence, final DirectBuffer event, final int offset, final int length) {
    if (sequence <= feedSequence) {
      return;
    }
    if (sequence != feedSequence + 1) {
      throw new IllegalStateException("event " + sequence + " after " + feedSequence);
    }
    head.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    final long nowMs = head.timeMs();
    final long minute = minute(nowMs);
    if (minute != minuteMs) {
      rows.minuteOver();
      minuteMs = minute;
      batch.add(Table.MINUTES, minute, sequence);
    }
    rows.onEvent(sequence, event, offset, length);
    feedSequence = sequence;
    logSequence = head.sequence();
    timeMs = nowMs;
    eventCrc = crc(event, offset, length);
  }

  private static long minute(final long ms) {
    return Math.floorDiv(ms, MINUTE_MS) * MINUTE_MS;
  }

  private long crc(final DirectBuffer event, final int offset, final int length) {
    if (copy.length < length) {
      copy = new byte[length];
    }
    event.getBytes(offset, copy, 0, length);
    crc.reset();
    crc.update(copy, 0, length);
    return crc.getValue();
  }

  /** Whether this is the event at which the store stands. */
  boolean isLastEvent(final DirectBuffer event, final int offset, final int length) {
    return crc(event, offset, length) == committed.eventCrc();
  }

  /** Writes what has gathered, and the position, in one transaction. */
  public void flush() throws SQLException {
    if (feedSequence == committed.feedSequence()) {
      return;
    }
    rows.beforeWrite(connection, dialect);
    for (final Map.Entry<Table, List<Object[]>> one : batch.added().entrySet()) {
      final TableShape shape = shapes.get(one.getKey());
      openMonths(shape, one.getValue());
      dialect.add(connection, shape, one.getValue());
    }
    for (final Map.Entry<Table, Map<List<Object>, Object[]>> one : batch.replaced().entrySet()) {
      replace(shapes.get(one.getKey()), one.getValue().values());
    }
    rows.afterWrite(connection);
    final FeedPosition reached = new FeedPosition(feedSequence, logSequence, timeMs, eventCrc);
    reached.replace(connection, committed);
    connection.commit();
    committed = reached;
    batch.clear();
  }

  private void openMonths(final TableShape shape, final List<Object[]> added) throws SQLException {
    final String timeColumn = Dialect.BY_MONTH.get(shape.table());
    if (timeColumn == null) {
      return;
    }
    final int at = shape.indexOf(timeColumn);
    long fromMs = 0;
    long toMs = 0;
    for (final Object[] row : added) {
      final long rowMs = (Long) row[at];
      if (rowMs < fromMs || rowMs >= toMs) {
        final YearMonth month = monthOf(rowMs);
        fromMs = startMs(month);
        toMs = startMs(month.plusMonths(1));
        if (openMonths.add(shape.table() + " " + month)) {
          dialect.openMonth(connection, shape.table(), month);
        }
      }
    }
  }

  private static YearMonth monthOf(final long ms) {
    return YearMonth.from(Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC));
  }

  private static long startMs(final YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private void replace(final TableShape shape, final Iterable<Object[]> replaced)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(dialect.replaceSql(shape))) {
      for (final Object[] row : replaced) {
        for (int i = 0; i < row.length; i++) {
          statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Removes a bounded part of what is older than may be kept: whole months, by the log's time.
   *
   * @param days from 1; 0 keeps everything
   * @return whether there is more to remove
   */
  boolean dropOlderThan(final int days) throws SQLException {
    if (days == 0 || committed.feedSequence() == 0) {
      return false;
    }
    final YearMonth first =
        YearMonth.from(
            Instant.ofEpochMilli(committed.timeMs()).atOffset(ZoneOffset.UTC).minusDays(days));
    boolean more = false;
    for (final Map.Entry<Table, String> one : Dialect.BY_MONTH.entrySet()) {
      more |= dialect.dropBefore(connection, one.getKey(), one.getValue(), first);
    }
    connection.commit();
    return more;
  }

  /** What has gathered and was not flushed is forgotten: it is read again. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
