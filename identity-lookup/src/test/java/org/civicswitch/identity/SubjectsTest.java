package org.civicswitch.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubjectsTest {
  private static final Token ANN = new Token().set(1, 2, 3, 4);
  private static final int REGISTRY = 7;
  private static final int OTHER_REGISTRY = 8;

  private final IdentityLookup lookup = new IdentityLookup(new StateSpace(), 2, 2000, 1);
  private final Subjects subjects = lookup.subjects();
  private final LifeEvents events = lookup.lifeEvents();
  private int ann;

  @BeforeEach
  void register() {
    ann = subjects.register(ANN);
  }

  @Test
  void registersOnce() {
    assertThat(subjects.find(ANN)).isEqualTo(ann);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.ACTIVE);
    assertThat(subjects.register(ANN)).isEqualTo(-IdentityResult.SUBJECT_EXISTS);
    assertThat(subjects.register(new Token())).isEqualTo(-IdentityResult.ARGUMENT_INVALID);
    assertThat(subjects.register(new Token().set(9, 0, 0, 0))).isPositive();
    assertThat(subjects.register(ANN)).isEqualTo(-IdentityResult.CAPACITY);
    assertThat(subjects.check(3, 0, 0)).isEqualTo(IdentityResult.SUBJECT_UNKNOWN);
    assertThat(subjects.check(0, 0, 0)).isEqualTo(IdentityResult.SUBJECT_UNKNOWN);
  }

  @Test
  void checksInOrderOfPrecedence() {
    assertThat(subjects.check(ann, 0, 0)).isEqualTo(IdentityResult.VERDICT_MISSING);
    assertThat(subjects.recordVerdict(ann, verdict(1, 50, 0))).isEqualTo(IdentityResult.OK);
    assertThat(subjects.check(ann, 999, 50)).isEqualTo(IdentityResult.OK);
    assertThat(subjects.check(ann, 999, 51)).isEqualTo(IdentityResult.VERDICT_ASSURANCE_LOW);
    assertThat(subjects.check(ann, 1000, 51)).isEqualTo(IdentityResult.VERDICT_EXPIRED);
    subjects.setStatus(ann, SubjectStatus.IDENTITY_CONTESTED);
    assertThat(subjects.check(ann, 1000, 51)).isEqualTo(IdentityResult.SUBJECT_NOT_ACTIVE);
    assertThat(subjects.setStatus(ann, 5)).isEqualTo(IdentityResult.ARGUMENT_INVALID);
    assertThat(subjects.setStatus(ann, 0)).isEqualTo(IdentityResult.ARGUMENT_INVALID);
    assertThat(subjects.assurance(ann)).isEqualTo(50);
  }

  @Test
  void anotherBindingNeedsAHigherVersion() {
    final Verdict verdict = verdict(1, 255, 5);
    verdict.pairwise.set(1, 1, 1, 1);
    assertThat(subjects.recordVerdict(ann, verdict)).isEqualTo(IdentityResult.OK);
    assertThat(subjects.recordVerdict(ann, verdict)).isEqualTo(IdentityResult.OK);
    verdict.issuer = -1;
    assertThat(subjects.recordVerdict(ann, verdict)).isEqualTo(IdentityResult.MAPPING_CONFLICT);
    verdict.mappingVersion = 0xFFFFFFFFL;
    assertThat(subjects.recordVerdict(ann, verdict)).isEqualTo(IdentityResult.OK);
    assertThat(subjects.issuer(ann)).isEqualTo(-1);
    assertThat(subjects.mappingVersion(ann)).isEqualTo(0xFFFFFFFFL);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.ACTIVE);

    final int ben = subjects.register(new Token().set(9, 9, 9, 9));
    assertThat(subjects.recordVerdict(ben, verdict)).isEqualTo(IdentityResult.PAIRWISE_TAKEN);
    verdict.pairwise.set(2, 2, 2, 2);
    assertThat(subjects.recordVerdict(ben, verdict)).isEqualTo(IdentityResult.OK);
    verdict.mappingVersion = 0x100000000L;
    assertThat(subjects.recordVerdict(ben, verdict)).isEqualTo(IdentityResult.ARGUMENT_INVALID);
  }

  @Test
  void pairwiseSubjectIsFreeAgainAfterAnotherBinding() {
    final int ben = subjects.register(new Token().set(9, 9, 9, 9));
    final Verdict verdict = verdict(1, 1, 1);
    verdict.pairwise.set(1, 1, 1, 1);
    subjects.recordVerdict(ann, verdict);
    verdict.mappingVersion = 2;
    verdict.pairwise.set(2, 2, 2, 2);
    subjects.recordVerdict(ann, verdict);
    verdict.pairwise.set(1, 1, 1, 1);
    assertThat(subjects.recordVerdict(ben, verdict)).isEqualTo(IdentityResult.OK);
  }

  @Test
  void deathHoldsUntilEverySourceTakesItBack() {
    subjects.setStatus(ann, SubjectStatus.IDENTITY_CONTESTED);
    assertThat(events.record(REGISTRY, 0, 1, ann, LifeEventKind.DEATH, 20_000, 5)).isPositive();
    assertThat(events.record(OTHER_REGISTRY, 0, 1, ann, LifeEventKind.DEATH, 20_000, 6))
        .isPositive();
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.DECEASED);
    assertThat(reverse(REGISTRY, 1, LifeEventKind.DEATH_REVERSAL)).isEqualTo(IdentityResult.OK);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.DECEASED);
    assertThat(reverse(REGISTRY, 1, LifeEventKind.DEATH_REVERSAL))
        .isEqualTo(IdentityResult.LIFE_EVENT_UNKNOWN);
    assertThat(reverse(OTHER_REGISTRY, 1, LifeEventKind.SUSPENSION_LIFTED))
        .isEqualTo(IdentityResult.LIFE_EVENT_UNKNOWN);
    assertThat(reverse(OTHER_REGISTRY, 1, LifeEventKind.DEATH_REVERSAL))
        .isEqualTo(IdentityResult.OK);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.IDENTITY_CONTESTED);
    assertThat(events.record(REGISTRY, 0, 1, ann, LifeEventKind.DEATH, 20_000, 5))
        .isEqualTo(-IdentityResult.LIFE_EVENT_EXISTS);
  }

  @Test
  void suspensionLiesUnderDeathAndOfficer() {
    events.record(REGISTRY, 0, 1, ann, LifeEventKind.SUSPENSION, 1, 1);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.SUSPENDED);
    events.record(REGISTRY, 0, 2, ann, LifeEventKind.DEATH, 1, 1);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.DECEASED);
    reverse(REGISTRY, 2, LifeEventKind.DEATH_REVERSAL);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.SUSPENDED);
    assertThat(subjects.officerStatus(ann)).isEqualTo(SubjectStatus.ACTIVE);
    reverse(REGISTRY, 1, LifeEventKind.SUSPENSION_LIFTED);
    assertThat(subjects.status(ann)).isEqualTo(SubjectStatus.ACTIVE);
  }

  @Test
  void standingEventsOfOnePersonAreBounded() {
    for (int i = 1; i <= Subjects.MAX_LIVE_EVENTS; i++) {
      assertThat(events.record(REGISTRY, 0, i, ann, LifeEventKind.DEATH, 1, 1)).isPositive();
    }
    assertThat(events.record(REGISTRY, 0, 5000, ann, LifeEventKind.DEATH, 1, 1))
        .isEqualTo(-IdentityResult.CAPACITY);
    assertThat(events.record(REGISTRY, 0, 5000, ann, LifeEventKind.SUSPENSION, 1, 1)).isPositive();
    assertThat(subjects.deaths(ann)).isEqualTo(Subjects.MAX_LIVE_EVENTS);
    assertThat(subjects.suspensions(ann)).isEqualTo(1);
    assertThat(subjects.issuer(ann)).isZero();
  }

  @Test
  void attachmentIsTheCallersOwn() {
    subjects.recordVerdict(ann, verdict(1, 1, 3));
    subjects.attach(ann, -5);
    assertThat(subjects.attachment(ann)).isEqualTo(-5);
    assertThat(subjects.mappingVersion(ann)).isEqualTo(3);
    subjects.recordVerdict(ann, verdict(1, 1, 4));
    assertThat(subjects.attachment(ann)).isEqualTo(-5);
  }

  private int reverse(final int source, final int id, final int kind) {
    return events.reverse(source, 0, id, ann, kind);
  }

  private static Verdict verdict(final int issuer, final int assurance, final long version) {
    final Verdict verdict = new Verdict();
    verdict.issuer = issuer;
    verdict.assurance = assurance;
    verdict.issuedMs = 10;
    verdict.validUntilMs = 1000;
    verdict.mappingVersion = version;
    return verdict;
  }
}
