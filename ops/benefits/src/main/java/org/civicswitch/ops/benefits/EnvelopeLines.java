package org.civicswitch.ops.benefits;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.gateway.kit.Id128;

/**
 * What became of each line of one envelope, and which line of the roll it is: 11 bytes a line. A
 * line's key names its line of the roll, so that the mapping needs no memory but the feed.
 */
final class EnvelopeLines {
  private int[] rollLines = new int[256];
  private byte[] states = new byte[256];
  private short[] codes = new short[256];
  private int[] reasons = new int[256];
  private int count;
  private final BitSet added = new BitSet();
  private final Map<Integer, Code> refused = new HashMap<>();

  /** The upper half of the keys of an envelope's lines. The envelope's id is keyed itself. */
  static long keyHi(final Id128 envelope) {
    return envelope.hi() ^ Long.rotateLeft(envelope.lo(), 29);
  }

  /** The key of one line: the same whenever it is sent again. */
  static Id128 key(final Id128 envelope, final long rollLine) {
    return new Id128(keyHi(envelope), rollLine);
  }

  synchronized void added(final int number, final int rollLine) {
    if (number > states.length) {
      final int room = Math.max(number, states.length * 2);
      rollLines = Arrays.copyOf(rollLines, room);
      states = Arrays.copyOf(states, room);
      codes = Arrays.copyOf(codes, room);
      reasons = Arrays.copyOf(reasons, room);
    }
    rollLines[number - 1] = rollLine;
    states[number - 1] = (byte) PaymentState.READY.value();
    count = Math.max(count, number);
    added.set(rollLine);
    refused.remove(rollLine);
  }

  synchronized void refused(final int rollLine, final Code code) {
    // What is refused for a passing cause is sent again under the same key.
    if (code != Code.CAPACITY && code != Code.THROTTLED && !added.get(rollLine)) {
      refused.put(rollLine, code);
    }
  }

  synchronized void state(
      final long number, final PaymentState state, final Code code, final long reason) {
    if (number >= 1 && number <= count) {
      final int at = (int) number - 1;
      states[at] = (byte) state.value();
      codes[at] = (short) code.value();
      reasons[at] = (int) reason;
    }
  }

  synchronized int count() {
    return count;
  }

  synchronized int rollLine(final int number) {
    return rollLines[number - 1];
  }

  synchronized boolean contains(final long rollLine) {
    return added.get((int) rollLine);
  }

  synchronized BitSet added() {
    return (BitSet) added.clone();
  }

  synchronized Map<Integer, Code> refused() {
    return new HashMap<>(refused);
  }

  /** Numbers of lines that have to be done again, by line of the roll. */
  synchronized Map<Integer, String> unpaid() {
    final Map<Integer, String> unpaid = new HashMap<>();
    for (int i = 0; i < count; i++) {
      final String why = why(PaymentState.get(states[i]), Code.get(codes[i]), reasons[i]);
      if (why != null) {
        unpaid.put(rollLines[i], why);
      }
    }
    return unpaid;
  }

  private static String why(final PaymentState state, final Code code, final int reason) {
    return switch (state) {
      case REJECTED -> "REJECTED " + (reason == 0 ? code.name() : letters(reason));
      case EXPIRED -> "EXPIRED";
      case RETURNED -> reason == 0 ? "RETURNED" : "RETURNED " + letters(reason);
      case HELD -> "HELD " + code.name();
      default -> null;
    };
  }

  /** A reason on the wire is four letters, the first in the highest byte. */
  private static String letters(final int reason) {
    final StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      final char c = (char) (reason >>> shift & 0xFF);
      if (c > ' ' && c < 127) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
