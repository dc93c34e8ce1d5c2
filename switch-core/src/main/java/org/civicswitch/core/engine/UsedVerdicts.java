package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.VerdictDecoder;
import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Transactional verdicts that have counted, by the hash of their evidence, 64 bytes each. One is
 * kept as long as it would be valid; afterwards it is refused because it has expired.
 */
final class UsedVerdicts implements DueWork {
  private static final int WORDS = 8;
  private static final int EVIDENCE = 0;
  private static final int VALID_UNTIL = 4;
  private static final int SEQUENCE = 5;

  private final Settings settings;
  private final RecordStore store;
  private final IdIndex index;
  private final DeadlineQueue ends = new DeadlineQueue();

  UsedVerdicts(final StateSpace space, final Settings settings, final int capacity) {
    this.settings = settings;
    store = space.add("engine.verdicts", WORDS, capacity);
    index = new IdIndex(store, EVIDENCE, 4);
  }

  RecordStore records() {
    return store;
  }

  void seed(final long seed) {
    index.seed(seed);
  }

  void rebuild() {
    index.rebuild();
    ends.clear();
    store.forEach(used -> ends.add(used, store.get(used, VALID_UNTIL), store.get(used, SEQUENCE)));
  }

  /**
   * Whether a verdict on one instruction counts: CAPACITY, VERDICT_MISSING, VERDICT_EXPIRED,
   * VERDICT_ASSURANCE_LOW, VERDICT_USED or IDENTITY_INVALID (issued in the future), or OK.
   */
  void check(final VerdictDecoder verdict, final long nowMs, final Precedence refusal) {
    refusal
        .when(store.isFull(), Code.CAPACITY)
        .when(
            verdict.kind() != VerdictKinds.TRANSACTIONAL || Words.isZero(verdict.evidence()),
            Code.VERDICT_MISSING)
        .when(
            verdict.issuedMs() < 0
                || verdict.validUntilMs() <= nowMs
                || verdict.validUntilMs() <= verdict.issuedMs(),
            Code.VERDICT_EXPIRED)
        .when(
            verdict.assurance() < settings.get(Parameter.VERDICT_ASSURANCE_MIN),
            Code.VERDICT_ASSURANCE_LOW)
        .when(
            index.find(
                    verdict.evidence().a(),
                    verdict.evidence().b(),
                    verdict.evidence().c(),
                    verdict.evidence().d())
                != 0,
            Code.VERDICT_USED)
        .when(isAhead(verdict, nowMs, settings), Code.IDENTITY_INVALID);
  }

  /** Whether it says that it was issued later than any clock can be ahead. */
  static boolean isAhead(final VerdictDecoder verdict, final long nowMs, final Settings settings) {
    return verdict.issuedMs() - settings.get(Parameter.FUTURE_TOLERANCE_MS) > nowMs;
  }

  /** From now on it does not count again; {@link #check} before. */
  void use(final VerdictDecoder verdict, final long sequence) {
    final int used = store.allocate();
    Words.copy(verdict.evidence(), store, used, EVIDENCE);
    store.set(used, VALID_UNTIL, verdict.validUntilMs());
    store.set(used, SEQUENCE, sequence);
    index.put(used);
    ends.add(used, verdict.validUntilMs(), sequence);
  }

  @Override
  public long nextDueMs() {
    return ends.nextDeadlineMs();
  }

  @Override
  public void step(final long nowMs) {
    for (int i = settings.count(Parameter.EVICTIONS_PER_COMMAND);
        i > 0 && ends.nextDeadlineMs() <= nowMs;
        i--) {
      final int used = ends.peek();
      ends.remove(used);
      index.remove(used);
      store.release(used);
    }
  }
}
