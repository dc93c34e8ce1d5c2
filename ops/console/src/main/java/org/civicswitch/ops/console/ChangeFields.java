package org.civicswitch.ops.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.ops.treasury.TreasuryBook;

/** The fields of the forms, with what can be chosen. */
final class ChangeFields {
  private ChangeFields() {}

  static Views.Field of(
      final ChangeForm form, final String name, final TreasuryBook book, final String wrong) {
    final String value = form.field(name);
    return switch (name) {
      case ChangeForm.PARTICIPANT ->
          choice(name, "Participant", value, participants(book, List.of()), wrong);
      case ChangeForm.COUNTERPARTY ->
          choice(
              name,
              "To whom",
              value,
              participants(book, List.of(new Views.Choice("", "To all: net against all"))),
              wrong);
      case ChangeForm.OWNER ->
          choice(
              name,
              "Whose",
              value,
              participants(
                  book, List.of(new Views.Choice(ChangeForm.DEFAULT_FUND, "The default fund"))),
              wrong);
      case ChangeForm.SCHEME ->
          text(name, "Scheme", value, "Its number; instant payments come as scheme 1.", wrong);
      case ChangeForm.MODEL ->
          choice(
              name,
              "Settles",
              value,
              List.of(
                  new Views.Choice("gross", "Prefunded gross: each payment at once"),
                  new Views.Choice("net", "Deferred, net against all"),
                  new Views.Choice("bilateral", "Deferred, net in pairs")),
              wrong);
      case ChangeForm.UNCOVERED ->
          choice(
              name,
              "Caps",
              value,
              List.of(
                  new Views.Choice("no", "Never beyond collateral"),
                  new Views.Choice("yes", "Count in full, whatever collateral there is")),
              wrong);
      case ChangeForm.ASSET ->
          choice(
              name,
              "Asset",
              value,
              book.assets().stream().map(a -> new Views.Choice(a.code(), a.code())).toList(),
              wrong);
      case ChangeForm.STATUS ->
          choice(
              name,
              "Status",
              value,
              List.of(
                  new Views.Choice("active", "Active: takes part"),
                  new Views.Choice("suspended", "Suspended: takes no part")),
              wrong);
      case ChangeForm.STEP ->
          choice(
              name,
              "Step",
              value,
              List.of(
                  new Views.Choice("in", "In: the settlement bank has received it"),
                  new Views.Choice("reserve", "Out, first: reserve it"),
                  new Views.Choice("confirm", "Out, then: the settlement bank has paid it"),
                  new Views.Choice("cancel", "Out, cancelled: release what was reserved")),
              wrong);
      case ChangeForm.CAP ->
          text(name, "Net debit cap", value, "How far below zero the position may go.", wrong);
      case ChangeForm.PAYMENT_MAX ->
          text(name, "Largest payment", value, "Empty or 0: no limit of its own.", wrong);
      case ChangeForm.AMOUNT -> text(name, "Amount", value, "A decimal amount.", wrong);
      case ChangeForm.REFERENCE ->
          text(name, "Settlement bank's reference", value, "Each counts once.", wrong);
      default ->
          form.kind() == FormKind.WINDOW
              ? text(
                  name,
                  "Window that is open",
                  value.isEmpty() ? Long.toString(book.settlement().openWindow()) : value,
                  "It closes at the sequence of the last approval; the next one opens.",
                  wrong)
              : text(name, "Window", value, "Its number.", wrong);
    };
  }

  private static List<Views.Choice> participants(
      final TreasuryBook book, final List<Views.Choice> first) {
    return Stream.concat(
            first.stream(),
            book.participants().stream()
                .map(p -> new Views.Choice(p.code(), p.code() + " " + p.name() + note(p))))
        .toList();
  }

  /** {@code From 1000.00 EUR on, 2 approvals}. */
  static String rule(final TreasuryBook.Rule rule, final TreasuryBook book) {
    final TreasuryBook.Asset asset = book.asset(rule.asset());
    final String from =
        asset == null
            ? "Any amount"
            : "From "
                + BigDecimal.valueOf(rule.fromAmount(), asset.exponent()).toPlainString()
                + " "
                + asset.code()
                + " on";
    return from + ": " + rule.approvals() + (rule.approvals() == 1 ? " approval" : " approvals");
  }

  private static String note(final TreasuryBook.Participant participant) {
    return participant.status() == ParticipantStatus.ACTIVE
        ? ""
        : " (" + Wording.words(participant.status().name()) + ")";
  }

  private static Views.Field choice(
      final String name,
      final String label,
      final String value,
      final List<Views.Choice> choices,
      final String wrong) {
    final boolean whose = name.equals(ChangeForm.PARTICIPANT) || name.equals(ChangeForm.OWNER);
    if (!whose || choices.stream().anyMatch(one -> one.value().equals(value))) {
      return new Views.Field(name, label, value, "", choices, wrong);
    }
    // Nobody is chosen because they come first.
    final List<Views.Choice> all = new ArrayList<>();
    all.add(new Views.Choice("", "Choose"));
    all.addAll(choices);
    return new Views.Field(name, label, "", "", all, wrong);
  }

  private static Views.Field text(
      final String name,
      final String label,
      final String value,
      final String hint,
      final String wrong) {
    return new Views.Field(name, label, value, hint, List.of(), wrong);
  }
}
