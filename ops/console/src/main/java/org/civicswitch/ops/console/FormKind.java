package org.civicswitch.ops.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be changed from here, and what is asked for it. */
enum FormKind {
  LIMIT("Change a cap"),
  LIQUIDITY("Move money in or out"),
  STATUS("Let a participant take part, or not"),
  WINDOW("Close the settlement window"),
  SETTLEMENT_PROPOSAL("Say that a window was instructed at the bank"),
  SETTLEMENT_CONFIRMATION("Say that the bank has carried a window out"),
  SETTLEMENT("Settle a confirmed window"),
  PARTICIPANT_DEFAULT("Declare that a participant cannot pay"),
  SETTLEMENT_MODEL("Choose how a scheme settles"),
  COLLATERAL("Move collateral or the default fund");

  private final String title;

  FormKind(final String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Of its fields, in the order in which they are asked for. */
  List<String> names() {
    return switch (this) {
      case LIMIT ->
          List.of(ChangeForm.PARTICIPANT, ChangeForm.ASSET, ChangeForm.CAP, ChangeForm.PAYMENT_MAX);
      case LIQUIDITY ->
          List.of(
              ChangeForm.STEP,
              ChangeForm.PARTICIPANT,
              ChangeForm.ASSET,
              ChangeForm.AMOUNT,
              ChangeForm.REFERENCE);
      case STATUS -> List.of(ChangeForm.PARTICIPANT, ChangeForm.STATUS);
      case WINDOW, SETTLEMENT -> List.of(ChangeForm.WINDOW);
      case SETTLEMENT_PROPOSAL, SETTLEMENT_CONFIRMATION ->
          List.of(ChangeForm.WINDOW, ChangeForm.REFERENCE);
      case PARTICIPANT_DEFAULT ->
          List.of(
              ChangeForm.WINDOW, ChangeForm.PARTICIPANT, ChangeForm.COUNTERPARTY, ChangeForm.ASSET);
      case SETTLEMENT_MODEL ->
          List.of(ChangeForm.SCHEME, ChangeForm.ASSET, ChangeForm.MODEL, ChangeForm.UNCOVERED);
      case COLLATERAL ->
          List.of(
              ChangeForm.STEP,
              ChangeForm.OWNER,
              ChangeForm.ASSET,
              ChangeForm.AMOUNT,
              ChangeForm.REFERENCE);
    };
  }

  /** As in an address, and as rules of approval are for. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FormKind> of(final String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
