package org.civicswitch.identity;

import static org.civicswitch.identity.IdentityResult.OK;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * People by token: status and standing verdict. A person is never removed. Getters take a handle
 * that is in use; everything else answers SUBJECT_UNKNOWN to one that is not.
 *
 * <p>The status is what an officer set (ACTIVE at registration), under what registries notified:
 * DECEASED while any death stands; else, where the officer's is ACTIVE, SUSPENDED while any
 * suspension stands. So taking a notice back restores what was before, and a death notified by two
 * registries stands until both take it back. An officer cannot overrule a registry. One thread.
 */
public final class Subjects {
  /** Most deaths, and most suspensions, that can stand at one time for one person. */
  public static final int MAX_LIVE_EVENTS = 1023;

  private static final int WORDS = 16;
  private static final int TOKEN = 0;
  private static final int PAIRWISE = 4;
  private static final int EVIDENCE = 8;
  private static final int ISSUED = 12;

  /** Zero without a verdict. */
  private static final int VALID_UNTIL = 13;

  /** Mapping version in the high half, the caller's attachment in the low one. */
  private static final int MAPPING = 14;

  /** From the top: issuer 32 bits, deaths 10, suspensions 10, officer's status 4, assurance 8. */
  private static final int PACKED = 15;

  private static final int DEATHS_SHIFT = 22;
  private static final int SUSPENSIONS_SHIFT = 12;
  private static final int STATUS_SHIFT = 8;

  private final RecordStore subjects;
  private final IdIndex byToken;
  private final IdIndex byPairwise;

  Subjects(final StateSpace space, final int capacity) {
    subjects = space.add("identity.subjects", WORDS, capacity);
    byToken = new IdIndex(subjects, TOKEN, Token.WORDS);
    byPairwise = new IdIndex(subjects, PAIRWISE, Token.WORDS);
  }

  void seed(final long seed) {
    byToken.seed(seed);
    byPairwise.seed(seed);
  }

  void rebuild() {
    byToken.rebuild();
    byPairwise.clear();
    subjects.forEach(this::indexPairwise);
  }

  /** A leak in the index shows nowhere else: it compares keys with the records. */
  int pairwiseIndexSize() {
    return byPairwise.size();
  }

  public int count() {
    return subjects.size();
  }

  /** Sets the most people, 1 to 2^29; who is there stays. */
  public void capacity(final int records) {
    subjects.capacity(records);
  }

  /** What {@link #register} would refuse, or OK. */
  public int checkRegister(final Token token) {
    if (subjects.isFull()) {
      return IdentityResult.CAPACITY;
    }
    if (find(token) != 0) {
      return IdentityResult.SUBJECT_EXISTS;
    }
    return token.isNone() ? IdentityResult.ARGUMENT_INVALID : OK;
  }

  /**
   * Registers a person as ACTIVE, without a verdict.
   *
   * @return the handle, or -CAPACITY, -SUBJECT_EXISTS, -ARGUMENT_INVALID
   */
  public int register(final Token token) {
    final int result = checkRegister(token);
    if (result != OK) {
      return -result;
    }
    final int subject = subjects.allocate();
    final long[] page = subjects.writable(subject);
    final int at = subjects.offset(subject);
    token.writeTo(page, at + TOKEN);
    page[at + PACKED] = (long) SubjectStatus.ACTIVE << STATUS_SHIFT;
    byToken.put(subject);
    return subject;
  }

  /**
   * @return the handle of the person, or 0
   */
  public int find(final Token token) {
    return byToken.find(token.a(), token.b(), token.c(), token.d());
  }

  public boolean isKnown(final int subject) {
    return subject > 0 && subject <= subjects.highWater();
  }

  /** The {@link SubjectStatus} that counts. */
  public int status(final int subject) {
    if (deaths(subject) > 0) {
      return SubjectStatus.DECEASED;
    }
    final int set = officerStatus(subject);
    return set == SubjectStatus.ACTIVE && suspensions(subject) > 0 ? SubjectStatus.SUSPENDED : set;
  }

  /** The status as an officer set it, whatever registries notified. */
  public int officerStatus(final int subject) {
    return (int) subjects.get(subject, PACKED) >>> STATUS_SHIFT & 0xF;
  }

  /** Deaths notified and not taken back. */
  public int deaths(final int subject) {
    return (int) subjects.get(subject, PACKED) >>> DEATHS_SHIFT & MAX_LIVE_EVENTS;
  }

  /** Suspensions notified and not taken back. */
  public int suspensions(final int subject) {
    return (int) subjects.get(subject, PACKED) >>> SUSPENSIONS_SHIFT & MAX_LIVE_EVENTS;
  }

  /**
   * Sets the officer's status; what registries notified still counts, see {@link #status}.
   *
   * @return OK, SUBJECT_UNKNOWN or ARGUMENT_INVALID (no status)
   */
  public int setStatus(final int subject, final int status) {
    if (!isKnown(subject)) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    if (status < SubjectStatus.ACTIVE || status > SubjectStatus.IDENTITY_CONTESTED) {
      return IdentityResult.ARGUMENT_INVALID;
    }
    final long rest = subjects.get(subject, PACKED) & ~(0xFL << STATUS_SHIFT);
    subjects.set(subject, PACKED, rest | (long) status << STATUS_SHIFT);
    return OK;
  }

  /** One more or one less of the events that stand; the caller has checked the bounds. */
  void count(final int subject, final boolean death, final int by) {
    final long one = 1L << (death ? DEATHS_SHIFT : SUSPENSIONS_SHIFT);
    subjects.set(subject, PACKED, subjects.get(subject, PACKED) + by * one);
  }

  /** What {@link #recordVerdict} would refuse, or OK. */
  public int checkVerdict(final int subject, final Verdict verdict) {
    if (!isKnown(subject)) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    final Token pairwise = verdict.pairwise;
    if (!pairwise.isNone()) {
      final int bound = byPairwise.find(pairwise.a(), pairwise.b(), pairwise.c(), pairwise.d());
      if (bound != 0 && bound != subject) {
        return IdentityResult.PAIRWISE_TAKEN;
      }
    }
    if (hasVerdict(subject)) {
      final boolean sameBinding =
          verdict.issuer == issuer(subject)
              && pairwise.isAt(subjects.page(subject), subjects.offset(subject) + PAIRWISE);
      final long bound = mappingVersion(subject);
      if (verdict.mappingVersion < bound || (verdict.mappingVersion == bound && !sameBinding)) {
        return IdentityResult.MAPPING_CONFLICT;
      }
    }
    return verdict.isValid() ? OK : IdentityResult.ARGUMENT_INVALID;
  }

  /**
   * Replaces the standing verdict. Another issuer or pairwise subject is a new binding and needs a
   * higher mapping version; a pairwise subject can be bound to one person only, so that nobody is
   * enrolled twice. Taken whatever the status is.
   *
   * @return OK, SUBJECT_UNKNOWN, PAIRWISE_TAKEN, MAPPING_CONFLICT or ARGUMENT_INVALID (see the
   *     ranges in {@link Verdict})
   */
  public int recordVerdict(final int subject, final Verdict verdict) {
    final int result = checkVerdict(subject, verdict);
    if (result != OK) {
      return result;
    }
    if (hasPairwise(subject)) {
      byPairwise.remove(subject);
    }
    final long[] page = subjects.writable(subject);
    final int at = subjects.offset(subject);
    verdict.pairwise.writeTo(page, at + PAIRWISE);
    verdict.evidence.writeTo(page, at + EVIDENCE);
    page[at + ISSUED] = verdict.issuedMs;
    page[at + VALID_UNTIL] = verdict.validUntilMs;
    page[at + MAPPING] = verdict.mappingVersion << 32 | (page[at + MAPPING] & 0xFFFFFFFFL);
    page[at + PACKED] =
        (long) verdict.issuer << 32 | (page[at + PACKED] & 0xFFFFFF00L) | verdict.assurance;
    indexPairwise(subject);
    return OK;
  }

  private void indexPairwise(final int subject) {
    if (hasPairwise(subject)) {
      byPairwise.put(subject);
    }
  }

  private boolean hasPairwise(final int subject) {
    final long[] page = subjects.page(subject);
    final int at = subjects.offset(subject) + PAIRWISE;
    return (page[at] | page[at + 1] | page[at + 2] | page[at + 3]) != 0;
  }

  /**
   * Whether the person may be paid as who they are.
   *
   * @param nowMs log time
   * @param assuranceMin the level asked for
   * @return OK, SUBJECT_UNKNOWN, SUBJECT_NOT_ACTIVE, VERDICT_MISSING, VERDICT_EXPIRED or
   *     VERDICT_ASSURANCE_LOW
   */
  public int check(final int subject, final long nowMs, final int assuranceMin) {
    if (!isKnown(subject)) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    if (status(subject) != SubjectStatus.ACTIVE) {
      return IdentityResult.SUBJECT_NOT_ACTIVE;
    }
    if (!hasVerdict(subject)) {
      return IdentityResult.VERDICT_MISSING;
    }
    if (nowMs >= validUntilMs(subject)) {
      return IdentityResult.VERDICT_EXPIRED;
    }
    return assurance(subject) < assuranceMin ? IdentityResult.VERDICT_ASSURANCE_LOW : OK;
  }

  public boolean hasVerdict(final int subject) {
    return validUntilMs(subject) != 0;
  }

  public int issuer(final int subject) {
    return (int) (subjects.get(subject, PACKED) >>> 32);
  }

  public int assurance(final int subject) {
    return (int) subjects.get(subject, PACKED) & 0xFF;
  }

  public long issuedMs(final int subject) {
    return subjects.get(subject, ISSUED);
  }

  /** 0 without a verdict. */
  public long validUntilMs(final int subject) {
    return subjects.get(subject, VALID_UNTIL);
  }

  public long mappingVersion(final int subject) {
    return subjects.get(subject, MAPPING) >>> 32;
  }

  public void token(final int subject, final Token target) {
    target.readFrom(subjects.page(subject), subjects.offset(subject) + TOKEN);
  }

  public void pairwise(final int subject, final Token target) {
    target.readFrom(subjects.page(subject), subjects.offset(subject) + PAIRWISE);
  }

  public void evidence(final int subject, final Token target) {
    target.readFrom(subjects.page(subject), subjects.offset(subject) + EVIDENCE);
  }

  /** An integer of the caller's own, such as the head of a list; 0 at first. */
  public int attachment(final int subject) {
    return (int) subjects.get(subject, MAPPING);
  }

  public void attach(final int subject, final int attachment) {
    final long version = subjects.get(subject, MAPPING) & ~0xFFFFFFFFL;
    subjects.set(subject, MAPPING, version | Integer.toUnsignedLong(attachment));
  }
}
