package org.civicswitch.ops.console;

import java.util.Locale;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.VoucherState;

/** Names of the wire in a person's words, and the tone that goes with each. */
final class Wording {
  static final String GOOD = "good";
  static final String BAD = "bad";
  static final String OPEN = "open";
  static final String BACK = "back";
  static final String NONE = "–";

  private Wording() {}

  /** {@code NET_DEBIT_CAP} becomes {@code Net debit cap}. */
  static String words(final String constant) {
    final String text = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static String state(final PaymentState state) {
    return state == PaymentState.SETTLED_CREDIT_PENDING
        ? "Settled, credit pending"
        : words(state.name());
  }

  static String tone(final PaymentState state) {
    return switch (state) {
      case SETTLED, SETTLED_CREDIT_PENDING -> GOOD;
      case REJECTED, EXPIRED -> BAD;
      case RETURNED, PARTLY_RETURNED -> BACK;
      default -> OPEN;
    };
  }

  static String tone(final EnvelopeState state) {
    return switch (state) {
      case RELEASED, CLOSED -> GOOD;
      case CANCELLED -> BAD;
      case PAUSED -> BACK;
      default -> OPEN;
    };
  }

  static String tone(final VoucherState state) {
    return switch (state) {
      case ACTIVE, PARTLY_SPENT -> OPEN;
      case SPENT -> GOOD;
      case SUSPENDED -> BACK;
      default -> BAD;
    };
  }

  /** {@code 840 µs}, {@code 12.5 ms}, {@code 1.24 s}. */
  static String micros(final double micros) {
    if (micros >= 1_000_000) {
      return String.format(Locale.ROOT, "%.2f s", micros / 1_000_000);
    }
    if (micros >= 1_000) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1_000);
    }
    return String.format(Locale.ROOT, "%.0f µs", micros);
  }

  static String life(final long lifeMs) {
    return lifeMs < 0 ? NONE : lifeMs >= 10_000 ? Utc.duration(lifeMs / 1000) : lifeMs + " ms";
  }

  static String rate(final double perSecond) {
    return String.format(Locale.ROOT, perSecond >= 100 ? "%,.0f" : "%.1f", perSecond);
  }

  static String count(final long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
