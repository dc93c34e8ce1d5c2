package org.civicswitch.ops.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The same views for programs: amounts as integer minor units and as a decimal string. */
final class ApiJson {
  private ApiJson() {}

  static JsonObject asOf(final AsOf asOf) {
    return new JsonObject()
        .put("feed_sequence", asOf.feedSequence())
        .put("log_sequence", asOf.logSequence())
        .put("time", asOf.feedSequence() == 0 ? null : Utc.iso(asOf.timeMs()));
  }

  static JsonObject money(final Money money) {
    return new JsonObject()
        .put("minor", money.minor())
        .put("exponent", money.exponent())
        .put("decimal", money.decimal())
        .put("currency", money.currency());
  }

  static JsonObject positions(final AsOf asOf, final List<Views.Position> positions) {
    final JsonArray rows = new JsonArray();
    for (final Views.Position p : positions) {
      rows.add(
          new JsonObject()
              .put("participant", p.participantNumber())
              .put("code", p.participant())
              .put("name", p.name())
              .put("status", p.status())
              .put("posted", money(p.posted()))
              .put("available", money(p.available()))
              .put("reserved", money(p.reserved()))
              .put("net_debit_cap", money(p.netDebitCap()))
              .put("headroom", money(p.headroom()))
              .put("level", p.level()));
    }
    return new JsonObject().put("as_of", asOf(asOf)).put("positions", rows);
  }

  static JsonObject payment(final Views.Payment payment) {
    final JsonArray steps = new JsonArray();
    for (final Views.PaymentStep step : payment.steps()) {
      final JsonArray postings = new JsonArray();
      for (final Views.Posting posting : step.postings()) {
        postings.add(
            new JsonObject()
                .put("account", posting.account())
                .put("side", posting.side())
                .put("stage", posting.stage())
                .put("amount", money(posting.amount())));
      }
      steps.add(
          new JsonObject()
              .put("step", step.title())
              .put("time", step.time().replace(' ', 'T') + "Z")
              .put("feed_sequence", step.feedSequence())
              .put("log_sequence", step.logSequence())
              .put("code", step.code())
              .put("reason", step.reason())
              .put("other_uetr", step.otherUetr())
              .put("postings", postings));
    }
    return new JsonObject()
        .put("as_of", asOf(payment.asOf()))
        .put("uetr", payment.row().uetr())
        .put("state", payment.row().state())
        .put("amount", money(payment.row().amount()))
        .put("returned", money(payment.returned()))
        .put("debtor_agent", payment.row().from())
        .put("creditor_agent", payment.row().to())
        .put("envelope", payment.envelope())
        .put("line", payment.line())
        .put("return_of", payment.returnOf())
        .put("steps", steps);
  }

  static JsonObject envelope(final Views.Envelope e) {
    final JsonObject reasons = new JsonObject();
    e.reasons().forEach(reason -> reasons.put(reason.reason(), reason.count()));
    return new JsonObject()
        .put("id", e.id())
        .put("programme", e.programme())
        .put("cycle", e.cycle())
        .put("state", e.state())
        .put("declared", e.declaredCount())
        .put("declared_total", money(e.declaredTotal()))
        .put("added", e.added())
        .put("sent", e.sent())
        .put("settled", e.settled())
        .put("settled_total", money(e.settledTotal()))
        .put("rejected", e.rejected())
        .put("expired", e.expired())
        .put("held", e.held())
        .put("returned", e.returned())
        .put("percent", e.percent())
        .put("per_second", e.rate())
        .put("eta", e.eta())
        .put("reasons", reasons);
  }

  static JsonObject envelopes(final AsOf asOf, final List<Views.Envelope> envelopes) {
    final JsonArray rows = new JsonArray();
    envelopes.forEach(e -> rows.add(envelope(e)));
    return new JsonObject().put("as_of", asOf(asOf)).put("envelopes", rows);
  }

  static JsonObject proof(final Views.Proof proof) {
    final JsonArray rows = new JsonArray();
    for (final Views.Funds f : proof.funds()) {
      rows.add(
          new JsonObject()
              .put("currency", f.inside().currency())
              .put("positions", money(f.positions()))
              .put("programme_cash", money(f.programmeCash()))
              .put("reserved", money(f.reserved()))
              .put("voucher_reserve", money(f.vouchers()))
              .put("inside", money(f.inside()))
              .put("settlement_account", money(f.settlementAccount()))
              .put("difference", money(f.difference()))
              .put("holds", f.holds()));
    }
    return new JsonObject()
        .put("as_of", asOf(proof.asOf()))
        .put("holds", proof.holds())
        .put("currencies", rows);
  }

  static JsonObject series(final Views.Series series) {
    return new JsonObject()
        .put("as_of", asOf(series.asOf()))
        .put("second", new JsonArray(series.second()))
        .put("settled", new JsonArray(series.settled()))
        .put("failed", new JsonArray(series.failed()))
        .put("p50", new JsonArray(series.p50()))
        .put("p99", new JsonArray(series.p99()))
        .put("p999", new JsonArray(series.p999()));
  }
}
