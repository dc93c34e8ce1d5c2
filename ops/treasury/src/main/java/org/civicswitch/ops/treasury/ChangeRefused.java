package org.civicswitch.ops.treasury;

import org.civicswitch.core.protocol.Code;

/** The switch refused a step. Nothing was changed by it. */
public final class ChangeRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  /** What the switch, or a check before it, refused with this code. */
  public ChangeRefused(final String step, final Code code) {
    super(step + ": " + code + ", " + why(code));
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** A sentence for the person who took the step, or who looks at what came of it. */
  public static String why(final Code code) {
    return switch (code) {
      case OK -> "done";
      case OPERATOR_UNKNOWN -> "there is no such operator";
      case OPERATOR_NOT_ALLOWED -> "the operator's role does not allow it";
      case SIGNATURE_INVALID -> "it is not signed with the operator's key";
      case OPERATOR_NOT_INDEPENDENT -> "nobody approves what they proposed, or twice";
      case PROPOSAL_STALE -> "what it is about has changed since it was looked at; look again";
      case APPROVAL_NEEDED -> "a rule wants it proposed and approved by others";
      case PROPOSAL_UNKNOWN -> "no such proposal is open";
      case PROPOSAL_EXISTS -> "a proposal of this id is open";
      case PROPOSAL_HASH -> "it is not what was proposed";
      case CHANGE_INVALID -> "it is no change that can be proposed";
      case CONNECTION_UNKNOWN, CONNECTION_NOT_GRANTED ->
          "the connection of operations may not send it";
      case PARTICIPANT_UNKNOWN -> "there is no such participant";
      case PARTICIPANT_EXISTS -> "there is a participant of this number";
      case ASSET_UNKNOWN -> "there is no such asset";
      case ACCOUNT_UNKNOWN ->
          "the participant has no position of its own in this asset, or no scheme settles deferred in"
              + " it yet";
      case AMOUNT_NOT_POSITIVE -> "the amount must be above zero";
      case AMOUNT_OVERFLOW -> "the amount is more than can be counted";
      case INSUFFICIENT_FUNDS, NET_DEBIT_CAP -> "the position does not have so much";
      case SETTLEMENT_REFERENCE_USED -> "this reference was used before";
      case SETTLEMENT_REFERENCE_UNKNOWN -> "nothing is reserved under this reference, or not this";
      case WINDOW_STATE -> "it is not this window's turn for that; look at its state";
      case SETTLEMENT_MODEL -> "the scheme settles otherwise";
      case OBLIGATION_UNKNOWN -> "it owes nothing of this kind there that is not covered already";
      case DEFAULT_FUND_SHORT ->
          "collateral and default fund do not cover it; bring money into the fund first";
      case COLLATERAL_NEEDED -> "what would be left does not cover what the participant owes";
      case ASSET_RULE -> "only a currency without rules of its own settles deferred";
      case CONFIG_INVALID -> "a value is out of range, or nobody could satisfy the rule";
      case DUPLICATE -> "another command has this key";
      case STALE -> "it was made too long ago";
      case CAPACITY, THROTTLED -> "the switch is full; try again";
      default -> "refused by the switch";
    };
  }
}
