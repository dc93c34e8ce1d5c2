package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.ALPHA;
import static org.civicswitch.core.engine.EngineHarness.BRAVO;
import static org.civicswitch.core.engine.EngineHarness.FUNDS;

import java.util.function.Consumer;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentState;
import org.junit.jupiter.api.Test;

/** Once, and the same answer. */
class OnceTest {
  private static final long DAY_MS = 86_400_000L;
  private static final long TOLERANCE_MS = 60_000;
  private final EngineHarness bank = new EngineHarness().genesis();

  private Payment payment(final long number) {
    return Payment.of(number, ALPHA, BRAVO, 100).created(EngineHarness.START_MS);
  }

  private void submit(final Payment payment) {
    bank.send(bank.as(ALPHA).submit(payment));
  }

  @Test
  void theSameAgainGetsTheStoredOutcomeWithThePresentState() {
    submit(payment(1));
    final long original = bank.engine.sequence();
    bank.send(bank.as(BRAVO).confirm(1));
    final Payment again = payment(1);
    again.payload = new byte[] {1, 2, 3, 4, 5};
    submit(again);

    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.item(0).replayed()).isEqualTo((short) 1);
    assertThat(bank.item(0).originalSequence()).isEqualTo(original);
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.SETTLED);
    assertThat(bank.events()).isEmpty();
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS - 100);
  }

  @Test
  void aRefusalIsRememberedToo() {
    final Payment tooMuch = Payment.of(1, ALPHA, BRAVO, FUNDS + 1).created(bank.nowMs);
    submit(tooMuch);
    bank.send(bank.as(BRAVO).submit(Payment.of(2, BRAVO, ALPHA, 500).onePhase()));
    submit(tooMuch);

    assertThat(bank.itemCode()).isEqualTo(Code.INSUFFICIENT_FUNDS);
    assertThat(bank.item(0).replayed()).isEqualTo((short) 1);
  }

  @Test
  void otherContentUnderTheKeyIsNamedByItsFirstDifferingField() {
    submit(payment(1));

    assertThat(differs(p -> p.createdMs += 1)).isEqualTo(Field.CREATED);
    assertThat(differs(p -> p.amount = 101)).isEqualTo(Field.AMOUNT);
    assertThat(differs(p -> p.to = 103)).isEqualTo(Field.CREDITOR_AGENT);
    assertThat(differs(p -> p.uetrLo = 9)).isEqualTo(Field.UETR);
    assertThat(differs(p -> p.alias = 9)).isEqualTo(Field.ALIAS);
    assertThat(differs(p -> p.digest = 9)).isEqualTo(Field.CONTENT);
    assertThat(differs(p -> p.valueDate = 20_002)).isEqualTo(Field.VALUE_DATE);
    assertThat(differs(p -> p.timeoutMs = 9)).isEqualTo(Field.OTHER);
    assertThat(
            differs(
                p -> {
                  p.digest = 9;
                  p.amount = 5;
                }))
        .isEqualTo(Field.AMOUNT);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(100);
  }

  private Field differs(final Consumer<Payment> change) {
    final Payment other = payment(1);
    change.accept(other);
    submit(other);
    assertThat(bank.itemCode()).isEqualTo(Code.DUPLICATE);
    return bank.item(0).differs();
  }

  @Test
  void twoItemsUnderOneKeyInOneCommandAreOneInstruction() {
    bank.send(bank.as(ALPHA).submit(payment(1), payment(1)));

    assertThat(bank.itemCodes()).containsExactly(Code.OK, Code.OK);
    assertThat(bank.item(1).replayed()).isEqualTo((short) 1);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(100);
  }

  @Test
  void anotherParticipantMayUseTheSameKey() {
    submit(payment(1));
    final Payment other = Payment.of(1, BRAVO, ALPHA, 5);
    other.uetrLo = 2;
    bank.send(bank.as(BRAVO).submit(other));

    assertThat(bank.itemCode()).isEqualTo(Code.OK);
  }

  @Test
  void theFutureIsRefusedBeyondTheToleranceAndNotRemembered() {
    submit(payment(1).created(bank.nowMs + TOLERANCE_MS + 1));
    assertThat(bank.itemCode()).isEqualTo(Code.CREATED_IN_FUTURE);
    bank.nowMs += 1;
    submit(payment(1).created(bank.nowMs + TOLERANCE_MS));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
  }

  @Test
  void beyondTheWindowTheOutcomeIsUnknownHere() {
    final Payment before = payment(1).created(bank.nowMs - DAY_MS - 1);
    submit(before);
    assertThat(bank.itemCode()).isEqualTo(Code.STALE);
    submit(payment(2).created(bank.nowMs - DAY_MS));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
  }

  @Test
  void theDuplicateCheckComesBeforeTheAge() {
    submit(payment(1).created(bank.nowMs));
    bank.nowMs += DAY_MS + 1;
    submit(payment(1).created(EngineHarness.START_MS));

    assertThat(bank.itemCode()).as("still remembered for the tolerance").isEqualTo(Code.OK);
    assertThat(bank.item(0).replayed()).isEqualTo((short) 1);
  }

  @Test
  void whatIsForgottenIsStaleForEver() {
    final long ahead = bank.nowMs + TOLERANCE_MS;
    submit(payment(1).created(ahead));
    bank.nowMs += DAY_MS + TOLERANCE_MS + 1;
    while (bank.engine.core().remembered.size() > 0) {
      bank.pulse();
    }
    submit(payment(1).created(ahead));
    assertThat(bank.itemCode()).isEqualTo(Code.STALE);

    // A longer window does not bring back what was forgotten under the shorter one.
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.DUPLICATE_WINDOW_MS, 3 * DAY_MS));
    submit(payment(1).created(ahead));
    assertThat(bank.itemCode()).isEqualTo(Code.STALE);
    assertThat(bank.balance(ALPHA)).isEqualTo(FUNDS);
  }

  @Test
  void evictionIsBoundedPerCommand() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.EVICTIONS_PER_COMMAND, 2));
    final int remembered = bank.engine.core().remembered.size();
    bank.nowMs += DAY_MS + TOLERANCE_MS + 1;
    bank.pulse();

    assertThat(bank.engine.core().remembered.size()).isEqualTo(remembered - 2);
    assertThat(bank.engine.nextDeadlineMs()).isLessThanOrEqualTo(bank.nowMs);
  }

  @Test
  void aFullMemoryRefusesForNowAndStoresNothing() {
    final int size = bank.engine.core().remembered.size();
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.CAPACITY_IDS, size + 2));
    bank.send(bank.as(ALPHA).submit(payment(1), payment(2)));
    assertThat(bank.itemCodes()).containsExactly(Code.OK, Code.CAPACITY);
    assertThat(bank.debitsPending(ALPHA)).isEqualTo(100);
    submit(payment(1));
    assertThat(bank.item(0).replayed()).as("answers go on").isEqualTo((short) 1);
  }

  @Test
  void everyStoreThatIsFullRefusesWithoutAnythingHalfDone() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR).configure(Parameter.CAPACITY_PENDING, 1));
    bank.send(bank.as(ALPHA).submit(payment(1), payment(2)));
    assertThat(bank.itemCodes()).containsExactly(Code.OK, Code.CAPACITY);
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR).configure(Parameter.CAPACITY_PENDING, 9));
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR).configure(Parameter.CAPACITY_PAYMENTS, 1));
    submit(payment(2));
    assertThat(bank.itemCode()).isEqualTo(Code.CAPACITY);
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR).configure(Parameter.CAPACITY_PAYMENTS, 2));
    submit(payment(2));

    assertThat(bank.itemCode()).as("the same instruction succeeds later").isEqualTo(Code.OK);
    assertThat(bank.item(0).replayed()).isZero();
    assertThat(bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void paymentsAreForgottenAfterTheirRetentionAndNeverWhilePending() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.PAYMENT_RETENTION_MS, 700_000));
    shortWindow();
    submit(payment(1).timeout(600_000));
    submit(payment(2).timeout(1_000));
    bank.nowMs += 599_999;
    bank.pulse();
    assertThat(bank.engine.core().book.size()).as("the oldest is pending").isEqualTo(2);
    bank.nowMs += 100_001;
    bank.pulse();
    assertThat(bank.engine.core().book.size()).as("the ids are still known").isEqualTo(2);
    // Window or longest life, tolerance, and the life in which the answer came.
    bank.nowMs = EngineHarness.START_MS + 600_000 + TOLERANCE_MS + 600_000;
    bank.pulse();
    assertThat(bank.engine.core().book.size()).isEqualTo(2);
    bank.nowMs += 1;
    bank.pulse();
    assertThat(bank.engine.core().book.size()).isZero();
    submit(payment(1).timeout(600_000));
    assertThat(bank.itemCode()).isEqualTo(Code.STALE);
  }

  private void shortWindow() {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.DUPLICATE_WINDOW_MS, 60_000));
  }

  @Test
  void anIdIsKnownAsLongAsItsPaymentMayBePendingWhateverIsConfiguredLater() {
    shortWindow();
    submit(payment(1).timeout(3_600_000));
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.PAYMENT_TIMEOUT_MS_MAX, 1));
    bank.nowMs += 3_599_999;
    bank.pulse();
    submit(payment(1).timeout(3_600_000));

    assertThat(bank.item(0).replayed()).isEqualTo((short) 1);
    assertThat(bank.item(0).state()).isEqualTo(PaymentState.RESERVED);
  }

  @Test
  void answersToWhatIsReservedAndOperatorsFindRoomWhenNewInstructionsDoNot() {
    final int size = bank.engine.core().remembered.size();
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.CAPACITY_IDS, size + 3));
    bank.send(bank.as(ALPHA).submit(payment(1), payment(2)));
    assertThat(bank.itemCodes()).as("one is kept").containsExactly(Code.OK, Code.CAPACITY);
    bank.send(bank.as(BRAVO).giveBack(1, 1, 5));
    assertThat(bank.itemCode()).isEqualTo(Code.CAPACITY);
    bank.send(bank.as(BRAVO).confirm(1));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    submit(payment(2));
    assertThat(bank.itemCode()).isEqualTo(Code.CAPACITY);
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(Parameter.CAPACITY_IDS, size + 10));
    submit(payment(2));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
  }

  @Test
  void anAnswerThatCameTooEarlyIsNotRememberedAgainstItsPayment() {
    bank.send(bank.as(BRAVO).confirm(1));
    assertThat(bank.itemCode()).isEqualTo(Code.PAYMENT_UNKNOWN);
    submit(payment(1));
    bank.send(bank.as(BRAVO).confirm(1));
    assertThat(bank.itemCode()).isEqualTo(Code.OK);
    assertThat(bank.item(0).replayed()).isZero();
  }
}
