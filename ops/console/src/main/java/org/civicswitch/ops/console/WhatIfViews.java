package org.civicswitch.ops.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.reporting.PaymentRow;
import org.civicswitch.ops.reporting.WhatIf;

/** What a cap or a window would have done, for people and for programs. */
final class WhatIfViews {
  private WhatIfViews() {}

  /**
   * The page.
   *
   * @param store whether there is a store to ask
   * @param answer why a question cannot be taken, or empty
   * @param cap null where none was asked for
   * @param window null where none was asked for
   * @param command that asks the same in a shell, or empty
   * @param curl the same for the answer for programs, or empty
   */
  record Page(
      boolean store,
      PaymentFilter.Choices choices,
      Map<String, String> typed,
      String answer,
      Cap cap,
      Window window,
      String command,
      String curl) {}

  record Cap(
      String participant,
      Money cap,
      String from,
      String to,
      long asked,
      Money askedTotal,
      long refused,
      Money refusedTotal,
      String first,
      Money lowest,
      String lowestAt,
      long refusedThen,
      long wouldPass,
      long deferred,
      List<Refused> rows,
      String cut,
      long asOf) {}

  record Refused(Views.PaymentRow payment, Money headroom, Money missing) {}

  record Window(
      String from,
      String to,
      long count,
      Money gross,
      Money net,
      String saved,
      List<Net> rows,
      String cut,
      long asOf) {}

  record Net(String participant, String name, Money paid, Money received, Money net) {}

  static Cap of(final WhatIfQuestion asked, final WhatIf.Cap found, final StoredPayments stored) {
    final Money zero = new Money(0, asked.asset().exponent(), asked.asset().code());
    final List<Views.PaymentRow> rows =
        stored.rows(found.listed().stream().map(WhatIf.Refused::payment).toList());
    return new Cap(
        asked.participant().code(),
        zero.with(asked.cap()),
        Utc.full(found.fromMs()),
        Utc.full(found.toMs()),
        found.asked(),
        zero.with(found.askedMinor()),
        found.refused(),
        zero.with(found.refusedMinor()),
        found.listed().isEmpty() ? "" : Utc.full(found.listed().get(0).payment().openedMs()),
        found.asked() == 0 ? null : zero.with(found.lowest()),
        found.asked() == 0 ? "" : Utc.full(found.lowestMs()),
        found.refusedThen(),
        found.wouldPass(),
        found.deferred(),
        java.util.stream.IntStream.range(0, rows.size())
            .mapToObj(
                i -> {
                  final WhatIf.Refused one = found.listed().get(i);
                  return new Refused(
                      rows.get(i),
                      zero.with(one.headroom()),
                      zero.with(one.payment().amount() - one.headroom()));
                })
            .toList(),
        found.cutMs() == 0 ? "" : Utc.full(found.cutMs()),
        found.asOf());
  }

  static Window of(
      final WhatIfQuestion asked, final WhatIf.Window found, final PaymentFilter.Choices choices) {
    final Money zero = new Money(0, asked.asset().exponent(), asked.asset().code());
    return new Window(
        Utc.full(found.fromMs()),
        Utc.full(found.toMs()),
        found.count(),
        zero.with(found.gross()),
        zero.with(found.net()),
        found.gross() == 0
            ? Wording.NONE
            : Math.round(100.0 * (found.gross() - found.net()) / found.gross()) + " %",
        found.nets().stream()
            .map(
                one -> {
                  final Directory.Participant who =
                      choices.participants().stream()
                          .filter(p -> p.number() == one.participant())
                          .findFirst()
                          .orElse(null);
                  return new Net(
                      who == null ? "#" + one.participant() : who.code(),
                      who == null ? "" : who.name(),
                      zero.with(one.paid()),
                      zero.with(one.received()),
                      zero.with(one.net()));
                })
            .toList(),
        found.cutMs() == 0 ? "" : Utc.full(found.cutMs()),
        found.asOf());
  }

  static JsonObject json(final WhatIfQuestion asked, final WhatIf.Cap found) {
    final Money zero = new Money(0, asked.asset().exponent(), asked.asset().code());
    final JsonArray listed = new JsonArray();
    for (final WhatIf.Refused one : found.listed()) {
      final PaymentRow row = one.payment();
      listed.add(
          new JsonObject()
              .put("uetr", row.uetr().toString())
              .put("time", Utc.iso(row.openedMs()))
              .put("amount", ApiJson.money(zero.with(row.amount())))
              .put("headroom", ApiJson.money(zero.with(one.headroom()))));
    }
    return new JsonObject()
        .put("participant", asked.participant().code())
        .put("cap", ApiJson.money(zero.with(asked.cap())))
        .put("from", Utc.iso(found.fromMs()))
        .put("to", Utc.iso(found.toMs()))
        .put("payments", found.asked())
        .put("total", ApiJson.money(zero.with(found.askedMinor())))
        .put("refused", found.refused())
        .put("refused_total", ApiJson.money(zero.with(found.refusedMinor())))
        .put(
            "first_refused",
            found.listed().isEmpty() ? null : Utc.iso(found.listed().get(0).payment().openedMs()))
        .put(
            "lowest_headroom", found.asked() == 0 ? null : ApiJson.money(zero.with(found.lowest())))
        .put("lowest_at", found.asked() == 0 ? null : Utc.iso(found.lowestMs()))
        .put("refused_then", found.refusedThen())
        .put("of_those_would_pass", found.wouldPass())
        .put("deferred_not_looked_at", found.deferred())
        .put("first", listed)
        .put("cut_at", found.cutMs() == 0 ? null : Utc.iso(found.cutMs()))
        .put("store_feed_sequence", found.asOf());
  }

  static JsonObject json(final Window window) {
    final JsonArray nets = new JsonArray();
    for (final Net one : window.rows()) {
      nets.add(
          new JsonObject()
              .put("participant", one.participant())
              .put("paid", ApiJson.money(one.paid()))
              .put("received", ApiJson.money(one.received()))
              .put("net", ApiJson.money(one.net())));
    }
    return new JsonObject()
        .put("from", window.from().replace(' ', 'T') + "Z")
        .put("to", window.to().replace(' ', 'T') + "Z")
        .put("payments", window.count())
        .put("gross", ApiJson.money(window.gross()))
        .put("net", ApiJson.money(window.net()))
        .put("nets", nets)
        .put("cut_at", window.cut().isEmpty() ? null : window.cut().replace(' ', 'T') + "Z")
        .put("store_feed_sequence", window.asOf());
  }
}
