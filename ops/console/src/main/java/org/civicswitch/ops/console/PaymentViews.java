package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;

/** Payments as pages show them: one row of a list, or the whole way through. */
final class PaymentViews {
  private PaymentViews() {}

  static List<Views.PaymentRow> last(final Projection projection) {
    return projection.payments.last().stream().map(way -> row(projection, way)).toList();
  }

  static Views.PaymentRow row(final Projection projection, final PaymentWay way) {
    final Directory directory = projection.directory;
    return new Views.PaymentRow(
        way.uetr.toString(),
        way.uetr.brief(),
        way.steps().isEmpty() ? Wording.NONE : Utc.clock(way.steps().get(0).timeMs()),
        directory.participant(way.debtorAgent).code(),
        directory.participant(way.creditorAgent).code(),
        directory.money(way.asset, way.amount),
        way.returns.none() ? Wording.state(way.state) : "Return, " + lower(way),
        Wording.tone(way.state),
        Wording.life(way.lifeMs()),
        way.envelope.none() ? "" : way.envelope.brief());
  }

  /** Null when the payment is not, or no longer, kept here. */
  static Views.Payment payment(final Projection projection, final Id128 uetr) {
    final PaymentWay way = projection.payments.get(uetr);
    return way == null ? null : payment(projection, way);
  }

  static Views.Payment payment(final Projection projection, final PaymentWay way) {
    final Directory directory = projection.directory;
    final List<Views.PaymentStep> steps = new ArrayList<>();
    for (int i = 0; i < way.steps().size(); i++) {
      steps.add(step(projection, way, i));
    }
    return new Views.Payment(
        projection.asOf(),
        row(projection, way),
        directory.participant(way.debtorAgent).name(),
        directory.participant(way.creditorAgent).name(),
        directory.money(way.asset, way.returned),
        time(way.createdMs),
        time(way.deadlineMs),
        way.valueDate == 0 ? Wording.NONE : Utc.day(way.valueDate),
        way.window,
        way.scheme,
        Wording.words(way.settlementModel),
        Wording.words(way.mode),
        way.envelope.none() ? "" : way.envelope.toString(),
        way.line,
        way.returns.none() ? "" : way.returns.toString(),
        steps);
  }

  private static Views.PaymentStep step(
      final Projection projection, final PaymentWay way, final int index) {
    final PaymentWay.Step step = way.steps().get(index);
    final String after =
        index == 0 ? "" : "+" + Wording.life(step.timeMs() - way.steps().get(index - 1).timeMs());
    return new Views.PaymentStep(
        title(way, step),
        explanation(way, step),
        tone(step),
        Utc.full(step.timeMs()),
        after,
        step.feedSequence(),
        step.logSequence(),
        step.code() == Code.OK ? "" : step.code().name(),
        step.reason(),
        step.other().none() ? "" : step.other().toString(),
        PaymentMessages.of(projection.directory, way, step),
        postings(projection, way, step));
  }

  private static String title(final PaymentWay way, final PaymentWay.Step step) {
    return switch (step.kind()) {
      case RESERVED -> "Reserved, offered to the creditor agent";
      case SETTLED -> way.returns.none() ? "Settled, final" : "Return settled, final";
      case REJECTED -> way.reservedMs() < 0 ? "Refused at submission" : "Rejected, final";
      case EXPIRED -> "Expired, final";
      case REFUSED -> "Another submission of this UETR refused";
      case RETURNED -> "Returned";
    };
  }

  private static String explanation(final PaymentWay way, final PaymentWay.Step step) {
    return switch (step.kind()) {
      case RESERVED -> "The money is set aside. The creditor agent has until the deadline.";
      case SETTLED ->
          way.reservedMs() < 0
              ? "Posted in one phase. Both agents are told."
              : "The creditor agent accepted: posted, and both agents are told.";
      case REJECTED ->
          way.reservedMs() < 0
              ? "Nothing was reserved. The sender is told why."
              : "The creditor agent refused: the reservation is void, and both agents are told.";
      case EXPIRED -> "No answer in time: the reservation is void, and both agents are told.";
      case REFUSED -> "The payment above goes its way, unchanged.";
      case RETURNED -> "The creditor agent gave money back by a payment of its own.";
    };
  }

  private static String tone(final PaymentWay.Step step) {
    return switch (step.kind()) {
      case RESERVED -> Wording.OPEN;
      case SETTLED -> Wording.GOOD;
      case RETURNED -> Wording.BACK;
      default -> Wording.BAD;
    };
  }

  private static List<Views.Posting> postings(
      final Projection projection, final PaymentWay way, final PaymentWay.Step step) {
    final boolean moves =
        switch (step.kind()) {
          case REFUSED, RETURNED -> false;
          case REJECTED -> way.reservedMs() >= 0;
          default -> true;
        };
    if (!moves) {
      return List.of();
    }
    final String stage =
        switch (step.kind()) {
          case RESERVED -> "pending";
          case SETTLED -> "posted";
          default -> "void";
        };
    final Directory directory = projection.directory;
    final Money amount = directory.money(way.asset, step.amount());
    final boolean fromProgramme = !way.envelope.none() && way.returns.none();
    final boolean toProgramme = !way.envelope.none() && !way.returns.none();
    return List.of(
        new Views.Posting(
            fromProgramme ? cash(projection, way) : position(directory, way.debtorAgent),
            "debit",
            stage,
            amount),
        new Views.Posting(
            toProgramme ? cash(projection, way) : position(directory, way.creditorAgent),
            "credit",
            stage,
            amount));
  }

  private static String cash(final Projection projection, final PaymentWay way) {
    final Envelopes.Envelope envelope = projection.envelopes.get(way.envelope);
    return envelope == null
        ? "programme cash"
        : projection.programmes.at(envelope.programme).code + " programme cash";
  }

  private static String position(final Directory directory, final long participant) {
    return directory.participant(directory.settles(participant)).code() + " position";
  }

  private static String time(final long ms) {
    return ms == 0 ? Wording.NONE : Utc.full(ms) + " UTC";
  }

  private static String lower(final PaymentWay way) {
    return Wording.state(way.state).toLowerCase(java.util.Locale.ROOT);
  }
}
