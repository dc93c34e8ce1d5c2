package org.civicswitch.ops.reporting;

import java.util.Locale;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.CommandRefusedDecoder;
import org.civicswitch.core.protocol.ConfiguredDecoder;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.RolesDecoder;
import org.civicswitch.core.protocol.WindowClosedDecoder;

/** Participants, assets, connections, operators, settings, liquidity, windows, refusals. */
final class PlatformRows {
  private static final int ABOUT_MAX = 100;

  private final Batch batch;

  PlatformRows(final Batch batch) {
    this.batch = batch;
  }

  void on(final ParticipantChangedDecoder event) {
    batch.put(
        Table.PARTICIPANTS,
        event.participant(),
        event.settlementParticipant(),
        event.status().name(),
        event.code(),
        event.name(),
        event.at().feedSequence(),
        event.at().timeMs());
    action(
        batch,
        event.at(),
        "ParticipantChanged",
        null,
        event.participant() + " " + event.code().strip() + " " + event.status(),
        null);
  }

  void on(final AssetDefinedDecoder event) {
    batch.put(
        Table.ASSETS,
        event.asset(),
        event.assetKind().name(),
        (int) event.exponent(),
        event.rules().getRaw(),
        event.moneyAsset(),
        event.code(),
        event.at().feedSequence());
    action(
        batch, event.at(), "AssetDefined", null, event.asset() + " " + event.code().strip(), null);
  }

  void on(final ConnectionChangedDecoder event) {
    batch.put(
        Table.CONNECTIONS,
        event.connection(),
        event.forParticipant(),
        event.kindsLow(),
        event.kindsHigh(),
        Values.tokenOrNull(event.fingerprint()),
        event.at().feedSequence(),
        event.at().timeMs());
    action(
        batch,
        event.at(),
        "ConnectionChanged",
        null,
        event.connection() + " for participant " + event.forParticipant(),
        null);
  }

  void on(final OperatorChangedDecoder event) {
    final String roles = roles(event.roles());
    batch.put(
        Table.OPERATORS,
        event.signer(),
        roles,
        Values.tokenOrNull(event.publicKey()),
        event.at().feedSequence(),
        event.at().timeMs());
    action(batch, event.at(), "OperatorChanged", null, event.signer() + " " + roles, null);
  }

  /** The generated text has braces and a small first letter: {pLATFORM,sETTLEMENT}. */
  static String roles(final RolesDecoder roles) {
    final String text = roles.toString();
    return text.substring(1, text.length() - 1).toUpperCase(Locale.ROOT);
  }

  void on(final ConfiguredDecoder event) {
    batch.put(
        Table.SETTINGS,
        event.parameter().name(),
        event.value(),
        event.at().feedSequence(),
        event.at().timeMs());
    action(batch, event.at(), "Configured", null, event.parameter().name(), event.value());
  }

  void on(final LiquidityMovedDecoder event) {
    batch.add(
        Table.LIQUIDITY_MOVEMENTS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        event.participant(),
        event.asset(),
        event.amount(),
        event.liquidityKind().name(),
        Values.id(event.reference()));
    action(
        batch,
        event.at(),
        "LiquidityMoved",
        null,
        event.liquidityKind()
            + " participant "
            + event.participant()
            + " reference "
            + Values.id(event.reference()),
        event.amount());
  }

  void on(final WindowClosedDecoder event) {
    batch.add(
        Table.WINDOWS,
        event.window(),
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs());
    action(batch, event.at(), "WindowClosed", null, String.valueOf(event.window()), null);
  }

  void on(final CommandRefusedDecoder event) {
    batch.add(
        Table.REFUSALS,
        event.at().feedSequence(),
        event.at().sequence(),
        event.at().timeMs(),
        event.participant(),
        event.connection(),
        event.commandTemplate(),
        event.code().name(),
        event.differs().name(),
        (int) event.state(),
        event.item(),
        Values.id(event.key()));
  }

  /**
   * What a person or the platform's owner did; {@code operator} null where the event names none.
   */
  static void action(
      final Batch batch,
      final EventHeadDecoder at,
      final String action,
      final Long operator,
      final String about,
      final Long amount) {
    batch.add(
        Table.OPERATOR_ACTIONS,
        at.feedSequence(),
        at.sequence(),
        at.timeMs(),
        action,
        operator,
        about.length() <= ABOUT_MAX ? about : about.substring(0, ABOUT_MAX),
        amount);
  }
}
