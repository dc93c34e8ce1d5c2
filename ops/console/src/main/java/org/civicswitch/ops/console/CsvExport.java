package org.civicswitch.ops.console;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import org.civicswitch.ops.reporting.PaymentPage;
import org.civicswitch.ops.reporting.PaymentQuery;
import org.civicswitch.ops.reporting.PaymentRow;
import org.civicswitch.ops.reporting.PaymentSearch;

/**
 * Payments as a file for a spreadsheet: page after page as fast as the reader takes them, so that
 * no more than one is in memory. A cell that a spreadsheet would take for a formula is made text.
 */
final class CsvExport {
  static final int ROWS_MAX = 100_000;

  private static final String HEAD =
      "uetr,instruction_id,opened,status,code,reason,asset,amount,amount_minor,debtor_agent,"
          + "creditor_agent,scheme,window,value_date,created,final,returned_minor,envelope,"
          + "feed_sequence,log_sequence\r\n";

  private final StoredPayments payments;
  private final BackgroundWork work;

  CsvExport(final StoredPayments payments, final BackgroundWork work) {
    this.payments = payments;
    this.work = work;
  }

  void send(final RoutingContext request, final PaymentQuery query) {
    work.run(
        request,
        () -> payments.find(query, null, PaymentSearch.PAGE_MAX),
        first -> {
          final HttpServerResponse response = request.response();
          response
              .setChunked(true)
              .putHeader("Content-Type", "text/csv; charset=utf-8; header=present")
              .putHeader("Content-Disposition", "attachment; filename=\"payments.csv\"")
              .putHeader("Cache-Control", "no-store")
              .putHeader("X-As-Of-Feed-Sequence", Long.toString(first.asOf()));
          response.write(HEAD);
          page(request, query, first, 0);
        });
  }

  private void page(
      final RoutingContext request,
      final PaymentQuery query,
      final PaymentPage page,
      final int before) {
    final HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    final List<PaymentRow> rows =
        page.rows().subList(0, Math.min(page.rows().size(), ROWS_MAX - before));
    final int sent = before + rows.size();
    response.write(
        rows.stream().map(row -> line(payments.cells(row))).collect(Collectors.joining()));
    if (page.next() == null) {
      response.end();
    } else if (sent >= ROWS_MAX) {
      // In the file itself: whoever adds it up later was not there to be told.
      response.end("# cut off after " + ROWS_MAX + " rows: narrow the search\r\n");
    } else if (response.writeQueueFull()) {
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            next(request, query, page.next(), sent);
          });
    } else {
      next(request, query, page.next(), sent);
    }
  }

  private void next(
      final RoutingContext request, final PaymentQuery query, final Long next, final int sent) {
    work.run(
        request,
        () -> payments.find(query, next, PaymentSearch.PAGE_MAX),
        page -> page(request, query, page, sent));
  }

  static String line(final List<String> cells) {
    return cells.stream().map(CsvExport::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** OWASP: what begins like a formula is given an apostrophe; RFC 4180: what needs it, quotes. */
  static String cell(final String text) {
    final String safe =
        !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("[^,\"\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
