package org.civicswitch.ledger;

/**
 * What the ledger answers. {@link #OK} is 0; everything else is a refusal that changed nothing.
 * Methods that return a handle give it as a positive number and a refusal as its negative code.
 *
 * <p>The number is the precedence: of all that applies, the lowest number is given.
 *
 * <table>
 * <caption>Results in order of precedence</caption>
 * <tr><th>code</th><th>given when</th></tr>
 * <tr><td>1 CAPACITY</td><td>no record is free for what is to be created; may pass</td></tr>
 * <tr><td>2 ASSET_UNKNOWN</td><td>no asset has this handle</td></tr>
 * <tr><td>3 ASSET_EXISTS</td><td>the asset number is taken</td></tr>
 * <tr><td>4 ACCOUNT_UNKNOWN</td><td>no account has this handle</td></tr>
 * <tr><td>5 ACCOUNT_EXISTS</td><td>the account id is taken, closed accounts included</td></tr>
 * <tr><td>6 PENDING_UNKNOWN</td><td>no reservation has this handle (any more)</td></tr>
 * <tr><td>7 ASSETS_DIFFER</td><td>the two accounts hold different assets</td></tr>
 * <tr><td>8 ASSET_RETIRED</td><td>the asset is retired and the move does not lead back to an issuer</td></tr>
 * <tr><td>9 ASSET_FROZEN</td><td>the asset is frozen</td></tr>
 * <tr><td>10 ASSET_RULE</td><td>a rule of the asset forbids it, see {@link AssetRules}</td></tr>
 * <tr><td>11 ACCOUNT_CLOSED</td><td>one of the accounts is closed</td></tr>
 * <tr><td>12 ACCOUNT_FROZEN</td><td>one of the accounts is frozen</td></tr>
 * <tr><td>13 ACCOUNT_NOT_EMPTY</td><td>something is held or pending, so it cannot be closed</td></tr>
 * <tr><td>14 ARGUMENT_INVALID</td><td>id zero, flags unknown or contradictory, cap negative</td></tr>
 * <tr><td>15 AMOUNT_NOT_POSITIVE</td><td>the amount is zero or less</td></tr>
 * <tr><td>16 AMOUNT_OVERFLOW</td><td>a total of an account would exceed 2^63 - 1</td></tr>
 * <tr><td>17 SAME_ACCOUNT</td><td>debit and credit account are one</td></tr>
 * <tr><td>18 INSUFFICIENT_FUNDS</td><td>debits would exceed credits where they must not</td></tr>
 * <tr><td>19 NET_DEBIT_CAP</td><td>debits would exceed credits plus the net debit cap</td></tr>
 * <tr><td>20 CREDIT_LIMIT</td><td>credits would exceed debits where they must not</td></tr>
 * <tr><td>21 AMOUNT_EXCEEDS_PENDING</td><td>more is to be posted than was reserved</td></tr>
 * <tr><td>22 DEADLINE_PASSED</td><td>a post at or after the deadline</td></tr>
 * <tr><td>23 NOT_DUE</td><td>an expiry before the deadline</td></tr>
 * </table>
 */
public final class LedgerResult {
  public static final int OK = 0;
  public static final int CAPACITY = 1;
  public static final int ASSET_UNKNOWN = 2;
  public static final int ASSET_EXISTS = 3;
  public static final int ACCOUNT_UNKNOWN = 4;
  public static final int ACCOUNT_EXISTS = 5;
  public static final int PENDING_UNKNOWN = 6;
  public static final int ASSETS_DIFFER = 7;
  public static final int ASSET_RETIRED = 8;
  public static final int ASSET_FROZEN = 9;
  public static final int ASSET_RULE = 10;
  public static final int ACCOUNT_CLOSED = 11;
  public static final int ACCOUNT_FROZEN = 12;
  public static final int ACCOUNT_NOT_EMPTY = 13;
  public static final int ARGUMENT_INVALID = 14;
  public static final int AMOUNT_NOT_POSITIVE = 15;
  public static final int AMOUNT_OVERFLOW = 16;
  public static final int SAME_ACCOUNT = 17;
  public static final int INSUFFICIENT_FUNDS = 18;
  public static final int NET_DEBIT_CAP = 19;
  public static final int CREDIT_LIMIT = 20;
  public static final int AMOUNT_EXCEEDS_PENDING = 21;
  public static final int DEADLINE_PASSED = 22;
  public static final int NOT_DUE = 23;

  private static final String[] NAMES = {
    "OK",
    "CAPACITY",
    "ASSET_UNKNOWN",
    "ASSET_EXISTS",
    "ACCOUNT_UNKNOWN",
    "ACCOUNT_EXISTS",
    "PENDING_UNKNOWN",
    "ASSETS_DIFFER",
    "ASSET_RETIRED",
    "ASSET_FROZEN",
    "ASSET_RULE",
    "ACCOUNT_CLOSED",
    "ACCOUNT_FROZEN",
    "ACCOUNT_NOT_EMPTY",
    "ARGUMENT_INVALID",
    "AMOUNT_NOT_POSITIVE",
    "AMOUNT_OVERFLOW",
    "SAME_ACCOUNT",
    "INSUFFICIENT_FUNDS",
    "NET_DEBIT_CAP",
    "CREDIT_LIMIT",
    "AMOUNT_EXCEEDS_PENDING",
    "DEADLINE_PASSED",
    "NOT_DUE",
  };

  private LedgerResult() {}

  /** The constant's name; for people, never for decisions. */
  public static String name(final int result) {
    return result >= 0 && result < NAMES.length ? NAMES[result] : "UNKNOWN_" + result;
  }
}
