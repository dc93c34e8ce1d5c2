package org.civicswitch.ops.treasury;

import java.util.HashMap;
import java.util.Map;
import org.civicswitch.core.protocol.AcknowledgeDeliveryDecoder;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.AddDisbursementsDecoder;
import org.civicswitch.core.protocol.ApproveChangeDecoder;
import org.civicswitch.core.protocol.ApproveEnvelopeDecoder;
import org.civicswitch.core.protocol.BreakGlassDecoder;
import org.civicswitch.core.protocol.CancelEnvelopeDecoder;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.CloseCycleDecoder;
import org.civicswitch.core.protocol.CloseProposalDecoder;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.CreateEnvelopeDecoder;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.IssueVoucherDecoder;
import org.civicswitch.core.protocol.LinkAliasDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.PauseEnvelopeDecoder;
import org.civicswitch.core.protocol.ProposeChangeDecoder;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.PulseDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.QueryDecoder;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.core.protocol.RecordVerdictDecoder;
import org.civicswitch.core.protocol.RedeemVoucherDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.RegisterSubjectDecoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeDecoder;
import org.civicswitch.core.protocol.ReturnPaymentDecoder;
import org.civicswitch.core.protocol.SealEnvelopeDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.UnlinkAliasDecoder;

/** What commands are called in the schema: for people who grant them. */
final class CommandNames {
  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    put(PulseDecoder.TEMPLATE_ID, "Pulse");
    put(ConfigureDecoder.TEMPLATE_ID, "Configure");
    put(ActivateVersionDecoder.TEMPLATE_ID, "ActivateVersion");
    put(QuarantineDecoder.TEMPLATE_ID, "Quarantine");
    put(RegisterOperatorDecoder.TEMPLATE_ID, "RegisterOperator");
    put(SetApprovalRuleDecoder.TEMPLATE_ID, "SetApprovalRule");
    put(ChangeOperatorDecoder.TEMPLATE_ID, "ChangeOperator");
    put(DefineAssetDecoder.TEMPLATE_ID, "DefineAsset");
    put(RegisterParticipantDecoder.TEMPLATE_ID, "RegisterParticipant");
    put(SetParticipantStatusDecoder.TEMPLATE_ID, "SetParticipantStatus");
    put(SetParticipantLimitDecoder.TEMPLATE_ID, "SetParticipantLimit");
    put(RegisterConnectionDecoder.TEMPLATE_ID, "RegisterConnection");
    put(GrantConnectionDecoder.TEMPLATE_ID, "GrantConnection");
    put(MoveLiquidityDecoder.TEMPLATE_ID, "MoveLiquidity");
    put(CloseWindowDecoder.TEMPLATE_ID, "CloseWindow");
    put(SubmitPaymentDecoder.TEMPLATE_ID, "SubmitPayment");
    put(ConfirmPaymentDecoder.TEMPLATE_ID, "ConfirmPayment");
    put(ReturnPaymentDecoder.TEMPLATE_ID, "ReturnPayment");
    put(AcknowledgeDeliveryDecoder.TEMPLATE_ID, "AcknowledgeDelivery");
    put(QueryDecoder.TEMPLATE_ID, "Query");
    put(RegisterSubjectDecoder.TEMPLATE_ID, "RegisterSubject");
    put(RecordVerdictDecoder.TEMPLATE_ID, "RecordVerdict");
    put(SetSubjectStatusDecoder.TEMPLATE_ID, "SetSubjectStatus");
    put(RecordLifeEventDecoder.TEMPLATE_ID, "RecordLifeEvent");
    put(LinkAliasDecoder.TEMPLATE_ID, "LinkAlias");
    put(UnlinkAliasDecoder.TEMPLATE_ID, "UnlinkAlias");
    put(CreateProgrammeDecoder.TEMPLATE_ID, "CreateProgramme");
    put(FundProgrammeDecoder.TEMPLATE_ID, "FundProgramme");
    put(CreateEnvelopeDecoder.TEMPLATE_ID, "CreateEnvelope");
    put(AddDisbursementsDecoder.TEMPLATE_ID, "AddDisbursements");
    put(SealEnvelopeDecoder.TEMPLATE_ID, "SealEnvelope");
    put(ApproveEnvelopeDecoder.TEMPLATE_ID, "ApproveEnvelope");
    put(ReleaseEnvelopeDecoder.TEMPLATE_ID, "ReleaseEnvelope");
    put(PauseEnvelopeDecoder.TEMPLATE_ID, "PauseEnvelope");
    put(CancelEnvelopeDecoder.TEMPLATE_ID, "CancelEnvelope");
    put(CloseCycleDecoder.TEMPLATE_ID, "CloseCycle");
    put(RegisterMerchantDecoder.TEMPLATE_ID, "RegisterMerchant");
    put(IssueVoucherDecoder.TEMPLATE_ID, "IssueVoucher");
    put(RedeemVoucherDecoder.TEMPLATE_ID, "RedeemVoucher");
    put(CancelVoucherDecoder.TEMPLATE_ID, "CancelVoucher");
    put(ProposeChangeDecoder.TEMPLATE_ID, "ProposeChange");
    put(ApproveChangeDecoder.TEMPLATE_ID, "ApproveChange");
    put(CloseProposalDecoder.TEMPLATE_ID, "CloseProposal");
    put(BreakGlassDecoder.TEMPLATE_ID, "BreakGlass");
    put(SetSettlementModelDecoder.TEMPLATE_ID, "SetSettlementModel");
    put(ProposeSettlementDecoder.TEMPLATE_ID, "ProposeSettlement");
    put(ConfirmSettlementDecoder.TEMPLATE_ID, "ConfirmSettlement");
    put(SettleWindowDecoder.TEMPLATE_ID, "SettleWindow");
    put(DeclareDefaultDecoder.TEMPLATE_ID, "DeclareDefault");
    put(MoveCollateralDecoder.TEMPLATE_ID, "MoveCollateral");
  }

  private CommandNames() {}

  private static void put(final int template, final String name) {
    NAMES.put(template, name);
  }

  /** The name of a template; {@code template N} for one that is not known here. */
  static String of(final int template) {
    return NAMES.getOrDefault(template, "template " + template);
  }
}
