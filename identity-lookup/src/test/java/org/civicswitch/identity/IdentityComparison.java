package org.civicswitch.identity;

import java.util.List;

/** Everything a look-up shows against everything its oracle remembers. */
record IdentityComparison(IdentityOracle oracle, IdentityLookup lookup, String where) {
  void run() {
    expect("people", oracle.people.size(), lookup.subjects().count());
    expect(
        "bound pairwise subjects",
        oracle.people.values().stream()
            .filter(p -> p.verdict != null && !p.verdict.pairwise().equals(IdentityOracle.NONE))
            .count(),
        lookup.subjects().pairwiseIndexSize());
    expect("events", oracle.events.size(), lookup.lifeEvents().count());
    expect("aliases", oracle.aliases.size(), lookup.aliases().count());
    final int[] deaths = new int[oracle.people.size() + 1];
    final int[] suspensions = new int[oracle.people.size() + 1];
    for (final IdentityOracle.Event event : oracle.events.values()) {
      if (!event.reversed) {
        (event.kind == LifeEventKind.DEATH ? deaths : suspensions)[event.subject]++;
      }
    }
    oracle.people.forEach(
        (handle, person) -> comparePerson(handle, person, deaths[handle], suspensions[handle]));
    oracle.events.forEach(this::compareEvent);
    oracle.aliases.forEach(this::compareAlias);
  }

  private void comparePerson(
      final int handle,
      final IdentityOracle.Person person,
      final int deaths,
      final int suspensions) {
    final Subjects subjects = lookup.subjects();
    final Token token = new Token();
    subjects.token(handle, token);
    expect("token", person.token, token);
    expect("found", handle, subjects.find(token));
    expect("status", IdentityOracle.status(person, deaths, suspensions), subjects.status(handle));
    expect("officer", person.officerStatus, subjects.officerStatus(handle));
    expect("deaths", deaths, subjects.deaths(handle));
    expect("suspensions", suspensions, subjects.suspensions(handle));
    expect("attachment", person.attachment, subjects.attachment(handle));
    expect("verdict", person.verdict == null ? 0 : 1, subjects.hasVerdict(handle) ? 1 : 0);
    if (person.verdict != null) {
      expect("issuer", person.verdict.issuer(), subjects.issuer(handle));
      expect("assurance", person.verdict.assurance(), subjects.assurance(handle));
      expect("issued", person.verdict.issuedMs(), subjects.issuedMs(handle));
      expect("valid until", person.verdict.validUntilMs(), subjects.validUntilMs(handle));
      expect("version", person.verdict.mappingVersion(), subjects.mappingVersion(handle));
      subjects.evidence(handle, token);
      expect("evidence", person.verdict.evidence(), token);
      subjects.pairwise(handle, token);
      expect("pairwise", person.verdict.pairwise(), token);
    }
  }

  private void compareEvent(final int handle, final IdentityOracle.Event event) {
    final LifeEvents events = lookup.lifeEvents();
    expect("event", handle, events.find(event.source, event.idHi, event.idLo));
    expect("event subject", event.subject, events.subject(handle));
    expect("event kind", event.kind, events.kind(handle));
    expect("event day", event.occurredOn, events.occurredOn(handle));
    expect("event recorded", event.recordedMs, events.recordedMs(handle));
    expect("reversed", event.reversed ? 1 : 0, events.isReversed(handle) ? 1 : 0);
  }

  private void compareAlias(final int handle, final IdentityOracle.Alias alias) {
    final Aliases aliases = lookup.aliases();
    final Token token = new Token();
    aliases.token(handle, token);
    expect("alias", alias.token, token);
    expect("alias found", handle, aliases.find(token));
    expect("alias resolved", alias.participant == 0 ? 0 : handle, aliases.resolve(token));
    aliases.owner(handle, token);
    expect("owner", alias.owner, token);
    expect("participant", alias.participant, aliases.participant(handle));
    expect("payload", alias.payload, aliases.payload(handle));
    expect("alias version", alias.version, aliases.version(handle));
  }

  private void expect(final String what, final List<Long> expected, final Token actual) {
    if (expected.get(0) != actual.a()
        || expected.get(1) != actual.b()
        || expected.get(2) != actual.c()
        || expected.get(3) != actual.d()) {
      throw new AssertionError(where + what + " differs from " + expected);
    }
  }

  private void expect(final String what, final long expected, final long actual) {
    if (expected != actual) {
      throw new AssertionError(where + what + ": expected " + expected + ", was " + actual);
    }
  }
}
