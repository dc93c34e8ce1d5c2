package org.civicswitch.ops.cli.world;

import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.ApproveChangeEncoder;
import org.civicswitch.core.protocol.ApproveEnvelopeEncoder;
import org.civicswitch.core.protocol.BreakGlassEncoder;
import org.civicswitch.core.protocol.CancelEnvelopeEncoder;
import org.civicswitch.core.protocol.CancelVoucherEncoder;
import org.civicswitch.core.protocol.ChangeOperatorEncoder;
import org.civicswitch.core.protocol.CloseCycleEncoder;
import org.civicswitch.core.protocol.CloseProposalEncoder;
import org.civicswitch.core.protocol.CloseWindowEncoder;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.ConfirmSettlementEncoder;
import org.civicswitch.core.protocol.CreateEnvelopeEncoder;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.DeclareDefaultEncoder;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.GrantConnectionEncoder;
import org.civicswitch.core.protocol.IssueVoucherEncoder;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.MoveCollateralEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.PauseEnvelopeEncoder;
import org.civicswitch.core.protocol.ProposeChangeEncoder;
import org.civicswitch.core.protocol.ProposeSettlementEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.core.protocol.RegisterConnectionEncoder;
import org.civicswitch.core.protocol.RegisterMerchantEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeEncoder;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SealEnvelopeEncoder;
import org.civicswitch.core.protocol.SetApprovalRuleEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SetSettlementModelEncoder;
import org.civicswitch.core.protocol.SetSubjectStatusEncoder;
import org.civicswitch.core.protocol.SettleWindowEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.protocol.UnlinkAliasEncoder;

/** What each sort of connection may send, as the bits of a grant. */
final class CommandKinds {
  static final Kinds BANK =
      kinds(
          SubmitPaymentEncoder.TEMPLATE_ID,
          ConfirmPaymentEncoder.TEMPLATE_ID,
          ReturnPaymentEncoder.TEMPLATE_ID,
          AcknowledgeDeliveryEncoder.TEMPLATE_ID,
          QueryEncoder.TEMPLATE_ID,
          LinkAliasEncoder.TEMPLATE_ID,
          UnlinkAliasEncoder.TEMPLATE_ID,
          RedeemVoucherEncoder.TEMPLATE_ID);
  static final Kinds REGISTRY = kinds(RecordLifeEventEncoder.TEMPLATE_ID);
  static final Kinds PLATFORM =
      kinds(
          ConfigureEncoder.TEMPLATE_ID,
          DefineAssetEncoder.TEMPLATE_ID,
          RegisterOperatorEncoder.TEMPLATE_ID,
          ChangeOperatorEncoder.TEMPLATE_ID,
          RegisterParticipantEncoder.TEMPLATE_ID,
          SetParticipantStatusEncoder.TEMPLATE_ID,
          SetParticipantLimitEncoder.TEMPLATE_ID,
          RegisterConnectionEncoder.TEMPLATE_ID,
          GrantConnectionEncoder.TEMPLATE_ID,
          MoveLiquidityEncoder.TEMPLATE_ID,
          CloseWindowEncoder.TEMPLATE_ID,
          SetSettlementModelEncoder.TEMPLATE_ID,
          ProposeSettlementEncoder.TEMPLATE_ID,
          ConfirmSettlementEncoder.TEMPLATE_ID,
          SettleWindowEncoder.TEMPLATE_ID,
          DeclareDefaultEncoder.TEMPLATE_ID,
          MoveCollateralEncoder.TEMPLATE_ID,
          SetSubjectStatusEncoder.TEMPLATE_ID,
          SetApprovalRuleEncoder.TEMPLATE_ID,
          ProposeChangeEncoder.TEMPLATE_ID,
          ApproveChangeEncoder.TEMPLATE_ID,
          CloseProposalEncoder.TEMPLATE_ID,
          BreakGlassEncoder.TEMPLATE_ID,
          QueryEncoder.TEMPLATE_ID);
  static final Kinds OFFICE =
      kinds(
          CreateProgrammeEncoder.TEMPLATE_ID,
          FundProgrammeEncoder.TEMPLATE_ID,
          CreateEnvelopeEncoder.TEMPLATE_ID,
          AddDisbursementsEncoder.TEMPLATE_ID,
          SealEnvelopeEncoder.TEMPLATE_ID,
          ApproveEnvelopeEncoder.TEMPLATE_ID,
          ReleaseEnvelopeEncoder.TEMPLATE_ID,
          PauseEnvelopeEncoder.TEMPLATE_ID,
          CancelEnvelopeEncoder.TEMPLATE_ID,
          CloseCycleEncoder.TEMPLATE_ID,
          RegisterMerchantEncoder.TEMPLATE_ID,
          IssueVoucherEncoder.TEMPLATE_ID,
          CancelVoucherEncoder.TEMPLATE_ID,
          ProposeChangeEncoder.TEMPLATE_ID,
          QueryEncoder.TEMPLATE_ID);
  static final Kinds ENROLMENT =
      kinds(RegisterSubjectEncoder.TEMPLATE_ID, RecordVerdictEncoder.TEMPLATE_ID);

  private CommandKinds() {}

  /** Bit n of low allows template n, of high template 64 + n. */
  record Kinds(long low, long high) {}

  private static Kinds kinds(final int... templates) {
    long low = 0;
    long high = 0;
    for (final int template : templates) {
      if (template < Long.SIZE) {
        low |= 1L << template;
      } else {
        high |= 1L << (template - Long.SIZE);
      }
    }
    return new Kinds(low, high);
  }
}
