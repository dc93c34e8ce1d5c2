package org.civicswitch.ops.console;

import java.util.Optional;
import java.util.UUID;
import org.civicswitch.core.protocol.IdDecoder;

/** A 128-bit id, written as a UUID. */
record Id128(long hi, long lo) {
  static Id128 of(final IdDecoder id) {
    return new Id128(id.hi(), id.lo());
  }

  /** With or without hyphens; empty when it is neither. */
  static Optional<Id128> parse(final String text) {
    final String digits = text.strip().replace("-", "");
    if (digits.length() != 32) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Id128(
              Long.parseUnsignedLong(digits.substring(0, 16), 16),
              Long.parseUnsignedLong(digits.substring(16), 16)));
    } catch (final NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean none() {
    return hi == 0 && lo == 0;
  }

  /** The first eight digits: enough to tell rows apart. */
  String brief() {
    return toString().substring(0, 8);
  }

  @Override
  public String toString() {
    return new UUID(hi, lo).toString();
  }
}
