package org.civicswitch.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private static final Token PHONE = new Token().set(1, 2, 3, 4);
  private static final Token ANN = new Token().set(5, 6, 7, 8);
  private static final Token BEN = new Token().set(5, 6, 7, 9);
  private static final Token NONE = new Token();

  private final Aliases aliases = new IdentityLookup(new StateSpace(), 4, 4, 2).aliases();

  @Test
  void portabilityIsFollowed() {
    final int alias = aliases.link(PHONE, ANN, 10, 77);
    assertThat(alias).isPositive();
    assertThat(aliases.version(alias)).isEqualTo(1);
    assertThat(aliases.participant(alias)).isEqualTo(10);
    assertThat(aliases.payload(alias)).isEqualTo(77);
    assertThat(aliases.link(PHONE, ANN, 11, 78)).isEqualTo(alias);
    assertThat(aliases.version(alias)).isEqualTo(2);
    assertThat(aliases.participant(alias)).isEqualTo(11);
    assertThat(aliases.payload(alias)).isEqualTo(78);
    assertThat(aliases.check(alias, 1, ANN)).isEqualTo(IdentityResult.OK);
    assertThat(aliases.check(alias, 2, ANN)).isEqualTo(IdentityResult.OK);
    assertThat(aliases.check(alias, 3, ANN)).isEqualTo(IdentityResult.ALIAS_VERSION_AHEAD);
    assertThat(aliases.check(alias, 0, ANN)).isEqualTo(IdentityResult.ARGUMENT_INVALID);
    assertThat(aliases.check(alias, 3, BEN)).isEqualTo(IdentityResult.ALIAS_OWNER_CHANGED);
    assertThat(aliases.check(0, 1, ANN)).isEqualTo(IdentityResult.ALIAS_UNKNOWN);
  }

  @Test
  void versionsAreNeverReused() {
    final int alias = aliases.link(PHONE, ANN, 10, 0);
    assertThat(aliases.link(PHONE, BEN, 10, 0)).isEqualTo(-IdentityResult.ALIAS_EXISTS);
    assertThat(aliases.unlinkByOwner(alias, BEN)).isEqualTo(IdentityResult.ALIAS_OWNER_CHANGED);
    assertThat(aliases.unlinkByOwner(alias, ANN)).isEqualTo(IdentityResult.OK);
    assertThat(aliases.unlinkByOwner(alias, ANN)).isEqualTo(IdentityResult.ALIAS_UNKNOWN);
    assertThat(aliases.resolve(PHONE)).isZero();
    assertThat(aliases.find(PHONE)).isEqualTo(alias);
    assertThat(aliases.version(alias)).isEqualTo(2);
    final Token owner = new Token().set(1, 1, 1, 1);
    aliases.owner(alias, owner);
    assertThat(owner.isNone()).isTrue();
    assertThat(aliases.check(alias, 1, NONE)).isEqualTo(IdentityResult.ALIAS_UNKNOWN);

    assertThat(aliases.link(PHONE, BEN, 12, 5)).isEqualTo(alias);
    assertThat(aliases.version(alias)).isEqualTo(3);
    assertThat(aliases.check(alias, 1, ANN)).isEqualTo(IdentityResult.ALIAS_OWNER_CHANGED);
  }

  @Test
  void unlinksByTheParticipantItIsAt() {
    final int alias = aliases.link(PHONE, ANN, 10, 0);
    assertThat(aliases.unlinkByParticipant(alias, 11))
        .isEqualTo(IdentityResult.ALIAS_OWNER_CHANGED);
    assertThat(aliases.unlinkByParticipant(alias, 10)).isEqualTo(IdentityResult.OK);
    assertThat(aliases.unlinkByParticipant(alias, 10)).isEqualTo(IdentityResult.ALIAS_UNKNOWN);
  }

  @Test
  void refusesWhatIsNotThereAndWhatHasNoRoom() {
    assertThat(aliases.link(NONE, ANN, 1, 0)).isEqualTo(-IdentityResult.ARGUMENT_INVALID);
    assertThat(aliases.link(PHONE, NONE, 1, 0)).isEqualTo(-IdentityResult.ARGUMENT_INVALID);
    assertThat(aliases.link(PHONE, ANN, 0, 0)).isEqualTo(-IdentityResult.ARGUMENT_INVALID);
    assertThat(aliases.count()).isZero();
    assertThat(aliases.link(PHONE, ANN, -1, -1)).isPositive();
    assertThat(aliases.participant(1)).isEqualTo(-1);
    assertThat(aliases.payload(1)).isEqualTo(-1);
    assertThat(aliases.link(ANN, ANN, 1, 0)).isPositive();
    assertThat(aliases.link(BEN, ANN, 1, 0)).isEqualTo(-IdentityResult.CAPACITY);
    assertThat(aliases.link(NONE, ANN, 1, 0)).isEqualTo(-IdentityResult.CAPACITY);
    assertThat(aliases.link(PHONE, ANN, 2, 0)).isPositive();
  }
}
