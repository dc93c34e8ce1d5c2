package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;
import static org.civicswitch.core.engine.BenefitsHarness.BRAVO;

import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.SubjectStatus;
import org.junit.jupiter.api.Test;

class IdentityCommandsTest {
  private static final long DAY_MS = 86_400_000L;

  private final BenefitsHarness h = new BenefitsHarness().genesis();

  @Test
  void registersOnceAndNeedsAValidVerdict() {
    assertThat(h.verdict(1, DAY_MS)).isEqualTo(Code.SUBJECT_UNKNOWN);
    assertThat(h.register(1)).isEqualTo(Code.OK);
    assertThat(h.register(1)).isEqualTo(Code.SUBJECT_EXISTS);
    assertThat(h.register(0)).isEqualTo(Code.IDENTITY_INVALID);
    assertThat(h.verdict(1, 0)).isEqualTo(Code.VERDICT_EXPIRED);
    assertThat(h.verdict(1, DAY_MS)).isEqualTo(Code.OK);
    assertThat(h.query(QueryKind.SUBJECT, 0, 0, 1)).isEqualTo(Code.OK);
    assertThat(h.outcome().state()).isEqualTo(SubjectStatus.ACTIVE.value());
    assertThat(h.query(QueryKind.SUBJECT, 0, 0, 2)).isEqualTo(Code.SUBJECT_UNKNOWN);
  }

  @Test
  void followsAnAliasToAnotherBankAndNotToAnotherOwner() {
    h.person(1);
    h.person(2);
    h.fund(1000, 1000, 1);
    assertThat(h.link(50, 1, ALPHA)).isEqualTo(Code.OK);
    assertThat(h.link(51, 2, ALPHA)).isEqualTo(Code.OK);
    assertThat(h.link(50, 2, ALPHA)).isEqualTo(Code.ALIAS_EXISTS);
    h.create(1, 1, 2, 30);
    assertThat(h.add(1, new Line(2, 1, 0, 10, 50))).isEqualTo(Code.ALIAS_OWNER_CHANGED);
    h.add(1, new Line(1, 1, 0, 10, 50), new Line(2, 1, 0, 20, 51));
    assertThat(h.itemCodes()).containsOnly(Code.OK);
    assertThat(h.link(50, 1, BRAVO)).isEqualTo(Code.OK);
    assertThat(h.query(QueryKind.ALIAS, 0, 0, 50)).isEqualTo(Code.OK);
    assertThat(h.outcome().value()).isEqualTo(2);
    assertThat(h.unlink(51, 1, ALPHA, true)).isEqualTo(Code.ALIAS_OWNER_CHANGED);
    assertThat(h.unlink(51, 0, BRAVO, false)).isEqualTo(Code.ALIAS_OWNER_CHANGED);
    assertThat(h.unlink(51, 0, ALPHA, false)).isEqualTo(Code.OK);
    assertThat(h.query(QueryKind.ALIAS, 0, 0, 51)).isEqualTo(Code.ALIAS_UNKNOWN);
    assertThat(h.run(1)).isEqualTo(Code.OK);
    h.pulse();
    assertThat(h.reserved()).hasSize(1);
    assertThat(h.reserved().get(0).creditorAgent()).isEqualTo(BRAVO);
    assertThat(h.eventKinds()).contains(PaymentRejectedDecoder.TEMPLATE_ID);
    assertThat(h.envelopeChanged().rejected()).isEqualTo(1);
  }

  @Test
  void anAliasIsLinkedOnlyByATransactionalVerdictOnAnActivePerson() {
    h.person(1);
    assertThat(h.link(50, 1, ALPHA, VerdictKinds.BANK_ATTESTED)).isEqualTo(Code.VERDICT_MISSING);
    assertThat(h.setStatus(1, SubjectStatus.IDENTITY_CONTESTED)).isEqualTo(Code.OK);
    assertThat(h.link(50, 1, ALPHA)).isEqualTo(Code.SUBJECT_NOT_ACTIVE);
    assertThat(h.setStatus(1, SubjectStatus.ACTIVE)).isEqualTo(Code.OK);
    assertThat(h.link(50, 1, ALPHA)).isEqualTo(Code.OK);
  }

  @Test
  void holdsForWantOfAVerdictAndForAnOfficer() {
    h.person(2);
    h.register(1);
    h.verdict(1, 1000);
    h.fund(1000, 1000, 1);
    h.create(1, 1, 2, 30);
    h.add(1, Line.of(1, ALPHA, 10), Line.of(2, ALPHA, 20));
    assertThat(h.setStatus(2, SubjectStatus.IDENTITY_CONTESTED)).isEqualTo(Code.OK);
    assertThat(h.envelopeChanged().held()).isEqualTo(1);
    h.nowMs += 1000;
    assertThat(h.run(1)).isEqualTo(Code.OK);
    h.pulse();
    assertThat(h.envelopeChanged().held()).isEqualTo(2);
    assertThat(h.verdict(1, DAY_MS)).isEqualTo(Code.OK);
    assertThat(h.envelopeChanged().held()).isEqualTo(1);
    h.pulse();
    assertThat(h.reserved()).hasSize(1);
    assertThat(h.setStatus(2, SubjectStatus.ACTIVE)).isEqualTo(Code.OK);
    h.pulse();
    assertThat(h.reserved()).hasSize(1);
    assertThat(h.query(QueryKind.ENVELOPE, 8, 1, 0)).isEqualTo(Code.OK);
    assertThat(h.outcome().state()).isEqualTo(EnvelopeState.RELEASED.value());
  }

  @Test
  void aNoticeCountsOnceAndOnlyItsSourceTakesItBack() {
    h.person(1);
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH, 7, 0)).isEqualTo(Code.OK);
    assertThat(h.lifeEvent(1, LifeEventKind.SUSPENSION_LIFTED, 8, 7))
        .isEqualTo(Code.LIFE_EVENT_UNKNOWN);
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH_REVERSAL, 9, 7)).isEqualTo(Code.OK);
    assertThat(h.lifeEvent(1, LifeEventKind.DEATH_REVERSAL, 10, 7))
        .isEqualTo(Code.LIFE_EVENT_UNKNOWN);
  }

  @Test
  void refusesWhatTheStoresCannotHold() {
    h.person(1);
    h.create(1, 1, 40, 1000);
    for (int i = 0; i < SubjectLines.LINES_PER_SUBJECT; i++) {
      assertThat(h.add(1, new Line(1, i, ALPHA, 1, 0))).isEqualTo(Code.OK);
    }
    assertThat(h.add(1, new Line(1, 99, ALPHA, 1, 0))).isEqualTo(Code.CAPACITY);
    h.person(2);
    assertThat(h.configure(Parameter.CAPACITY_LINES, SubjectLines.LINES_PER_SUBJECT))
        .isEqualTo(Code.OK);
    assertThat(h.add(1, Line.of(2, ALPHA, 1))).isEqualTo(Code.CAPACITY);
    h.configure(Parameter.CAPACITY_SUBJECTS, 2);
    assertThat(h.register(3)).isEqualTo(Code.CAPACITY);
  }
}
