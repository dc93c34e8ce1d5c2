package org.civicswitch.identity;

/**
 * What the look-up answers. {@link #OK} is 0; everything else is a refusal that changed nothing.
 * Methods that return a handle give it as a positive number and a refusal as its negative code.
 *
 * <p>The number is the precedence: of all that applies, the lowest number is given.
 *
 * <table>
 * <caption>Results in order of precedence</caption>
 * <tr><th>code</th><th>given when</th></tr>
 * <tr><td>1 CAPACITY</td><td>no record is free for what is to be created, or a person has {@link
 *     Subjects#MAX_LIVE_EVENTS} live events of the kind; may pass</td></tr>
 * <tr><td>2 SUBJECT_UNKNOWN</td><td>no person has this handle</td></tr>
 * <tr><td>3 SUBJECT_EXISTS</td><td>the person is registered</td></tr>
 * <tr><td>4 PAIRWISE_TAKEN</td><td>the issuer's subject is bound to another person</td></tr>
 * <tr><td>5 MAPPING_CONFLICT</td><td>the mapping version is older than the one bound, or the same
 *     with another issuer or pairwise subject</td></tr>
 * <tr><td>6 SUBJECT_NOT_ACTIVE</td><td>the status is not ACTIVE</td></tr>
 * <tr><td>7 VERDICT_MISSING</td><td>there is no standing verdict</td></tr>
 * <tr><td>8 VERDICT_EXPIRED</td><td>the time is at or after the verdict's end</td></tr>
 * <tr><td>9 VERDICT_ASSURANCE_LOW</td><td>its assurance level is below the one asked for</td></tr>
 * <tr><td>10 ALIAS_UNKNOWN</td><td>no such alias, or it is unlinked</td></tr>
 * <tr><td>11 ALIAS_OWNER_CHANGED</td><td>the alias belongs to another owner than named</td></tr>
 * <tr><td>12 ALIAS_VERSION_AHEAD</td><td>a mapping version that does not exist yet</td></tr>
 * <tr><td>13 ALIAS_EXISTS</td><td>linked to another owner</td></tr>
 * <tr><td>14 LIFE_EVENT_UNKNOWN</td><td>reverses what this source did not notify of this person, in
 *     this kind, or what is reversed already</td></tr>
 * <tr><td>15 LIFE_EVENT_EXISTS</td><td>the source has notified an event of this id</td></tr>
 * <tr><td>16 ARGUMENT_INVALID</td><td>a token, id, participant or version that means none, an
 *     unknown kind or status, an end before the beginning</td></tr>
 * </table>
 */
public final class IdentityResult {
  public static final int OK = 0;
  public static final int CAPACITY = 1;
  public static final int SUBJECT_UNKNOWN = 2;
  public static final int SUBJECT_EXISTS = 3;
  public static final int PAIRWISE_TAKEN = 4;
  public static final int MAPPING_CONFLICT = 5;
  public static final int SUBJECT_NOT_ACTIVE = 6;
  public static final int VERDICT_MISSING = 7;
  public static final int VERDICT_EXPIRED = 8;
  public static final int VERDICT_ASSURANCE_LOW = 9;
  public static final int ALIAS_UNKNOWN = 10;
  public static final int ALIAS_OWNER_CHANGED = 11;
  public static final int ALIAS_VERSION_AHEAD = 12;
  public static final int ALIAS_EXISTS = 13;
  public static final int LIFE_EVENT_UNKNOWN = 14;
  public static final int LIFE_EVENT_EXISTS = 15;
  public static final int ARGUMENT_INVALID = 16;

  private static final String[] NAMES = {
    "OK",
    "CAPACITY",
    "SUBJECT_UNKNOWN",
    "SUBJECT_EXISTS",
    "PAIRWISE_TAKEN",
    "MAPPING_CONFLICT",
    "SUBJECT_NOT_ACTIVE",
    "VERDICT_MISSING",
    "VERDICT_EXPIRED",
    "VERDICT_ASSURANCE_LOW",
    "ALIAS_UNKNOWN",
    "ALIAS_OWNER_CHANGED",
    "ALIAS_VERSION_AHEAD",
    "ALIAS_EXISTS",
    "LIFE_EVENT_UNKNOWN",
    "LIFE_EVENT_EXISTS",
    "ARGUMENT_INVALID",
  };

  private IdentityResult() {}

  /** The constant's name; for people, never for decisions. */
  public static String name(final int result) {
    return result >= 0 && result < NAMES.length ? NAMES[result] : "UNKNOWN_" + result;
  }
}
