package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.VoucherState;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.identity.IdentityRefused;
import org.civicswitch.ops.benefits.VoucherDesk.Redemption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VoucherDeskTest {
  private static final Id128 VOUCHER = new Id128(1, 2);
  private static final long DAY_MS = 86_400_000L;

  @TempDir private Path directory;
  private SmallWorld world;
  private BenefitsOffice office;
  private VoucherDesk desk;
  private long keys;

  @BeforeEach
  void open() throws Exception {
    world = new SmallWorld(directory);
    office = world.office(0);
    desk = office.vouchers();
    world.enrol(2);
  }

  @AfterEach
  void close() throws Exception {
    office.close();
    world.close();
  }

  private Redemption grocer(final long amount) {
    return new Redemption(
        new Id128(5, ++keys),
        System.currentTimeMillis(),
        Genesis.ALPHA,
        Genesis.ALPHA,
        VOUCHER,
        Genesis.GROCER,
        amount);
  }

  private String token(final int person, final Redemption redemption) {
    return world.provider.issue(
        SmallWorld.person(person), SmallWorld.AUDIENCE, redemption.nonce(), 2);
  }

  private Voucher redeem(final Redemption redemption) throws Exception {
    return desk.redeem(redemption, token(0, redemption), world.verifier);
  }

  private Code refusal(final int person, final Redemption redemption) {
    return catchThrowableOfType(
            OfficeRefused.class,
            () -> desk.redeem(redemption, token(person, redemption), world.verifier))
        .code();
  }

  @Test
  void isSpentInPartsAtTheRightMerchantByItsOwner() throws Exception {
    final long expires = System.currentTimeMillis() + DAY_MS;
    final Voucher issued =
        desk.issue(
            VOUCHER,
            Genesis.FOOD,
            SmallWorld.person(0),
            50_00,
            Genesis.GROCERIES,
            expires,
            world.maker);
    assertThat(issued.left()).isEqualTo(50_00);
    assertThat(issued.state()).isEqualTo(VoucherState.ACTIVE);

    final Redemption first = grocer(20_00);
    final String token = token(0, first);
    assertThat(desk.redeem(first, token, world.verifier).left()).isEqualTo(30_00);
    // The same instruction again is the same answer, not another payment.
    assertThat(desk.redeem(first, token, world.verifier).left()).isEqualTo(30_00);

    assertThat(refusal(1, grocer(1_00))).isEqualTo(Code.VERDICT_BINDING);
    assertThat(refusal(0, grocer(30_01))).isEqualTo(Code.VOUCHER_AMOUNT);
    final Redemption books =
        new Redemption(
            new Id128(6, 1),
            System.currentTimeMillis(),
            Genesis.BRAVO,
            Genesis.BRAVO,
            VOUCHER,
            Genesis.BOOKSHOP,
            1_00);
    assertThat(refusal(0, books)).isEqualTo(Code.MERCHANT_CATEGORY);
    final Redemption other = grocer(20_00);
    assertThat(
            catchThrowableOfType(
                    IdentityRefused.class, () -> desk.redeem(other, token, world.verifier))
                .why())
        .isEqualTo(IdentityRefused.Why.NONCE);

    assertThat(redeem(grocer(30_00)).state()).isEqualTo(VoucherState.SPENT);
    assertThat(refusal(0, grocer(1))).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
  }

  @Test
  void whatIsCancelledCannotBeSpent() throws Exception {
    assertThat(desk.state(VOUCHER)).isEmpty();
    assertThat(refusal(0, grocer(1))).isEqualTo(Code.VOUCHER_UNKNOWN);
    desk.issue(
        VOUCHER,
        Genesis.FOOD,
        SmallWorld.person(0),
        50_00,
        0,
        System.currentTimeMillis() + DAY_MS,
        world.maker);
    redeem(grocer(10_00));
    assertThat(desk.cancel(VOUCHER, world.maker).state()).isEqualTo(VoucherState.CANCELLED);
    assertThat(desk.state(VOUCHER)).get().extracting(Voucher::left).isEqualTo(0L);
    assertThat(refusal(0, grocer(1))).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
  }

  @Test
  void isIssuedToEnrolledPeopleOnly() {
    final OfficeRefused refused =
        catchThrowableOfType(
            OfficeRefused.class,
            () ->
                desk.issue(
                    VOUCHER,
                    Genesis.FOOD,
                    SmallWorld.person(77),
                    50_00,
                    0,
                    System.currentTimeMillis() + DAY_MS,
                    world.maker));
    assertThat(refused.code()).isEqualTo(Code.SUBJECT_UNKNOWN);
  }
}
