package org.civicswitch.ops.console.accounts;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Checks who somebody says they are: name, password and code at once, one answer whichever is
 * wrong, the same work whether or not there is such an account. Blocks for the time of a password
 * hash; safe for use by many threads.
 */
public final class SignIn {
  /** Longer ones are wrong before they are looked at. */
  public static final int INPUT_MAX = 128;

  /** Codes of nobody. */
  private static final String NO_SECRET = "A".repeat(32);

  private final Accounts accounts;
  private final LongSupplier clockMs;
  private final Throttle throttle = new Throttle();

  public SignIn(final Accounts accounts, final LongSupplier clockMs) {
    this.accounts = accounts;
    this.clockMs = clockMs;
  }

  /**
   * What came of an attempt.
   *
   * @param account null if it failed
   * @param waitMs 0, or when it failed because there were too many: until the next may be made
   */
  public record Attempt(Account account, long waitMs) {
    static final Attempt WRONG = new Attempt(null, 0);
  }

  /**
   * @throws IOException if the accounts cannot be read or written
   */
  public Attempt attempt(final String name, final String password, final String code)
      throws IOException {
    if (name.length() > INPUT_MAX || password.length() > INPUT_MAX || code.length() > INPUT_MAX) {
      return Attempt.WRONG;
    }
    final long nowMs = clockMs.getAsLong();
    final long waitMs = throttle.take(name, nowMs);
    if (waitMs > 0) {
      return new Attempt(null, waitMs);
    }
    final Account account = accounts.find(name).orElse(null);
    final boolean usable =
        account != null && !account.disabled() && !account.passwordHash().isEmpty();
    final boolean passwordRight =
        PasswordHash.matches(usable ? account.passwordHash() : PasswordHash.NOBODY, password);
    final long step =
        OneTimeCodes.step(
            usable ? account.codeSecret() : NO_SECRET,
            code.replace(" ", ""),
            nowMs,
            usable ? account.codeStep() : 0);
    if (!usable || !passwordRight || step == 0 || !accounts.useCode(name, step)) {
      return Attempt.WRONG;
    }
    throttle.giveBack(name);
    return new Attempt(account, 0);
  }
}
