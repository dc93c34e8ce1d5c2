package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Everything that can change an outcome and is not in a command. Defaults belong to the version of
 * the engine; changes come by the logged {@code Configure}.
 */
final class Settings {
  /** Also added to every retention of ids, so that it may be configured at any time. */
  static final long FUTURE_TOLERANCE_MAX_MS = 60_000;

  private static final int WORDS = 64;
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** What an {@link org.civicswitch.memory.IdIndex} can find. */
  private static final int RECORDS_MAX = 1 << 29;

  private static final Parameter[] PARAMETERS = Parameter.values();

  private static final long[] LEAST = new long[WORDS];
  private static final long[] MOST = new long[WORDS];
  private static final long[] DEFAULT = new long[WORDS];

  static {
    define(Parameter.DUPLICATE_WINDOW_MS, DAY_MS, 60_000, 31 * DAY_MS);
    define(Parameter.FUTURE_TOLERANCE_MS, 60_000, 0, FUTURE_TOLERANCE_MAX_MS);
    define(Parameter.TIMERS_PER_COMMAND, 64, 1, 1000);
    define(Parameter.EVICTIONS_PER_COMMAND, 64, 1, 1000);
    define(Parameter.LINES_PER_STEP, 100, 1, 1000);
    define(Parameter.PAYMENT_RETENTION_MS, 7 * DAY_MS, 60_000, 400 * DAY_MS);
    define(Parameter.PAYMENT_TIMEOUT_MS_DEFAULT, 10_000, 1, DAY_MS);
    define(Parameter.PAYMENT_TIMEOUT_MS_MAX, HOUR_MS, 1, DAY_MS);
    define(Parameter.PAYMENT_AMOUNT_MAX, Long.MAX_VALUE, 1, Long.MAX_VALUE);
    define(Parameter.HASH_SEED_HI, 0, Long.MIN_VALUE, Long.MAX_VALUE);
    define(Parameter.HASH_SEED_LO, 0, Long.MIN_VALUE, Long.MAX_VALUE);
    define(Parameter.CAPACITY_ACCOUNTS, 1 << 20, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_PENDING, 1 << 20, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_PAYMENTS, 1 << 22, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_IDS, 1 << 23, 1, RECORDS_MAX - RememberedIds.OPERATORS_SHARE);
    define(Parameter.CAPACITY_LINES, 1 << 22, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_VOUCHERS, 1 << 20, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_SUBJECTS, 1 << 22, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_ALIASES, 1 << 22, 1, RECORDS_MAX);
    define(Parameter.CAPACITY_PAYLOAD_BLOCKS, 1 << 23, 1, RECORDS_MAX);
    define(Parameter.APPROVALS_REQUIRED, 1, 1, 8);
    define(Parameter.VERDICT_ASSURANCE_MIN, 1, 0, 255);
    define(Parameter.LINES_UNDER_WAY, 4096, 1, RECORDS_MAX);
    define(Parameter.PROPOSAL_LIFE_MS, 7 * DAY_MS, 60_000, 90 * DAY_MS);
    define(Parameter.OBLIGATIONS_PER_STEP, 100, 1, 1000);
  }

  private final RecordStore store;
  private final int handle;

  Settings(final StateSpace space) {
    store = space.add("engine.settings", WORDS, 1);
    handle = store.allocate();
    for (int i = 0; i < WORDS; i++) {
      store.set(handle, i, DEFAULT[i]);
    }
  }

  private static void define(
      final Parameter parameter, final long byDefault, final long least, final long most) {
    DEFAULT[parameter.value()] = byDefault;
    LEAST[parameter.value()] = least;
    MOST[parameter.value()] = most;
  }

  /** The number of parameters there are, numbered from 1. */
  static int count() {
    return PARAMETERS.length - 2;
  }

  /** Whether the number is a parameter and the value within its range. */
  static boolean isValid(final int parameter, final long value) {
    return parameter >= 1
        && parameter <= count()
        && value >= LEAST[parameter]
        && value <= MOST[parameter];
  }

  static long defaultOf(final Parameter parameter) {
    return DEFAULT[parameter.value()];
  }

  static long leastOf(final Parameter parameter) {
    return LEAST[parameter.value()];
  }

  static long mostOf(final Parameter parameter) {
    return MOST[parameter.value()];
  }

  long get(final Parameter parameter) {
    return store.get(handle, parameter.value());
  }

  int count(final Parameter parameter) {
    return (int) get(parameter);
  }

  void set(final Parameter parameter, final long value) {
    store.set(handle, parameter.value(), value);
  }

  /**
   * How long an answered id is kept: the window and what an instruction may be ahead of it, never
   * less than the longest pending life.
   *
   * @param longestLifeMs the longest that any payment was allowed to be pending, under whatever
   *     settings there were then
   */
  long idsKeptMs(final long longestLifeMs) {
    return Math.max(get(Parameter.DUPLICATE_WINDOW_MS), longestLifeMs) + FUTURE_TOLERANCE_MAX_MS;
  }
}
