package org.civicswitch.gateway.kit.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.log.ChainedLog;

/**
 * Every opening and every erasure, in order, chained by hash. Encrypted under a key of its own,
 * because a reason that a person typed may name somebody. Safe for use by many threads.
 */
public final class OpeningLog implements AutoCloseable {
  private static final long SEGMENT_BYTES = 64L * 1024 * 1024;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final ChainedLog log;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();
  private final Cipher gcm;

  private OpeningLog(ChainedLog log, SecretKey key) throws GeneralSecurityException {
    this.log = log;
    this.key = key;
    this.gcm = Cipher.getInstance("AES/GCM/NoPadding");
  }

  static OpeningLog open(Path directory, SecretKey key) throws IOException {
    try {
      return new OpeningLog(ChainedLog.open(directory, SEGMENT_BYTES), key);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java platform has no AES-GCM", e);
    }
  }

  /**
   * One line of the log.
   *
   * @param timeMs UTC milliseconds
   * @param what {@code open DELIVER}, {@code open REVEAL} or {@code erase}
   * @param caller who asked
   * @param subject what was opened; none for an erasure
   */
  public record Entry(
      long timeMs, String what, String caller, Epoch epoch, Id128 subject, String reason) {}

  /** Takes entries. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @return whether to go on
     */
    boolean entry(long number, Entry entry) throws IOException;
  }

  synchronized void append(Entry entry) {
    final byte[] what = entry.what().getBytes(StandardCharsets.UTF_8);
    final byte[] caller = entry.caller().getBytes(StandardCharsets.UTF_8);
    final byte[] reason = entry.reason().getBytes(StandardCharsets.UTF_8);
    final ByteBuffer clear =
        ByteBuffer.allocate(8 + 4 + 4 + 16 + 6 + what.length + caller.length + reason.length)
            .putLong(entry.timeMs())
            .putInt(entry.epoch().group())
            .putInt(entry.epoch().day())
            .putLong(entry.subject().hi())
            .putLong(entry.subject().lo());
    for (final byte[] text : new byte[][] {what, caller, reason}) {
      clear.putShort((short) text.length).put(text);
    }
    final byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      final byte[] body = new byte[NONCE_BYTES + gcm.getOutputSize(clear.capacity())];
      System.arraycopy(nonce, 0, body, 0, NONCE_BYTES);
      gcm.doFinal(clear.array(), 0, clear.capacity(), body, NONCE_BYTES);
      log.append(body, 0, body.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM with a fresh nonce cannot fail", e);
    }
  }

  /** Reads what is there, from this entry on; 1 is the first. */
  public void read(long from, Reader reader) throws IOException {
    log.visit(from, (number, body) -> reader.entry(number, decode(number, body)));
  }

  /** How many openings there were. */
  public long size() {
    return log.size();
  }

  private Entry decode(long number, byte[] body) throws IOException {
    final ByteBuffer clear;
    try {
      final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new GCMParameterSpec(TAG_BITS, Arrays.copyOf(body, NONCE_BYTES)));
      clear = ByteBuffer.wrap(cipher.doFinal(body, NONCE_BYTES, body.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IOException("entry " + number + " of the openings is not authentic", e);
    }
    final long timeMs = clear.getLong();
    final Epoch epoch = new Epoch(clear.getInt(), clear.getInt());
    final Id128 subject = new Id128(clear.getLong(), clear.getLong());
    final String what = text(clear);
    final String caller = text(clear);
    return new Entry(timeMs, what, caller, epoch, subject, text(clear));
  }

  private static String text(ByteBuffer from) {
    final byte[] bytes = new byte[from.getShort() & 0xFFFF];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
