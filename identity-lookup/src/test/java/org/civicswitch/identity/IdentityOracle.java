package org.civicswitch.identity;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the documentation of the look-up says, with plain collections: events are kept as a list and
 * the status is worked out from it each time; every refusal that applies is collected, the lowest
 * is the answer. A token is its list of words. Handles are the look-up's own.
 */
final class IdentityOracle {
  static final List<Long> NONE = List.of(0L, 0L, 0L, 0L);

  static final class Person {
    List<Long> token = NONE;
    int officerStatus = SubjectStatus.ACTIVE;
    Standing verdict;
    int attachment;
  }

  record Standing(
      int issuer,
      int assurance,
      long issuedMs,
      long validUntilMs,
      long mappingVersion,
      List<Long> evidence,
      List<Long> pairwise) {}

  static final class Event {
    int source;
    long idHi;
    long idLo;
    int subject;
    int kind;
    int occurredOn;
    long recordedMs;
    boolean reversed;
  }

  static final class Alias {
    List<Long> token = NONE;
    List<Long> owner = NONE;
    int participant;
    int payload;
    long version;
  }

  final Map<Integer, Person> people = new TreeMap<>();
  final Map<Integer, Event> events = new TreeMap<>();
  final Map<Integer, Alias> aliases = new TreeMap<>();
  int peopleCapacity;
  int eventCapacity;
  int aliasCapacity;

  private static int lowest(final NavigableSet<Integer> no) {
    return no.isEmpty() ? IdentityResult.OK : no.first();
  }

  int register(final List<Long> token) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (people.size() >= peopleCapacity) {
      no.add(IdentityResult.CAPACITY);
    }
    if (people.values().stream().anyMatch(p -> p.token.equals(token))) {
      no.add(IdentityResult.SUBJECT_EXISTS);
    }
    if (token.equals(NONE)) {
      no.add(IdentityResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  int setStatus(final int subject, final int status) {
    if (!people.containsKey(subject)) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    return status < 1 || status > 4 ? IdentityResult.ARGUMENT_INVALID : IdentityResult.OK;
  }

  int recordVerdict(final int subject, final Standing next) {
    final Person person = people.get(subject);
    if (person == null) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    final NavigableSet<Integer> no = new TreeSet<>();
    final boolean taken =
        people.values().stream()
            .anyMatch(
                p -> p != person && p.verdict != null && p.verdict.pairwise.equals(next.pairwise));
    if (taken && !next.pairwise.equals(NONE)) {
      no.add(IdentityResult.PAIRWISE_TAKEN);
    }
    final Standing bound = person.verdict;
    if (bound != null) {
      final boolean same = bound.issuer == next.issuer && bound.pairwise.equals(next.pairwise);
      if (next.mappingVersion < bound.mappingVersion
          || (next.mappingVersion == bound.mappingVersion && !same)) {
        no.add(IdentityResult.MAPPING_CONFLICT);
      }
    }
    if (next.assurance < 0
        || next.assurance > 255
        || next.issuedMs < 0
        || next.validUntilMs <= next.issuedMs
        || next.mappingVersion < 0
        || next.mappingVersion >= 1L << 32) {
      no.add(IdentityResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  private int standing(final int subject, final int kind) {
    int standing = 0;
    for (final Event event : events.values()) {
      if (event.subject == subject && event.kind == kind && !event.reversed) {
        standing++;
      }
    }
    return standing;
  }

  int status(final int subject) {
    return status(
        people.get(subject),
        standing(subject, LifeEventKind.DEATH),
        standing(subject, LifeEventKind.SUSPENSION));
  }

  static int status(final Person person, final int deaths, final int suspensions) {
    if (deaths > 0) {
      return SubjectStatus.DECEASED;
    }
    final int set = person.officerStatus;
    return set == SubjectStatus.ACTIVE && suspensions > 0 ? SubjectStatus.SUSPENDED : set;
  }

  int check(final int subject, final long nowMs, final int assuranceMin) {
    final Person person = people.get(subject);
    if (person == null) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    final NavigableSet<Integer> no = new TreeSet<>();
    if (status(subject) != SubjectStatus.ACTIVE) {
      no.add(IdentityResult.SUBJECT_NOT_ACTIVE);
    }
    if (person.verdict == null) {
      no.add(IdentityResult.VERDICT_MISSING);
    } else {
      if (nowMs >= person.verdict.validUntilMs) {
        no.add(IdentityResult.VERDICT_EXPIRED);
      }
      if (person.verdict.assurance < assuranceMin) {
        no.add(IdentityResult.VERDICT_ASSURANCE_LOW);
      }
    }
    return lowest(no);
  }

  Event find(final int source, final long idHi, final long idLo) {
    for (final Event event : events.values()) {
      if (event.source == source && event.idHi == idHi && event.idLo == idLo) {
        return event;
      }
    }
    return null;
  }

  int record(
      final int source, final long idHi, final long idLo, final int subject, final int kind) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (events.size() >= eventCapacity) {
      no.add(IdentityResult.CAPACITY);
    }
    if (!people.containsKey(subject)) {
      no.add(IdentityResult.SUBJECT_UNKNOWN);
    }
    if (find(source, idHi, idLo) != null) {
      no.add(IdentityResult.LIFE_EVENT_EXISTS);
    }
    if (source == 0
        || (idHi == 0 && idLo == 0)
        || (kind != LifeEventKind.DEATH && kind != LifeEventKind.SUSPENSION)) {
      no.add(IdentityResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  int reverse(
      final int source, final long idHi, final long idLo, final int subject, final int kind) {
    final NavigableSet<Integer> no = new TreeSet<>();
    if (!people.containsKey(subject)) {
      no.add(IdentityResult.SUBJECT_UNKNOWN);
    }
    if (kind != LifeEventKind.DEATH_REVERSAL && kind != LifeEventKind.SUSPENSION_LIFTED) {
      no.add(IdentityResult.ARGUMENT_INVALID);
      return lowest(no);
    }
    final Event event = find(source, idHi, idLo);
    final int reversed =
        kind == LifeEventKind.DEATH_REVERSAL ? LifeEventKind.DEATH : LifeEventKind.SUSPENSION;
    if (event == null || event.subject != subject || event.kind != reversed || event.reversed) {
      no.add(IdentityResult.LIFE_EVENT_UNKNOWN);
    }
    return lowest(no);
  }

  int aliasHandle(final List<Long> token) {
    for (final var entry : aliases.entrySet()) {
      if (entry.getValue().token.equals(token)) {
        return entry.getKey();
      }
    }
    return 0;
  }

  int link(final List<Long> token, final List<Long> owner, final int participant) {
    final NavigableSet<Integer> no = new TreeSet<>();
    final Alias alias = aliases.get(aliasHandle(token));
    if (alias == null && aliases.size() >= aliasCapacity) {
      no.add(IdentityResult.CAPACITY);
    }
    if (alias != null && alias.participant != 0 && !alias.owner.equals(owner)) {
      no.add(IdentityResult.ALIAS_EXISTS);
    }
    if (token.equals(NONE) || owner.equals(NONE) || participant == 0) {
      no.add(IdentityResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  private boolean linked(final int handle) {
    return aliases.containsKey(handle) && aliases.get(handle).participant != 0;
  }

  int unlinkByOwner(final int handle, final List<Long> owner) {
    if (!linked(handle)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    return aliases.get(handle).owner.equals(owner)
        ? IdentityResult.OK
        : IdentityResult.ALIAS_OWNER_CHANGED;
  }

  int unlinkByParticipant(final int handle, final int participant) {
    if (!linked(handle)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    return aliases.get(handle).participant == participant
        ? IdentityResult.OK
        : IdentityResult.ALIAS_OWNER_CHANGED;
  }

  int checkAlias(final int handle, final long version, final List<Long> owner) {
    if (!linked(handle)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    final Alias alias = aliases.get(handle);
    final NavigableSet<Integer> no = new TreeSet<>();
    if (!alias.owner.equals(owner)) {
      no.add(IdentityResult.ALIAS_OWNER_CHANGED);
    }
    if (version > alias.version) {
      no.add(IdentityResult.ALIAS_VERSION_AHEAD);
    }
    if (version < 1) {
      no.add(IdentityResult.ARGUMENT_INVALID);
    }
    return lowest(no);
  }

  /** Sets what an alias leads to, under the next version. */
  void change(final Alias alias, final List<Long> owner, final int participant, final int payload) {
    alias.owner = owner;
    alias.participant = participant;
    alias.payload = payload;
    alias.version++;
  }
}
