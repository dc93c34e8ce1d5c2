package org.civicswitch.ops.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.AliasChangedDecoder;
import org.civicswitch.core.protocol.ApprovalRuleChangedDecoder;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.CollateralMovedDecoder;
import org.civicswitch.core.protocol.CommandRefusedDecoder;
import org.civicswitch.core.protocol.ConfiguredDecoder;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.CycleClosedDecoder;
import org.civicswitch.core.protocol.DeferredPositionChangedDecoder;
import org.civicswitch.core.protocol.DeliveryAcknowledgedDecoder;
import org.civicswitch.core.protocol.DisbursementAddedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.core.protocol.LifeEventRecordedDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MerchantRegisteredDecoder;
import org.civicswitch.core.protocol.ObligationRecordedDecoder;
import org.civicswitch.core.protocol.ObligationSettledDecoder;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.ParticipantDefaultedDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.ProposalChangedDecoder;
import org.civicswitch.core.protocol.SettlementModelChangedDecoder;
import org.civicswitch.core.protocol.SubjectChangedDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;
import org.civicswitch.core.protocol.WindowChangedDecoder;
import org.civicswitch.core.protocol.WindowClosedDecoder;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.EventHandlers.EventHandler;
import org.civicswitch.gateway.kit.feed.EventHandlers.Wrapping;

/** Which event becomes rows of what. Every event of the schema stands here or in NOT_NEEDED. */
final class EventRows {
  /** Events that leave no row, and why. */
  static final Map<Integer, String> NOT_NEEDED =
      Map.of(
          DeliveryAcknowledgedDecoder.TEMPLATE_ID,
          "how far a gateway's delivery is; says nothing of money, and comes with every batch",
          SubjectChangedDecoder.TEMPLATE_ID,
          "people's standing is asked of the engine, exactly; a copy of every person's token here"
              + " would serve no report",
          AliasChangedDecoder.TEMPLATE_ID,
          "the directory answers for itself; a payment's row has the alias token it was sent to");

  private final PaymentRows payments;
  private final PositionBook positions;
  private final PlatformRows platform;
  private final ProposalRows proposals;
  private final SettlementRows settlement;
  private final BenefitRows benefits;
  private final EventHandlers handlers = new EventHandlers();
  private final Set<Integer> templates = new TreeSet<>();

  EventRows(final Batch batch) {
    payments = new PaymentRows(batch);
    positions = new PositionBook(batch);
    platform = new PlatformRows(batch);
    proposals = new ProposalRows(batch);
    settlement = new SettlementRows(batch);
    benefits = new BenefitRows(batch);
    addPlatform();
    addProposals();
    addPayments();
    addSettlement();
    addBenefits();
  }

  private void addPlatform() {
    on(
        CommandRefusedDecoder.TEMPLATE_ID,
        new CommandRefusedDecoder(),
        CommandRefusedDecoder::wrap,
        (sequence, event) -> platform.on(event));
    on(
        ParticipantChangedDecoder.TEMPLATE_ID,
        new ParticipantChangedDecoder(),
        ParticipantChangedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          platform.on(event);
        });
    on(
        AssetDefinedDecoder.TEMPLATE_ID,
        new AssetDefinedDecoder(),
        AssetDefinedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          platform.on(event);
        });
    on(
        PositionChangedDecoder.TEMPLATE_ID,
        new PositionChangedDecoder(),
        PositionChangedDecoder::wrap,
        (sequence, event) -> positions.on(event));
    on(
        ConnectionChangedDecoder.TEMPLATE_ID,
        new ConnectionChangedDecoder(),
        ConnectionChangedDecoder::wrap,
        (sequence, event) -> platform.on(event));
    on(
        LiquidityMovedDecoder.TEMPLATE_ID,
        new LiquidityMovedDecoder(),
        LiquidityMovedDecoder::wrap,
        (sequence, event) -> platform.on(event));
    on(
        ConfiguredDecoder.TEMPLATE_ID,
        new ConfiguredDecoder(),
        ConfiguredDecoder::wrap,
        (sequence, event) -> platform.on(event));
    on(
        OperatorChangedDecoder.TEMPLATE_ID,
        new OperatorChangedDecoder(),
        OperatorChangedDecoder::wrap,
        (sequence, event) -> platform.on(event));
    on(
        WindowClosedDecoder.TEMPLATE_ID,
        new WindowClosedDecoder(),
        WindowClosedDecoder::wrap,
        (sequence, event) -> platform.on(event));
  }

  private void addProposals() {
    on(
        ProposalChangedDecoder.TEMPLATE_ID,
        new ProposalChangedDecoder(),
        ProposalChangedDecoder::wrap,
        (sequence, event) -> proposals.on(event));
    on(
        ApprovalRuleChangedDecoder.TEMPLATE_ID,
        new ApprovalRuleChangedDecoder(),
        ApprovalRuleChangedDecoder::wrap,
        (sequence, event) -> proposals.on(event));
    on(
        GlassBrokenDecoder.TEMPLATE_ID,
        new GlassBrokenDecoder(),
        GlassBrokenDecoder::wrap,
        (sequence, event) -> proposals.on(event));
  }

  private void addPayments() {
    on(
        PaymentReservedDecoder.TEMPLATE_ID,
        new PaymentReservedDecoder(),
        PaymentReservedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          payments.on(event);
        });
    on(
        PaymentSettledDecoder.TEMPLATE_ID,
        new PaymentSettledDecoder(),
        PaymentSettledDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          payments.on(event);
        });
    on(
        PaymentRejectedDecoder.TEMPLATE_ID,
        new PaymentRejectedDecoder(),
        PaymentRejectedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          payments.on(event);
        });
    on(
        PaymentReturnedDecoder.TEMPLATE_ID,
        new PaymentReturnedDecoder(),
        PaymentReturnedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          payments.on(event);
        });
  }

  private void addSettlement() {
    on(
        SettlementModelChangedDecoder.TEMPLATE_ID,
        new SettlementModelChangedDecoder(),
        SettlementModelChangedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        WindowChangedDecoder.TEMPLATE_ID,
        new WindowChangedDecoder(),
        WindowChangedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        ObligationRecordedDecoder.TEMPLATE_ID,
        new ObligationRecordedDecoder(),
        ObligationRecordedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        ObligationSettledDecoder.TEMPLATE_ID,
        new ObligationSettledDecoder(),
        ObligationSettledDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        ParticipantDefaultedDecoder.TEMPLATE_ID,
        new ParticipantDefaultedDecoder(),
        ParticipantDefaultedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        CollateralMovedDecoder.TEMPLATE_ID,
        new CollateralMovedDecoder(),
        CollateralMovedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
    on(
        DeferredPositionChangedDecoder.TEMPLATE_ID,
        new DeferredPositionChangedDecoder(),
        DeferredPositionChangedDecoder::wrap,
        (sequence, event) -> settlement.on(event));
  }

  private void addBenefits() {
    on(
        ProgrammeChangedDecoder.TEMPLATE_ID,
        new ProgrammeChangedDecoder(),
        ProgrammeChangedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        EnvelopeChangedDecoder.TEMPLATE_ID,
        new EnvelopeChangedDecoder(),
        EnvelopeChangedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        DisbursementAddedDecoder.TEMPLATE_ID,
        new DisbursementAddedDecoder(),
        DisbursementAddedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        DisbursementHeldDecoder.TEMPLATE_ID,
        new DisbursementHeldDecoder(),
        DisbursementHeldDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        CycleClosedDecoder.TEMPLATE_ID,
        new CycleClosedDecoder(),
        CycleClosedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        LifeEventRecordedDecoder.TEMPLATE_ID,
        new LifeEventRecordedDecoder(),
        LifeEventRecordedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        MerchantRegisteredDecoder.TEMPLATE_ID,
        new MerchantRegisteredDecoder(),
        MerchantRegisteredDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        VoucherChangedDecoder.TEMPLATE_ID,
        new VoucherChangedDecoder(),
        VoucherChangedDecoder::wrap,
        (sequence, event) -> benefits.on(event));
    on(
        VoucherRedeemedDecoder.TEMPLATE_ID,
        new VoucherRedeemedDecoder(),
        VoucherRedeemedDecoder::wrap,
        (sequence, event) -> {
          positions.on(event);
          benefits.on(event);
        });
  }

  private <D> void on(
      final int templateId,
      final D decoder,
      final Wrapping<D> wrapping,
      final EventHandler<D> handler) {
    handlers.on(templateId, decoder, wrapping, handler);
    templates.add(templateId);
  }

  /** The events that become rows. */
  Set<Integer> templates() {
    return templates;
  }

  void load(final Connection connection) throws SQLException {
    positions.load(connection);
    benefits.load(connection);
  }

  void onEvent(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    handlers.onEvent(feedSequence, event, offset, length);
  }

  /** The log has come to another minute; what follows belongs to it. */
  void minuteOver() {
    positions.minuteOver();
  }

  void beforeWrite(final Connection connection, final Dialect dialect) throws SQLException {
    payments.beforeWrite(connection, dialect);
    positions.beforeWrite();
  }

  void afterWrite(final Connection connection) throws SQLException {
    payments.afterWrite(connection);
    benefits.afterWrite(connection);
  }
}
