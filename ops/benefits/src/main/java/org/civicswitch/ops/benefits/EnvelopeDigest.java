package org.civicswitch.ops.benefits;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * Computes an envelope's hash anew from the roll: the same chain as the switch's, declaration first
 * and then each line in the order of its adding. A line that comes before its turn waits; lines are
 * added in the order of the roll unless the switch had no room in between, so few do. One thread.
 */
final class EnvelopeDigest {
  private static final int WORDS_MAX = 32;

  private final MessageDigest sha256 = Digest256.newSha256();
  private final Id128 envelope;
  private final EnvelopeLines order;
  private final Map<Integer, long[]> early = new HashMap<>();
  private byte[] last;
  private int number;

  EnvelopeDigest(
      final Envelope declared,
      final EnvelopeLines order,
      final OfficeSettings settings,
      final RunTerms terms) {
    envelope = declared.id();
    this.order = order;
    last =
        sha256.digest(
            bytes(
                new byte[0],
                envelope.hi(),
                envelope.lo(),
                settings.programme(),
                terms.cycle(),
                declared.declaredCount(),
                declared.declaredTotal(),
                settings.scheme(),
                settings.timeoutMs(),
                terms.valueDate()));
  }

  /** Takes a line that is in the envelope. */
  void line(final RollRow row, final Payee payee, final Digest256 content) {
    final Id128 key = EnvelopeLines.key(envelope, row.line());
    early.put(
        (int) row.line(),
        new long[] {
          key.hi(),
          key.lo(),
          payee.subject().a(),
          payee.subject().b(),
          payee.subject().c(),
          payee.subject().d(),
          row.entitlement(),
          payee.creditorAgent(),
          row.amount(),
          payee.alias().a(),
          payee.alias().b(),
          payee.alias().c(),
          payee.alias().d(),
          payee.aliasVersion(),
          content.a(),
          content.b(),
          content.c(),
          content.d()
        });
    while (number < order.count()) {
      final long[] next = early.remove(order.rollLine(number + 1));
      if (next == null) {
        return;
      }
      number++;
      final long[] words = new long[next.length + 1];
      words[0] = number;
      System.arraycopy(next, 0, words, 1, next.length);
      last = sha256.digest(bytes(last, words));
    }
  }

  /** The hash over all lines; something else if lines are missing from the roll. */
  Digest256 result() {
    return Digest256.of(last);
  }

  private static byte[] bytes(final byte[] before, final long... words) {
    final ByteBuffer bytes = ByteBuffer.allocate((WORDS_MAX + 4) * Long.BYTES);
    bytes.put(before);
    for (final long word : words) {
      bytes.putLong(word);
    }
    final byte[] all = new byte[bytes.position()];
    bytes.flip().get(all);
    return all;
  }
}
