package org.civicswitch.gateway.kit;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.civicswitch.core.protocol.IdDecoder;
import org.civicswitch.core.protocol.IdEncoder;

/** 128 bits as the wire carries them: a UETR, an instruction key. All zero means none. */
public record Id128(long hi, long lo) implements Comparable<Id128> {
  public static final Id128 NONE = new Id128(0, 0);

  public static Id128 of(UUID uuid) {
    return new Id128(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  public static Id128 of(IdDecoder decoder) {
    return new Id128(decoder.hi(), decoder.lo());
  }

  /** The first 16 of these bytes. */
  public static Id128 ofPrefix(byte[] bytes) {
    final ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Id128(words.getLong(), words.getLong());
  }

  /**
   * Reads the text form of a UUID, strictly: 36 characters, hexadecimal digits and four hyphens.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Id128 parse(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("not a UUID");
    }
    return of(UUID.fromString(text));
  }

  public boolean isNone() {
    return (hi | lo) == 0;
  }

  public UUID uuid() {
    return new UUID(hi, lo);
  }

  public void put(IdEncoder encoder) {
    encoder.hi(hi).lo(lo);
  }

  @Override
  public int compareTo(Id128 other) {
    final int high = Long.compareUnsigned(hi, other.hi);
    return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
  }

  @Override
  public String toString() {
    return uuid().toString();
  }
}
