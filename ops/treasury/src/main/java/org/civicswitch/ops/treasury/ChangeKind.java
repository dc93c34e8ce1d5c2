package org.civicswitch.ops.treasury;

import java.util.Locale;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.CloseCycleDecoder;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.IssueVoucherDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;

/** The kinds of change that a rule of approval can be for. */
public enum ChangeKind {
  SETTING(ConfigureDecoder.TEMPLATE_ID),
  VERSION(ActivateVersionDecoder.TEMPLATE_ID),
  OPERATOR(RegisterOperatorDecoder.TEMPLATE_ID),
  OPERATOR_CHANGE(ChangeOperatorDecoder.TEMPLATE_ID),
  RULE(SetApprovalRuleDecoder.TEMPLATE_ID),
  ASSET(DefineAssetDecoder.TEMPLATE_ID),
  PARTICIPANT(RegisterParticipantDecoder.TEMPLATE_ID),
  STATUS(SetParticipantStatusDecoder.TEMPLATE_ID),
  LIMIT(SetParticipantLimitDecoder.TEMPLATE_ID),
  CONNECTION(RegisterConnectionDecoder.TEMPLATE_ID),
  GRANT(GrantConnectionDecoder.TEMPLATE_ID),
  LIQUIDITY(MoveLiquidityDecoder.TEMPLATE_ID),
  WINDOW(CloseWindowDecoder.TEMPLATE_ID),
  SETTLEMENT_MODEL(SetSettlementModelDecoder.TEMPLATE_ID),
  SETTLEMENT_PROPOSAL(ProposeSettlementDecoder.TEMPLATE_ID),
  SETTLEMENT_CONFIRMATION(ConfirmSettlementDecoder.TEMPLATE_ID),
  SETTLEMENT(SettleWindowDecoder.TEMPLATE_ID),
  PARTICIPANT_DEFAULT(DeclareDefaultDecoder.TEMPLATE_ID),
  COLLATERAL(MoveCollateralDecoder.TEMPLATE_ID),
  SUBJECT_STATUS(SetSubjectStatusDecoder.TEMPLATE_ID),
  PROGRAMME(CreateProgrammeDecoder.TEMPLATE_ID),
  FUNDING(FundProgrammeDecoder.TEMPLATE_ID),
  CYCLE(CloseCycleDecoder.TEMPLATE_ID),
  MERCHANT(RegisterMerchantDecoder.TEMPLATE_ID),
  VOUCHER(IssueVoucherDecoder.TEMPLATE_ID),
  VOUCHER_CANCELLATION(CancelVoucherDecoder.TEMPLATE_ID);

  private final int template;

  ChangeKind(final int template) {
    this.template = template;
  }

  /** Of its command on the wire. */
  public int template() {
    return template;
  }

  /** As people type it: {@code subject-status}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The word of a template; {@code template N} for one that is not a change. */
  public static String word(final int template) {
    for (final ChangeKind kind : values()) {
      if (kind.template == template) {
        return kind.word();
      }
    }
    return "template " + template;
  }
}
