package org.civicswitch.core.sim;

import java.util.SplittableRandom;

/** The numbers of everything in the simulated world. */
final class SimWorld {
  static final int EUR = 1;
  static final int USD = 2;
  static final int AUTHORITY = 3;
  static final int VOUCHER = 4;

  /** Banks are 1 to 5; the last settles on the first one's position. */
  static final int BANKS = 5;

  static final int INDIRECT = 5;
  static final int SPONSOR = 1;
  static final int TREASURY = 6;
  static final int REGISTRY = 7;
  static final int PARTICIPANTS = 7;

  /** Schemes are 1 to 3: gross, then what their settlement models say. */
  static final int SCHEMES = 3;

  // Participants' own connections have their numbers.
  static final int OPERATIONS = 100;
  static final int OFFICE = 101;
  static final int ENROLMENT = 102;

  static final int PLATFORM_OPERATOR = 1;
  static final int PROGRAMME_OPERATOR = 2;
  static final int APPROVER = 3;
  static final int SETTLEMENT_OPERATOR = 4;
  static final int OPERATORS = 4;

  // Roles, as bits.
  static final int SETTLEMENT = 2;
  static final int APPROVES = 8;

  /** May break the glass and nothing else. */
  static final int WARDEN = 5;

  /** Operators from here on come and go during a life. */
  private static final int NEWCOMER = 6;

  private static final int NEWCOMERS = 3;

  static final int PROGRAMME = 1;
  static final int SUBJECTS = 24;
  static final int MERCHANTS = 3;
  static final int CATEGORY = 5411;
  static final int ISSUER = 1;

  static final long START_MS = 1_800_000_000_000L;
  static final long DUPLICATE_WINDOW_MS = 600_000;
  static final long PAYMENT_TIMEOUT_MS_MAX = 60_000;
  static final long PROPOSAL_LIFE_MS = 120_000;

  private SimWorld() {}

  static int newcomer(final SplittableRandom random) {
    return NEWCOMER + random.nextInt(NEWCOMERS);
  }
}
