package org.civicswitch.gateway.kit.keys;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.log.ChainedLog;

/**
 * Every message in and out, as it was on the wire, sealed like a payload and chained by hash over
 * the sealed form. In clear stand only time, direction, participant and a reference (a UETR or a
 * keyed id). For when a record is durable see {@link ChainedLog}. Safe for use by many threads.
 *
 * <pre>
 * record: timeMs i64 | direction u8 | participant u32 | reference 16 bytes | sealed
 * sealed: kind, its length in one byte first | content
 * </pre>
 */
public final class MessageLog implements AutoCloseable {
  /** Which way it went. */
  public enum Direction {
    /** From a participant to the switch. */
    IN,
    /** From the switch to a participant. */
    OUT
  }

  /** What is visible without a key. */
  public record Entry(
      long number, long timeMs, Direction direction, int participant, Id128 reference) {}

  /** An opened message. */
  public record Message(Entry entry, String kind, Buffer content) {}

  private static final long SEGMENT_BYTES = 64L * 1024 * 1024;
  private static final int HEADER_BYTES = 8 + 1 + 4 + 16;
  private static final int MAX_KIND_BYTES = 255;

  private final ChainedLog log;
  private final PayloadCipher sealing;
  private final KeyService keys;
  private byte[] clear = new byte[4096];
  private byte[] record = new byte[4096];

  private MessageLog(ChainedLog log, KeyService keys, Caller caller) {
    this.log = log;
    this.keys = keys;
    this.sealing = new PayloadCipher(keys, caller);
  }

  /**
   * Opens the log in this directory, or begins one.
   *
   * @param caller needs the right {@link Caller.Right#SEAL}
   */
  public static MessageLog open(Path directory, KeyService keys, Caller caller) throws IOException {
    return new MessageLog(ChainedLog.open(directory, SEGMENT_BYTES), keys, caller);
  }

  /**
   * Logs one message. Call it before a message's effect can be seen: before a reply leaves, before
   * a command is offered.
   *
   * @param participant whose message it is; also the group of the key that protects it
   * @param kind such as {@code pacs.008.001.08}
   * @return its number
   * @throws KeyRefused if there is no key to protect it: then the message must not go on
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public synchronized long append(
      long timeMs,
      Direction direction,
      int participant,
      Id128 reference,
      String kind,
      byte[] content)
      throws KeyRefused {
    final byte[] kindBytes = kind.getBytes(StandardCharsets.UTF_8);
    if (kindBytes.length > MAX_KIND_BYTES) {
      throw new IllegalArgumentException("a kind of " + kindBytes.length + " bytes");
    }
    final int clearLength = 1 + kindBytes.length + content.length;
    if (clear.length < clearLength) {
      clear = new byte[clearLength + clearLength / 2];
    }
    final int needed = HEADER_BYTES + clearLength + PayloadCipher.OVERHEAD_BYTES;
    if (record.length < needed) {
      record = new byte[needed + needed / 2];
    }
    ByteBuffer.wrap(clear).put((byte) kindBytes.length).put(kindBytes).put(content);
    ByteBuffer.wrap(record)
        .putLong(timeMs)
        .put((byte) (direction == Direction.IN ? 0 : 1))
        .putInt(participant)
        .putLong(reference.hi())
        .putLong(reference.lo());
    final int sealed =
        sealing.sealAny(
            reference,
            Epoch.at(participant, timeMs),
            new UnsafeBuffer(clear),
            0,
            clearLength,
            new UnsafeBuffer(record),
            HEADER_BYTES);
    return log.append(record, 0, HEADER_BYTES + sealed);
  }

  /**
   * Opens one message. The opening is logged by the key service.
   *
   * @param caller needs the right that the opening names
   * @throws IOException if there is none of this number
   * @throws UnreadablePayload if its key is erased or refused, or it was changed
   */
  public Message read(long number, Caller caller, String reason)
      throws IOException, UnreadablePayload {
    final byte[] body = log.read(number);
    final Entry entry = entry(number, body);
    final UnsafeBuffer out = new UnsafeBuffer(new byte[body.length]);
    final int length =
        new PayloadCipher(keys, caller)
            .open(
                entry.reference(),
                Opening.reveal(entry.reference(), reason),
                new UnsafeBuffer(body),
                HEADER_BYTES,
                body.length - HEADER_BYTES,
                out,
                0);
    final int kindLength = out.getByte(0) & 0xFF;
    final byte[] content = new byte[length - 1 - kindLength];
    out.getBytes(1 + kindLength, content);
    return new Message(
        entry, out.getStringWithoutLengthUtf8(1, kindLength), Buffer.buffer(content));
  }

  /** What was logged under this reference, in order, at most so many. Opens nothing. */
  public List<Entry> find(Id128 reference, int limit) throws IOException {
    final List<Entry> found = new ArrayList<>();
    log.visit(
        1,
        (number, body) -> {
          final Entry entry = entry(number, body);
          if (entry.reference().equals(reference)) {
            found.add(entry);
          }
          return found.size() < limit;
        });
    return found;
  }

  /** How many messages there are. */
  public long size() {
    return log.size();
  }

  /** The hash over everything so far. */
  public Digest256 lastHash() {
    return log.lastHash();
  }

  /** Returns when everything logged before is durable. */
  public void force() throws IOException {
    log.force();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private static Entry entry(long number, byte[] body) throws IOException {
    if (body.length < HEADER_BYTES + PayloadCipher.OVERHEAD_BYTES) {
      throw new IOException("record " + number + " is not a message");
    }
    final ByteBuffer header = ByteBuffer.wrap(body);
    final long timeMs = header.getLong();
    final Direction direction = header.get() == 0 ? Direction.IN : Direction.OUT;
    final int participant = header.getInt();
    return new Entry(
        number, timeMs, direction, participant, new Id128(header.getLong(), header.getLong()));
  }
}
