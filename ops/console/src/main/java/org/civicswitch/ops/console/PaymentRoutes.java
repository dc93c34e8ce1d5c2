package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.civicswitch.ops.reporting.PaymentPage;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.ReportingStatus;

/**
 * Looking payments up: the newest in memory, all others in the reporting store where there is one.
 * Who sees one participant alone finds that one's payments alone.
 */
final class PaymentRoutes {
  private final ConsoleOptions options;
  private final Frame frame;
  private final Pages pages;
  private final Board board;
  private final BackgroundWork work;
  private final StoredPayments stored;

  /**
   * @param stored null where there is no reporting store
   */
  PaymentRoutes(
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Board board,
      final BackgroundWork work,
      final StoredPayments stored) {
    this.options = options;
    this.frame = frame;
    this.pages = pages;
    this.board = board;
    this.work = work;
    this.stored = stored;
  }

  void mount(final Router router, final Moments moments) {
    router.get("/payments").handler(moments.then(false, request -> at(request).search(request)));
    router.get("/payments.csv").handler(this::export);
    router
        .get("/payments/:uetr")
        .handler(moments.then(false, request -> at(request).payment(request)));
    router
        .get("/api/payments/:uetr")
        .handler(moments.then(false, request -> at(request).json(request)));
  }

  /** These, or those of the moment that is asked for; of the past the store knows no states. */
  private PaymentRoutes at(final RoutingContext request) {
    final Past past = Past.of(request);
    return past == null
        ? this
        : new PaymentRoutes(options, frame, past.pages, past.board, work, null);
  }

  private void search(final RoutingContext request) {
    final String uetr = request.queryParams().get("uetr");
    final PaymentFilter filter = PaymentFilter.of(request.queryParams());
    if (uetr != null && !uetr.isBlank()) {
      byUetr(request, uetr, filter);
    } else if (stored == null
        || (filter.isEmpty() && Door.only(request) == 0 && !isPaging(request))) {
      show(request, 200, filter, "", "", Views.Found.NOTHING);
    } else {
      find(request, filter);
    }
  }

  private static boolean isPaging(final RoutingContext request) {
    return request.queryParams().contains("next") || request.queryParams().contains("all");
  }

  private void byUetr(
      final RoutingContext request, final String typed, final PaymentFilter filter) {
    final Optional<Id128> uetr = Id128.parse(typed);
    if (uetr.isEmpty()) {
      show(request, 200, filter, typed, "A UETR has 32 hexadecimal digits.", Views.Found.NOTHING);
      return;
    }
    look(
        request,
        uetr.get(),
        payment -> {
          if (payment == null) {
            show(request, 200, filter, typed, noSuch(), Views.Found.NOTHING);
          } else {
            Frame.redirect(request, "/payments/" + payment.row().uetr());
          }
        });
  }

  private String noSuch() {
    return stored == null
        ? "No payment with this UETR is kept here."
        : "No payment with this UETR is kept here or in the reporting store.";
  }

  private void find(final RoutingContext request, final PaymentFilter filter) {
    final Long next = next(request);
    final PaymentQuery query;
    try {
      query = query(request, filter);
    } catch (final PaymentFilter.WrongFilterException e) {
      show(request, 400, filter, "", e.getMessage(), Views.Found.NOTHING);
      return;
    }
    work.run(
        request,
        () -> stored.find(query, next, StoredPayments.PAGE_ROWS),
        page -> show(request, 200, filter, "", "", found(filter, page)));
  }

  private static Long next(final RoutingContext request) {
    final String next = request.queryParams().get("next");
    return next != null && next.matches("[0-9]{1,18}") ? Long.valueOf(next) : null;
  }

  private PaymentQuery query(final RoutingContext request, final PaymentFilter filter)
      throws PaymentFilter.WrongFilterException {
    return filter.query(pages.choices(), Door.only(request));
  }

  private Views.Found found(final PaymentFilter filter, final PaymentPage page) {
    final ReportingStatus status = stored.status();
    final String query = filter.queryString();
    final String all = query.isEmpty() ? "all=1" : query;
    return new Views.Found(
        true,
        stored.rows(page.rows()),
        page.next() == null ? "" : "/payments?" + all + "&next=" + page.next(),
        "/payments.csv?" + query,
        page.asOf(),
        status.caughtUp()
            ? "up to date"
            : status.problem() != null
                ? "stopped for now: " + status.problem()
                : Wording.life(status.lagMs()) + " behind");
  }

  private void show(
      final RoutingContext request,
      final int status,
      final PaymentFilter filter,
      final String asked,
      final String answer,
      final Views.Found found) {
    final boolean live = !found.shown() && Door.only(request) == 0 && answer.isEmpty();
    final List<Views.PaymentRow> last = found.shown() ? List.of() : last(Door.only(request));
    Answers.html(
        request,
        status,
        pages.searchPage(
            frame.chrome(
                request, "Payments", "payments", live ? "/events?view=payments" : "", pages.asOf()),
            new Views.Search(
                filter,
                asked,
                answer,
                board.read(p -> p.payments.kept()),
                stored != null,
                Door.only(request) == 0,
                last,
                found,
                pages.choices())));
  }

  /** The newest in memory; of one participant where only that may be seen. */
  private List<Views.PaymentRow> last(final long only) {
    if (only == 0) {
      return pages.last();
    }
    return board.read(
        p ->
            p.payments.last().stream()
                .filter(way -> way.debtorAgent == only || way.creditorAgent == only)
                .map(way -> PaymentViews.row(p, way))
                .toList());
  }

  private void export(final RoutingContext request) {
    if (stored == null) {
      frame.problem(
          request, 404, "No export here", "The reporting store of this switch is switched off.");
      return;
    }
    try {
      new CsvExport(stored, work)
          .send(request, query(request, PaymentFilter.of(request.queryParams())));
    } catch (final PaymentFilter.WrongFilterException e) {
      frame.problem(request, 400, "Not so", e.getMessage());
    }
  }

  /** The payment, or null, on the event loop: from memory, else from the store. */
  private void look(
      final RoutingContext request, final Id128 uetr, final Consumer<Views.Payment> then) {
    final long only = Door.only(request);
    final Views.Payment kept =
        board.read(
            p -> {
              final PaymentWay way = p.payments.get(uetr);
              return way == null || !isOf(way, only) ? null : PaymentViews.payment(p, way);
            });
    if (kept != null || stored == null) {
      then.accept(kept);
      return;
    }
    work.run(
        request,
        () -> stored.way(uetr, only).orElse(null),
        way -> then.accept(way == null ? null : board.read(p -> PaymentViews.payment(p, way))));
  }

  private static boolean isOf(final PaymentWay way, final long only) {
    return only == 0 || way.debtorAgent == only || way.creditorAgent == only;
  }

  private void payment(final RoutingContext request) {
    final Optional<Id128> uetr = Id128.parse(request.pathParam("uetr"));
    if (uetr.isEmpty()) {
      frame.problem(request, 404, "No such payment", noSuch());
      return;
    }
    look(
        request,
        uetr.get(),
        payment -> {
          if (payment == null) {
            frame.problem(request, 404, "No such payment", noSuch());
          } else if (!payment.row().uetr().equals(uetr.get().toString())) {
            // It gave back another one, whose page tells of both.
            Frame.redirect(request, "/payments/" + payment.row().uetr());
          } else {
            show(request, payment, uetr.get());
          }
        });
  }

  private void show(final RoutingContext request, final Views.Payment payment, final Id128 uetr) {
    final boolean live = Door.only(request) == 0 && pages.payment(uetr) != null;
    final Views.Chrome chrome =
        frame.chrome(
            request,
            "Payment " + payment.row().brief(),
            "payments",
            live ? "/events?view=payment&id=" + uetr : "",
            payment.asOf());
    Answers.html(request, 200, pages.paymentPage(chrome, payment));
  }

  private void json(final RoutingContext request) {
    final Optional<Id128> uetr = Id128.parse(request.pathParam("uetr"));
    if (uetr.isEmpty()) {
      Answers.problem(request, 404, "No such payment", noSuch());
      return;
    }
    look(
        request,
        uetr.get(),
        payment -> {
          if (payment == null) {
            Answers.problem(request, 404, "No such payment", noSuch());
          } else {
            Answers.json(request, 200, ApiJson.payment(payment));
          }
        });
  }
}
