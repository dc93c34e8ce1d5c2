package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ObligationRecordedDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowState;

/**
 * The small world with a scheme of each deferred model. Alpha, Bravo and Charlie have a cap of
 * 1,000; Alpha has 600 of collateral, Bravo 2,000, Charlie none; the default fund has 500.
 */
final class SettlementHarness {
  static final int NET = 2;
  static final int BILATERAL = 3;

  /** Multilateral too; caps count in full. */
  static final int UNCOVERED = 4;

  static final int ALPHA = EngineHarness.ALPHA;
  static final int BRAVO = EngineHarness.BRAVO;
  static final int CHARLIE = EngineHarness.CHARLIE;
  static final int EUR = EngineHarness.EUR;

  final EngineHarness bank;
  final SettlementBytes bytes;

  SettlementHarness() {
    this(new EngineHarness().genesis());
    limit(ALPHA);
    limit(BRAVO);
    limit(CHARLIE);
    bank.ok(officer().model(NET, EUR, SettlementModel.DEFERRED_NET, false));
    bank.ok(officer().model(BILATERAL, EUR, SettlementModel.DEFERRED_NET_BILATERAL, false));
    bank.ok(officer().model(UNCOVERED, EUR, SettlementModel.DEFERRED_NET, true));
    bank.ok(officer().collateral(ALPHA, EUR, 600, LiquidityKind.IN, 9_001));
    bank.ok(officer().collateral(BRAVO, EUR, 2_000, LiquidityKind.IN, 9_002));
    bank.ok(officer().collateral(0, EUR, 500, LiquidityKind.IN, 9_003));
  }

  /** Around a world that is there. */
  SettlementHarness(final EngineHarness bank) {
    this.bank = bank;
    bytes = new SettlementBytes(bank.commands);
  }

  private void limit(final int participant) {
    bank.ok(
        bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR).setLimit(participant, EUR, 1_000, 0));
  }

  /** The next command is the settlement officer's. */
  SettlementBytes officer() {
    bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR);
    return bytes;
  }

  Code send(final byte[] command) {
    bank.send(command);
    return bank.code();
  }

  /** Settled at once. */
  Code pay(final long number, final int scheme, final int from, final int to, final long amount) {
    bank.send(bank.as(from).submit(Payment.of(number, from, to, amount).scheme(scheme).onePhase()));
    return bank.itemCode();
  }

  Code close(final int window) {
    return send(bank.asOperator(EngineHarness.SETTLEMENT_OPERATOR).closeWindow(window));
  }

  /** Closed, with everything recorded. */
  void closeWhole(final int window) {
    assertThat(close(window)).isEqualTo(Code.OK);
    bank.pulse();
    assertThat(state(window)).isEqualTo(WindowState.CLOSED);
  }

  /** Closed, proposed and confirmed under the window's number. */
  void confirmed(final int window) {
    closeWhole(window);
    assertThat(send(officer().propose(window, window))).isEqualTo(Code.OK);
    assertThat(send(officer().confirm(window, window))).isEqualTo(Code.OK);
  }

  WindowState state(final int window) {
    return bank.engine.core().settlement.windows.stateOf(window);
  }

  /** What deferred payments and their settlement have left on a participant's account. */
  long deferred(final int participant) {
    final Core core = bank.engine.core();
    return core.ledger
        .accounts()
        .balance(core.positions.deferred(core.positions.find(participant, EUR)));
  }

  long collateral(final int participant) {
    final Core core = bank.engine.core();
    return core.ledger
        .accounts()
        .balance(core.positions.collateral(core.positions.find(participant, EUR)));
  }

  long fund() {
    final SettlementAccounts accounts = bank.engine.core().deferred.accounts;
    return bank.engine.core().ledger.accounts().balance(accounts.fund(accounts.find(EUR)));
  }

  /** What the settlement account outside must hold. */
  long outside() {
    final Core core = bank.engine.core();
    return -core.ledger.accounts().balance(core.assets.issuer(core.assets.find(EUR)));
  }

  /** "window participant counterparty debits credits" of all obligations the last command told. */
  List<String> recorded() {
    final List<String> all = new ArrayList<>();
    for (int i = 0; i < bank.events().size(); i++) {
      if (bank.events().get(i) == ObligationRecordedDecoder.TEMPLATE_ID) {
        final UnsafeBuffer event = bank.event(i);
        final ObligationRecordedDecoder o =
            new ObligationRecordedDecoder()
                .wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
        all.add(
            o.window()
                + " "
                + o.participant()
                + " "
                + o.counterparty()
                + " "
                + o.debits()
                + " "
                + o.credits());
      }
    }
    return all;
  }

  void sound() {
    assertThat(bank.engine.audit().problems()).isEmpty();
  }
}
