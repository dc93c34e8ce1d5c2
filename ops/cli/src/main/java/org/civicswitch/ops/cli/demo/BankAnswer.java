package org.civicswitch.ops.cli.demo;

/**
 * What a simulated bank says to a payment offered to one of its accounts. The account number alone
 * decides, so that a run can be repeated and its repair file foretold.
 */
public enum BankAnswer {
  ACCEPTED("ACCP", null, null),
  /** Serial numbers ending in 404. */
  ACCOUNT_CLOSED("RJCT", "AC04", "the account is closed"),
  /** Serial numbers ending in 606. */
  ACCOUNT_BLOCKED("RJCT", "AC06", "the account is blocked"),
  /** Serial numbers ending in 99999: the bank never answers and the payment expires. */
  NONE(null, null, null);

  private final String status;
  private final String reason;
  private final String words;

  BankAnswer(final String status, final String reason, final String words) {
    this.status = status;
    this.reason = reason;
    this.words = words;
  }

  /**
   * The answer for an account.
   *
   * @param account as the message gives it; null or a number of another form is accepted
   */
  public static BankAnswer to(final String account) {
    final int serial = DemoAccounts.serial(account);
    if (serial < 0) {
      return ACCEPTED;
    }
    if (serial % 100_000 == 99_999) {
      return NONE;
    }
    return switch (serial % 1_000) {
      case 404 -> ACCOUNT_CLOSED;
      case 606 -> ACCOUNT_BLOCKED;
      default -> ACCEPTED;
    };
  }

  /** ISO transaction status, null for no answer. */
  public String status() {
    return status;
  }

  /** ISO reason code of a refusal, else null. */
  public String reason() {
    return reason;
  }

  String words() {
    return words;
  }
}
