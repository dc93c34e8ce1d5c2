package org.civicswitch.ops.console.accounts;

/**
 * How much an account sees: everything, what concerns one participant, or one programme.
 *
 * @param number of the participant or programme; 0 for everything
 */
public record Scope(Kind kind, long number) {
  public static final Scope ALL = new Scope(Kind.ALL, 0);

  /** Of what. */
  public enum Kind {
    ALL,
    PARTICIPANT,
    PROGRAMME
  }

  public static Scope participant(final long number) {
    return new Scope(Kind.PARTICIPANT, number);
  }

  /**
   * Reads {@code all}, {@code participant:101} or {@code programme:301}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Scope parse(final String text) {
    if (text.equals("all")) {
      return ALL;
    }
    final int colon = text.indexOf(':');
    final String kind = colon < 0 ? "" : text.substring(0, colon);
    final String number = text.substring(colon + 1);
    if (number.matches("[1-9][0-9]{0,9}")) {
      if (kind.equals("participant")) {
        return participant(Long.parseLong(number));
      }
      if (kind.equals("programme")) {
        return new Scope(Kind.PROGRAMME, Long.parseLong(number));
      }
    }
    throw new IllegalArgumentException(
        "a scope is all, participant:NUMBER or programme:NUMBER, not " + text);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ALL -> "all";
      case PARTICIPANT -> "participant:" + number;
      case PROGRAMME -> "programme:" + number;
    };
  }
}
