package org.civicswitch.ops.reporting;

import java.util.UUID;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.IdDecoder;
import org.civicswitch.gateway.kit.Digest256;

/** Values of events as columns take them; what means none becomes null. */
final class Values {
  private Values() {}

  static UUID id(final IdDecoder id) {
    return new UUID(id.hi(), id.lo());
  }

  static UUID idOrNull(final IdDecoder id) {
    return (id.hi() | id.lo()) == 0 ? null : id(id);
  }

  static byte[] tokenOrNull(final DigestDecoder token) {
    return (token.a() | token.b() | token.c() | token.d()) == 0
        ? null
        : Digest256.of(token).toBytes();
  }

  /** Four letters in 32 bits, the first in the highest byte. */
  static String reasonOrNull(final long packed) {
    final StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      final int letter = (int) (packed >>> shift) & 0xFF;
      if (letter > ' ' && letter < 0x7F) {
        text.append((char) letter);
      }
    }
    return text.isEmpty() ? null : text.toString();
  }

  /** Null for 0, which means none. */
  static Long numberOrNull(final long number) {
    return number == 0 ? null : number;
  }
}
