package org.civicswitch.ops.cli.demo;

import java.util.Locale;

/**
 * Invented account data that nobody can take for somebody's: holders have numbers instead of names,
 * account numbers begin with the user-assigned country XX and check digits that no IBAN has.
 */
public final class DemoAccounts {
  /** Serial numbers of accounts run from 0 to here. */
  public static final int SERIAL_MAX = 999_999_999;

  private static final int SERIAL_DIGITS = 9;

  private DemoAccounts() {}

  /**
   * The account number of a holder.
   *
   * @param bic of the bank that keeps it
   * @param serial 0 to {@link #SERIAL_MAX}
   */
  public static String number(final String bic, final int serial) {
    check(serial);
    return "XX00" + bic.substring(0, 4) + String.format(Locale.ROOT, "%09d", serial);
  }

  /** For example {@code Account holder 0042}. */
  public static String holder(final int serial) {
    check(serial);
    return String.format(Locale.ROOT, "Account holder %04d", serial);
  }

  /** The last nine digits of an account number; -1 when it does not end in nine digits. */
  static int serial(final String account) {
    if (account == null || account.length() < SERIAL_DIGITS) {
      return -1;
    }
    int serial = 0;
    for (int i = account.length() - SERIAL_DIGITS; i < account.length(); i++) {
      final int digit = account.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      serial = serial * 10 + digit;
    }
    return serial;
  }

  private static void check(final int serial) {
    if (serial < 0 || serial > SERIAL_MAX) {
      throw new IllegalArgumentException("account serial " + serial);
    }
  }
}
