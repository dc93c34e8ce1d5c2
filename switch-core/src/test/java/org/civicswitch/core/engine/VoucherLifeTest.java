package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;
import static org.civicswitch.core.engine.BenefitsHarness.BOOKSHOP;
import static org.civicswitch.core.engine.BenefitsHarness.GROCER;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;
import org.civicswitch.core.protocol.VoucherState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VoucherLifeTest {
  private final BenefitsHarness h = new BenefitsHarness();
  private long expires;

  @BeforeEach
  void world() {
    h.genesis();
    h.person(1);
    h.fund(1000, 900, 1);
    expires = h.nowMs + 5000;
  }

  private long reserve() {
    return h.funds().voucherReserve(h.programme());
  }

  @Test
  void isSpentInPartAtTheRightMerchantOnly() {
    assertThat(h.issue(1, 1, 100, expires)).isEqualTo(Code.OK);
    assertThat(reserve()).isEqualTo(100);
    assertThat(h.cash()).isEqualTo(900);
    assertThat(h.authority()).isEqualTo(800);
    assertThat(h.redeem(1, GROCER, 30, 11)).isEqualTo(Code.OK);
    assertThat(h.eventKinds()).contains(VoucherRedeemedDecoder.TEMPLATE_ID);
    assertThat(h.balance(ALPHA)).isEqualTo(30);
    assertThat(h.redeem(1, BOOKSHOP, 30, 12)).isEqualTo(Code.MERCHANT_CATEGORY);
    assertThat(h.redeem(1, GROCER, 30, 11)).isEqualTo(Code.VERDICT_USED);
    assertThat(h.redeem(1, GROCER, 30, 0)).isEqualTo(Code.VERDICT_MISSING);
    assertThat(h.redeem(1, GROCER, 71, 13)).isEqualTo(Code.VOUCHER_AMOUNT);
    assertThat(h.redeem(1, GROCER, 0, 13)).isEqualTo(Code.AMOUNT_NOT_POSITIVE);
    assertThat(h.redeem(2, GROCER, 1, 13)).isEqualTo(Code.VOUCHER_UNKNOWN);
    assertThat(h.redeem(1, 999, 1, 13)).isEqualTo(Code.MERCHANT_UNKNOWN);
    assertThat(h.redeem(1, GROCER, 70, 13)).isEqualTo(Code.OK);
    assertThat(reserve()).isZero();
    assertThat(h.redeem(1, GROCER, 1, 14)).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
    assertThat(h.engine.core().ledger.audit()).isEmpty();
  }

  @Test
  void expiresBackToTheBudgetLine() {
    h.issue(1, 1, 100, expires);
    h.redeem(1, GROCER, 30, 11);
    assertThat(h.engine.nextDeadlineMs()).isEqualTo(expires);
    h.nowMs = expires;
    assertThat(h.redeem(1, GROCER, 30, 12)).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
    assertThat(reserve()).isZero();
    assertThat(h.cash()).isEqualTo(970);
    assertThat(h.authority()).isEqualTo(870);
  }

  @Test
  void aCancellationAtTheExpiryIsLateWhetherOrNotTheTimerHasFired() {
    h.configure(Parameter.TIMERS_PER_COMMAND, 1);
    h.issue(1, 1, 100, expires);
    h.issue(2, 1, 100, expires);
    h.nowMs = expires;
    assertThat(h.cancelVoucher(2)).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
    assertThat(h.outcome().state()).isEqualTo(VoucherState.EXPIRED.value());
    assertThat(reserve()).isZero();
    assertThat(h.cash()).isEqualTo(1000);
  }

  @Test
  void isRefusedWithoutMoneyBudgetOrAProvenPerson() {
    h.register(2);
    assertThat(h.issue(1, 2, 100, expires)).isEqualTo(Code.VERDICT_MISSING);
    assertThat(h.issue(1, 1, 901, expires)).isEqualTo(Code.BUDGET_EXCEEDED);
    h.fund(0, 500, 2);
    assertThat(h.issue(1, 1, 1001, expires)).isEqualTo(Code.CASH_EXCEEDED);
    assertThat(h.issue(1, 1, 100, h.nowMs)).isEqualTo(Code.DEADLINE_PASSED);
    assertThat(h.issue(1, 1, 100, expires)).isEqualTo(Code.OK);
    assertThat(h.issue(1, 1, 100, expires)).isEqualTo(Code.VOUCHER_EXISTS);
    h.lifeEvent(1, LifeEventKind.SUSPENSION, 5, 0);
    assertThat(h.redeem(1, GROCER, 1, 11)).isEqualTo(Code.SUBJECT_NOT_ACTIVE);
    assertThat(h.cancelVoucher(1)).isEqualTo(Code.OK);
    assertThat(h.cash()).isEqualTo(1000);
    assertThat(h.cancelVoucher(1)).isEqualTo(Code.VOUCHER_NOT_ACTIVE);
  }
}
