package org.civicswitch.identity;

import static org.civicswitch.identity.IdentityResult.OK;

import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.memory.HeapSnapshot;
import org.civicswitch.memory.StateSpace;

/** One seeded run of a look-up beside its oracle, compared after every operation. */
final class IdentityModelRun {
  private static final int PEOPLE = 25;
  private static final int EVENTS = 60;
  private static final int ALIASES = 20;

  private final long seed;
  private final SplittableRandom random;
  private final IdentityOracle oracle = new IdentityOracle();
  private final int[] results = new int[IdentityResult.ARGUMENT_INVALID + 1];
  private final Verdict verdict = new Verdict();
  private StateSpace space = new StateSpace();
  private IdentityLookup lookup = new IdentityLookup(space, PEOPLE, EVENTS, ALIASES);
  private int step;

  IdentityModelRun(final long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    oracle.peopleCapacity = PEOPLE;
    oracle.eventCapacity = EVENTS;
    oracle.aliasCapacity = ALIASES;
    lookup.seed(seed);
  }

  /** How often each result was given. */
  int[] run(final int steps) {
    for (step = 0; step < steps; step++) {
      final long hash = random.nextInt(8) == 0 ? space.stateHash() : 0;
      final int result = operate();
      results[result]++;
      if (hash != 0 && result != OK) {
        expect("state hash after a refusal", hash, space.stateHash());
      }
      new IdentityComparison(oracle, lookup, "seed " + seed + " step " + step + ": ").run();
      if (random.nextInt(1_500) == 0) {
        saveAndLoad();
      }
    }
    return results;
  }

  private int operate() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> register();
      case 2 -> setStatus();
      case 3, 4, 5 -> recordVerdict();
      case 6, 7, 8 -> check();
      case 9, 10 -> recordEvent();
      case 11, 12, 13 -> reverse();
      case 14, 15 -> link();
      case 16 -> unlink();
      case 17, 18 -> checkAlias();
      default -> random.nextInt(20) == 0 ? changeCapacity() : attach();
    };
  }

  private int register() {
    final List<Long> token = words();
    final int expected = oracle.register(token);
    expect("check register", expected, lookup.subjects().checkRegister(token(token)));
    final int answer = lookup.subjects().register(token(token));
    if (expected != OK) {
      expect("register", -expected, answer);
      return expected;
    }
    final IdentityOracle.Person person = new IdentityOracle.Person();
    person.token = token;
    expectNew(answer, oracle.people.put(answer, person));
    return expected;
  }

  private int setStatus() {
    final int subject = subject();
    final int status = random.nextInt(4) > 0 ? SubjectStatus.ACTIVE : random.nextInt(7) - 1;
    final int expected = oracle.setStatus(subject, status);
    expect("set status", expected, lookup.subjects().setStatus(subject, status));
    if (expected == OK) {
      oracle.people.get(subject).officerStatus = status;
    }
    return expected;
  }

  private int recordVerdict() {
    final int subject = subject();
    final IdentityOracle.Person person = oracle.people.get(subject);
    final boolean renewal = person != null && person.verdict != null && random.nextInt(3) == 0;
    final long issued = random.nextInt(20_000) - 1L;
    final IdentityOracle.Standing next =
        new IdentityOracle.Standing(
            renewal ? person.verdict.issuer() : random.nextInt(3) - 1,
            random.nextInt(8) == 0 ? random.nextInt(260) - 2 : random.nextInt(256),
            issued,
            issued + random.nextInt(20_000) - 100,
            renewal ? person.verdict.mappingVersion() : version(person),
            words(),
            renewal ? person.verdict.pairwise() : words());
    fill(next);
    final int expected = oracle.recordVerdict(subject, next);
    expect("check verdict", expected, lookup.subjects().checkVerdict(subject, verdict));
    expect("verdict", expected, lookup.subjects().recordVerdict(subject, verdict));
    if (expected == OK) {
      person.verdict = next;
    }
    return expected;
  }

  private long version(final IdentityOracle.Person person) {
    if (random.nextInt(30) == 0) {
      return new long[] {-1, 0xFFFFFFFFL, 1L << 32, Long.MAX_VALUE}[random.nextInt(4)];
    }
    final long bound =
        person == null || person.verdict == null ? 0 : person.verdict.mappingVersion();
    return Math.max(0, bound + random.nextInt(4) - 1);
  }

  private void fill(final IdentityOracle.Standing next) {
    verdict.issuer = next.issuer();
    verdict.assurance = next.assurance();
    verdict.issuedMs = next.issuedMs();
    verdict.validUntilMs = next.validUntilMs();
    verdict.mappingVersion = next.mappingVersion();
    set(verdict.evidence, next.evidence());
    set(verdict.pairwise, next.pairwise());
  }

  private int check() {
    final int subject = subject();
    final IdentityOracle.Person person = oracle.people.get(subject);
    final long end = person == null || person.verdict == null ? 0 : person.verdict.validUntilMs();
    final long now = random.nextBoolean() ? end - random.nextInt(2) : step;
    final int level = random.nextInt(256);
    final int expected = oracle.check(subject, now, level);
    expect("check", expected, lookup.subjects().check(subject, now, level));
    return expected;
  }

  private int recordEvent() {
    final int source = random.nextInt(4);
    final long hi = random.nextInt(2);
    final long lo = random.nextInt(30);
    final int subject = subject();
    final int kind = random.nextInt(8) == 0 ? random.nextInt(7) - 2 : random.nextInt(2) * 2;
    final int expected = oracle.record(source, hi, lo, subject, kind);
    final LifeEvents events = lookup.lifeEvents();
    expect("check event", expected, events.checkRecord(source, hi, lo, subject, kind));
    final int day = random.nextInt();
    final int answer = events.record(source, hi, lo, subject, kind, day, step);
    if (expected != OK) {
      expect("event", -expected, answer);
      return expected;
    }
    final IdentityOracle.Event event = new IdentityOracle.Event();
    event.source = source;
    event.idHi = hi;
    event.idLo = lo;
    event.subject = subject;
    event.kind = kind;
    event.occurredOn = day;
    event.recordedMs = step;
    expectNew(answer, oracle.events.put(answer, event));
    return expected;
  }

  private int reverse() {
    int source = random.nextInt(4);
    long hi = random.nextInt(2);
    long lo = random.nextInt(30);
    int subject = subject();
    int kind = random.nextInt(6) - 1;
    final IdentityOracle.Event event =
        oracle.events.get(1 + random.nextInt(oracle.events.size() + 1));
    if (event != null && random.nextInt(3) > 0) {
      source = event.source;
      hi = event.idHi;
      lo = event.idLo;
      subject = random.nextInt(5) > 0 ? event.subject : subject;
      kind = random.nextInt(5) > 0 ? event.kind + 1 : kind;
    }
    final int expected = oracle.reverse(source, hi, lo, subject, kind);
    final LifeEvents events = lookup.lifeEvents();
    expect("check reverse", expected, events.checkReverse(source, hi, lo, subject, kind));
    expect("reverse", expected, events.reverse(source, hi, lo, subject, kind));
    if (expected == OK) {
      oracle.find(source, hi, lo).reversed = true;
    }
    return expected;
  }

  private int link() {
    final List<Long> token = words();
    final List<Long> owner = ownerOf(oracle.aliases.get(oracle.aliasHandle(token)));
    final int participant = random.nextInt(5) - 1;
    final int payload = random.nextInt();
    final Aliases aliases = lookup.aliases();
    final int expected = oracle.link(token, owner, participant);
    expect("check link", expected, aliases.checkLink(token(token), token(owner), participant));
    final int answer = aliases.link(token(token), token(owner), participant, payload);
    if (expected != OK) {
      expect("link", -expected, answer);
      return expected;
    }
    final int known = oracle.aliasHandle(token);
    if (known == 0) {
      final IdentityOracle.Alias alias = new IdentityOracle.Alias();
      alias.token = token;
      expectNew(answer, oracle.aliases.put(answer, alias));
    } else {
      expect("link", known, answer);
    }
    oracle.change(oracle.aliases.get(answer), owner, participant, payload);
    return expected;
  }

  private int unlink() {
    final int alias = handle(ALIASES);
    final Aliases aliases = lookup.aliases();
    final int expected;
    if (random.nextBoolean()) {
      final List<Long> owner = ownerOf(oracle.aliases.get(alias));
      expected = oracle.unlinkByOwner(alias, owner);
      expect("check unlink", expected, aliases.checkUnlinkByOwner(alias, token(owner)));
      expect("unlink", expected, aliases.unlinkByOwner(alias, token(owner)));
    } else {
      final int participant = random.nextInt(5) - 1;
      expected = oracle.unlinkByParticipant(alias, participant);
      expect("check unlink", expected, aliases.checkUnlinkByParticipant(alias, participant));
      expect("unlink", expected, aliases.unlinkByParticipant(alias, participant));
    }
    if (expected == OK) {
      oracle.change(oracle.aliases.get(alias), IdentityOracle.NONE, 0, 0);
    }
    return expected;
  }

  private int checkAlias() {
    final int handle = handle(ALIASES);
    final IdentityOracle.Alias alias = oracle.aliases.get(handle);
    final List<Long> owner = ownerOf(alias);
    final long version =
        alias == null || random.nextInt(4) == 0
            ? random.nextInt(5) - 2
            : alias.version + random.nextInt(4) - 2;
    final int expected = oracle.checkAlias(handle, version, owner);
    expect("check alias", expected, lookup.aliases().check(handle, version, token(owner)));
    return expected;
  }

  private int attach() {
    final int subject = 1 + random.nextInt(PEOPLE);
    if (oracle.people.containsKey(subject)) {
      final int attachment = random.nextInt();
      lookup.subjects().attach(subject, attachment);
      oracle.people.get(subject).attachment = attachment;
    }
    return OK;
  }

  private int changeCapacity() {
    oracle.eventCapacity = Math.min(220, oracle.eventCapacity + random.nextInt(15));
    lookup.lifeEvents().capacity(oracle.eventCapacity);
    oracle.aliasCapacity = ALIASES + random.nextInt(10);
    lookup.aliases().capacity(oracle.aliasCapacity);
    oracle.peopleCapacity = PEOPLE + random.nextInt(3);
    lookup.subjects().capacity(oracle.peopleCapacity);
    return OK;
  }

  private void saveAndLoad() {
    final HeapSnapshot snapshot = new HeapSnapshot();
    final long hash = space.stateHash();
    try (StateSpace.Image image = space.freeze()) {
      image.writeTo(snapshot);
    }
    space = new StateSpace();
    lookup = new IdentityLookup(space, 1, 1, 1);
    space.load(snapshot);
    lookup.seed(random.nextLong());
    lookup.rebuild();
    expect("loaded hash", hash, space.stateHash());
    new IdentityComparison(oracle, lookup, "loaded, seed " + seed + " step " + step + ": ").run();
  }

  private int subject() {
    return handle(PEOPLE);
  }

  private int handle(final int most) {
    return random.nextInt(15) == 0
        ? new int[] {0, -1, 9_000, Integer.MAX_VALUE, Integer.MIN_VALUE}[random.nextInt(5)]
        : 1 + random.nextInt(most);
  }

  /** Mostly the owner of the alias. */
  private List<Long> ownerOf(final IdentityOracle.Alias alias) {
    return alias == null || random.nextInt(3) == 0 ? words() : alias.owner;
  }

  /** One of a few tokens that differ in one word, none among them. */
  private List<Long> words() {
    final Long[] words = {0L, 0L, 0L, 0L};
    words[random.nextInt(4)] = (long) random.nextInt(9) - 2;
    return List.of(words);
  }

  private static Token token(final List<Long> words) {
    return set(new Token(), words);
  }

  private static Token set(final Token token, final List<Long> words) {
    return token.set(words.get(0), words.get(1), words.get(2), words.get(3));
  }

  private void expectNew(final int handle, final Object before) {
    if (handle <= 0 || before != null) {
      throw new AssertionError("seed " + seed + " step " + step + ": handle " + handle);
    }
  }

  private void expect(final String what, final long expected, final long actual) {
    if (expected != actual) {
      throw new AssertionError(
          "seed "
              + seed
              + " step "
              + step
              + ": "
              + what
              + ": expected "
              + expected
              + ", was "
              + actual);
    }
  }
}
