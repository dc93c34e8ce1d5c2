package org.civicswitch.ops.console;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Whole pages and the fragments that take a part's place, from the board. Any thread. */
final class Pages {
  /** Envelopes on the overview; the benefits page lists more. */
  static final int ENVELOPES_ON_OVERVIEW = 3;

  static final int ENVELOPES_LISTED = 20;

  private final Board board;
  private final StageWindows stages;
  private final boolean treasury;
  private final LongSupplier clockMs;

  /**
   * @param treasury whether pages lead to where things are changed
   */
  Pages(
      final Board board,
      final StageWindows stages,
      final boolean treasury,
      final LongSupplier clockMs) {
    this.treasury = treasury;
    this.board = board;
    this.stages = stages;
    this.clockMs = clockMs;
  }

  AsOf asOf() {
    return board.read(Projection::asOf);
  }

  /** Who did what alone within the last day. */
  List<Views.Glass> glass() {
    final long now = clockMs.getAsLong();
    return board.read(
        p ->
            p.glass.since(now).stream()
                .map(
                    one ->
                        new Views.Glass(
                            Wording.words(one.kind().replace('-', '_')),
                            one.operator(),
                            one.reason(),
                            one.sequence(),
                            Utc.full(one.timeMs())))
                .toList());
  }

  Views.Home home() {
    final List<StageWindows.Named> host = stages.sums();
    final long now = clockMs.getAsLong();
    return board.read(
        p ->
            new Views.Home(
                p.asOf(),
                MoneyViews.proof(p),
                RateViews.figures(p, now),
                MoneyViews.positions(p),
                RateViews.stages(p, host, now),
                RateViews.series(p, now, 10),
                RateViews.totals(p),
                PaymentViews.last(p),
                BenefitViews.envelopes(p, now, ENVELOPES_ON_OVERVIEW)));
  }

  /** What one can choose from. */
  PaymentFilter.Choices choices() {
    return board.read(
        p ->
            new PaymentFilter.Choices(
                List.copyOf(p.directory.participants().values()),
                List.copyOf(p.directory.assets().values())));
  }

  /**
   * @param only one participant's, or 0
   */
  Views.Liquidity liquidity(final long only) {
    return board.read(p -> LiquidityViews.of(p, only));
  }

  Views.Participants participants() {
    return board.read(ParticipantViews::of);
  }

  Views.Office office() {
    final long now = clockMs.getAsLong();
    return board.read(
        p ->
            new Views.Office(
                p.asOf(),
                MoneyViews.programmes(p),
                BenefitViews.envelopes(p, now, ENVELOPES_LISTED),
                BenefitViews.vouchers(p),
                BenefitViews.held(p),
                p.subjects.count()));
  }

  /** Null when the payment is not kept here. */
  Views.Payment payment(final Id128 uetr) {
    return board.read(p -> PaymentViews.payment(p, uetr));
  }

  /** Null when the envelope is not kept here. */
  Views.Envelope envelope(final Id128 id) {
    final long now = clockMs.getAsLong();
    return board.read(p -> BenefitViews.envelope(p, id, now));
  }

  List<Views.PaymentRow> last() {
    return board.read(PaymentViews::last);
  }

  Views.Series series(final int seconds) {
    final long now = clockMs.getAsLong();
    return board.read(p -> RateViews.series(p, now, seconds));
  }

  String homePage(final Views.Chrome chrome, final Views.Home home) {
    return html(out -> JtehomeGenerated.render(out, null, chrome, home));
  }

  String searchPage(final Views.Chrome chrome, final Views.Search search) {
    return html(out -> JtesearchGenerated.render(out, null, chrome, search));
  }

  String liquidityPage(final Views.Chrome chrome, final Views.Liquidity liquidity) {
    return html(out -> JteliquidityGenerated.render(out, null, chrome, liquidity));
  }

  String participantsPage(final Views.Chrome chrome, final Views.Participants participants) {
    return html(out -> JteparticipantsGenerated.render(out, null, chrome, participants));
  }

  String paymentPage(final Views.Chrome chrome, final Views.Payment payment) {
    return html(out -> JtepaymentGenerated.render(out, null, chrome, payment));
  }

  String envelopePage(final Views.Chrome chrome, final Views.Envelope envelope) {
    return html(out -> JteenvelopeGenerated.render(out, null, chrome, envelope));
  }

  String benefitsPage(final Views.Chrome chrome, final Views.Office office) {
    return html(out -> JtebenefitsGenerated.render(out, null, chrome, office));
  }

  String whatIfPage(final Views.Chrome chrome, final WhatIfViews.Page page) {
    return html(out -> JtewhatifGenerated.render(out, null, chrome, page));
  }

  static String publicPage(
      final String banner, final String assetsVersion, final PublicViews.Page page) {
    return html(out -> JtepublicGenerated.render(out, null, banner, assetsVersion, page));
  }

  String signInPage(final Views.Chrome chrome, final Views.SignIn signIn) {
    return html(out -> JtesigninGenerated.render(out, null, chrome, signIn));
  }

  String enteredPage(final Views.Chrome chrome, final String name, final String next) {
    return html(out -> JteenteredGenerated.render(out, null, chrome, name, next));
  }

  String approvalsPage(
      final Views.Chrome chrome,
      final Views.Approvals approvals,
      final String done,
      final String command) {
    return html(out -> JteapprovalsGenerated.render(out, null, chrome, approvals, done, command));
  }

  String approvalPage(
      final Views.Chrome chrome, final Views.ApprovalPage approval, final String done) {
    return html(out -> JteapprovalGenerated.render(out, null, chrome, approval, done));
  }

  String changePage(final Views.Chrome chrome, final Views.ChangePage change) {
    return html(out -> JtechangeGenerated.render(out, null, chrome, change));
  }

  String previewPage(final Views.Chrome chrome, final Views.Preview preview) {
    return html(out -> JtepreviewGenerated.render(out, null, chrome, preview));
  }

  String problemPage(
      final Views.Chrome chrome, final int status, final String what, final String detail) {
    return html(out -> JteproblemGenerated.render(out, null, chrome, status, what, detail));
  }

  /** The overview's parts by the name of their event. */
  Map<String, String> homeFragments() {
    final Views.Home home = home();
    final Map<String, String> parts = parts(home.asOf());
    parts.put("proof", html(out -> JteproofGenerated.render(out, null, home.proof())));
    parts.put("figures", html(out -> JtefiguresGenerated.render(out, null, home.figures())));
    parts.put("positions", html(out -> JtepositionsGenerated.render(out, null, home.positions())));
    parts.put("ratetable", html(out -> JteratetableGenerated.render(out, null, home.series())));
    parts.put("totals", html(out -> JtetotalsGenerated.render(out, null, home.totals())));
    parts.put("latency", html(out -> JtelatencyGenerated.render(out, null, home.stages())));
    parts.put("envelopes", html(out -> JteenvelopesGenerated.render(out, null, home.envelopes())));
    parts.put("payments", html(out -> JtepaymentsGenerated.render(out, null, home.payments())));
    return parts;
  }

  Map<String, String> liquidityFragments() {
    final Views.Liquidity liquidity = liquidity(0);
    final Map<String, String> parts = parts(liquidity.asOf());
    parts.put(
        "liquidity", html(out -> JteliquidityrowsGenerated.render(out, null, liquidity, treasury)));
    return parts;
  }

  Map<String, String> paymentsFragments() {
    final Map<String, String> parts = parts(asOf());
    final List<Views.PaymentRow> rows = last();
    parts.put("payments", html(out -> JtepaymentsGenerated.render(out, null, rows)));
    return parts;
  }

  Map<String, String> paymentFragments(final Id128 uetr) {
    final Map<String, String> parts = parts(asOf());
    final Views.Payment payment = payment(uetr);
    if (payment != null) {
      parts.put("payment", html(out -> JtepaymentwayGenerated.render(out, null, payment)));
    }
    return parts;
  }

  Map<String, String> envelopeFragments(final Id128 id) {
    final Map<String, String> parts = parts(asOf());
    final Views.Envelope envelope = envelope(id);
    if (envelope != null) {
      parts.put("envelope", html(out -> JteenvelopewayGenerated.render(out, null, envelope)));
    }
    return parts;
  }

  Map<String, String> officeFragments() {
    final Views.Office office = office();
    final Map<String, String> parts = parts(office.asOf());
    parts.put("office", html(out -> JteofficeGenerated.render(out, null, office)));
    return parts;
  }

  /** What every page's stream carries. */
  private Map<String, String> parts(final AsOf asOf) {
    final Map<String, String> parts = new LinkedHashMap<>();
    parts.put("asof", html(out -> JteasofGenerated.render(out, null, asOf)));
    final List<Views.Glass> glass = glass();
    parts.put("glass", html(out -> JteglassGenerated.render(out, null, glass)));
    return parts;
  }

  /** A page or a part of one. */
  static String html(final Consumer<HtmlTemplateOutput> template) {
    final StringOutput text = new StringOutput(16 * 1024);
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString();
  }
}
