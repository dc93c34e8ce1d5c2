package org.civicswitch.ops.console.accounts;

/** What a person's authenticator shows. */
public final class TestCodes {
  private TestCodes() {}

  public static String now(final Accounts.Credentials credentials) {
    return OneTimeCodes.code(
        OneTimeCodes.bytes(credentials.codeSecret()),
        System.currentTimeMillis() / OneTimeCodes.STEP_MS,
        OneTimeCodes.DIGITS);
  }
}
