package org.civicswitch.ops.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.DeferredPositionChangedEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ObligationRecordedEncoder;
import org.civicswitch.core.protocol.ParticipantDefaultedEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.PaymentReturnedEncoder;
import org.civicswitch.core.protocol.PaymentSettledEncoder;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowChangedEncoder;
import org.civicswitch.core.protocol.WindowClosedEncoder;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.ops.treasury.SettlementBook.Debt;
import org.civicswitch.ops.treasury.SettlementBook.Net;
import org.civicswitch.ops.treasury.SettlementBook.Obligation;
import org.junit.jupiter.api.Test;

/** What windows add up to, told by events alone. */
class SettlementBookTest {
  private static final int EUR = 978;

  private final SettlementBook book = new SettlementBook();
  private final EventHandlers handlers = new EventHandlers();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private long feedSequence;

  SettlementBookTest() {
    book.addTo(handlers);
  }

  private void told(final int encodedLength) {
    handlers.onEvent(
        ++feedSequence, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
  }

  private void paid(final SettlementModel model, final int from, final int to, final long amount) {
    final PaymentSettledEncoder event =
        new PaymentSettledEncoder().wrapAndApplyHeader(buffer, 0, header);
    event
        .debtorAgent(from)
        .creditorAgent(to)
        .asset(EUR)
        .amount(amount)
        .settlementModel(model)
        .mode(PaymentMode.ONE_PHASE)
        .putPayload(new byte[0], 0, 0);
    told(event.encodedLength());
  }

  private void collateral(final int participant, final long held, final long reserved) {
    final DeferredPositionChangedEncoder event =
        new DeferredPositionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    event.participant(participant).asset(EUR).collateral(held).collateralPending(reserved);
    told(event.encodedLength());
  }

  @Test
  void aDryRunSaysWhoOwesAndWhoGoesShort() {
    paid(SettlementModel.PREFUNDED_GROSS, 1, 2, 1_000);
    paid(SettlementModel.DEFERRED_NET, 1, 2, 70);
    paid(SettlementModel.DEFERRED_NET, 2, 3, 30);
    paid(SettlementModel.DEFERRED_NET_BILATERAL, 3, 1, 9);
    paid(SettlementModel.DEFERRED_NET_BILATERAL, 1, 3, 4);
    collateral(1, 50, 10);
    collateral(3, 5, 0);

    final SettlementBook.Window open = book.window(1).orElseThrow();
    assertThat(open.state()).isEqualTo(WindowState.OPEN);
    assertThat(open.obligations())
        .containsExactly(
            new Obligation(EUR, 1, 0, 70, 0, 0),
            new Obligation(EUR, 1, 3, 4, 9, 0),
            new Obligation(EUR, 2, 0, 30, 70, 0),
            new Obligation(EUR, 3, 0, 0, 30, 0));
    assertThat(book.debts(open))
        .containsExactly(new Debt(EUR, 1, 70, 40, 30, 0), new Debt(EUR, 3, 5, 5, 0, 0));
    assertThat(open.nets())
        .as("pairs are seen from both sides")
        .containsExactly(new Net(EUR, 1, 74, 9), new Net(EUR, 2, 30, 70), new Net(EUR, 3, 9, 34));
    assertThat(open.nets().stream().mapToLong(Net::net).sum()).isZero();
  }

  @Test
  void theDefaultFundPaysUntilItIsEmpty() {
    paid(SettlementModel.DEFERRED_NET, 1, 3, 70);
    paid(SettlementModel.DEFERRED_NET, 2, 3, 30);
    collateral(1, 20, 0);
    collateral(0, 60, 0);
    final List<Debt> debts = book.debts(book.window(1).orElseThrow());
    assertThat(debts)
        .containsExactly(new Debt(EUR, 1, 70, 20, 50, 50), new Debt(EUR, 2, 30, 0, 30, 10));
    assertThat(debts).extracting(Debt::missing).containsExactly(0L, 20L);
  }

  @Test
  void aReturnIsPaidTheOtherWay() {
    paid(SettlementModel.DEFERRED_NET, 1, 2, 70);
    final PaymentReturnedEncoder event =
        new PaymentReturnedEncoder().wrapAndApplyHeader(buffer, 0, header);
    event
        .debtorAgent(2)
        .creditorAgent(1)
        .asset(EUR)
        .amount(70)
        .originalState(PaymentState.RETURNED)
        .settlementModel(SettlementModel.DEFERRED_NET)
        .putPayload(new byte[0], 0, 0);
    told(event.encodedLength());
    assertThat(book.debts(book.window(1).orElseThrow())).isEqualTo(List.of());
  }

  @Test
  void aClosedWindowIsWhatTheSwitchSaysOfIt() {
    paid(SettlementModel.DEFERRED_NET, 1, 2, 70);
    final WindowClosedEncoder closed =
        new WindowClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
    closed.at().sequence(44);
    told(closed.window(1).encodedLength());
    assertThat(book.openWindow()).isEqualTo(2);
    assertThat(book.window(2).orElseThrow().obligations()).isEmpty();
    assertThat(book.window(1).orElseThrow().state()).isEqualTo(WindowState.CLOSING);
    final ObligationRecordedEncoder recorded =
        new ObligationRecordedEncoder().wrapAndApplyHeader(buffer, 0, header);
    recorded.window(1).asset(EUR).participant(1).counterparty(0).debits(70).credits(0);
    told(recorded.encodedLength());
    final ParticipantDefaultedEncoder defaulted =
        new ParticipantDefaultedEncoder().wrapAndApplyHeader(buffer, 0, header);
    defaulted.window(1).asset(EUR).participant(1).counterparty(0).shortfall(70);
    told(defaulted.encodedLength());
    final WindowChangedEncoder changed =
        new WindowChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
    changed.at().sequence(45);
    changed.window(1).state(WindowState.PROPOSED).obligations(1);
    told(changed.encodedLength());

    final SettlementBook.Window window = book.window(1).orElseThrow();
    assertThat(window.state()).isEqualTo(WindowState.PROPOSED);
    assertThat(window.closedSequence()).isEqualTo(44);
    assertThat(window.obligations()).containsExactly(new Obligation(EUR, 1, 0, 70, 0, 70));
    assertThat(book.debts(window)).as("covered").isEmpty();
    assertThat(book.windows()).hasSize(2);
    assertThat(window.steps())
        .extracting(SettlementBook.Step::state, SettlementBook.Step::sequence)
        .containsExactly(tuple(WindowState.CLOSING, 44L), tuple(WindowState.PROPOSED, 45L));
    assertThat(book.closedBefore(2, 20)).containsExactly(window);
    assertThat(book.closedBefore(1, 20)).isEmpty();
  }
}
