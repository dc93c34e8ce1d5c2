package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;

/** Settlement windows: the open one as it runs, the closed ones to their settlement. */
final class SettlementRoutes {
  private final Treasury treasury;
  private final Frame frame;
  private final Pages pages;
  private final Board board;
  private final boolean store;

  SettlementRoutes(
      final ConsoleOptions options, final Frame frame, final Pages pages, final Board board) {
    this.treasury = options.treasury();
    this.frame = frame;
    this.pages = pages;
    this.board = board;
    this.store = options.reporting() != null;
  }

  void mount(final Router router) {
    router.get("/settlement").handler(this::list);
    router.get("/settlement/:window").handler(this::show);
  }

  /** Values only: the book is asked afterwards, without the board's lock. */
  private SettlementViews views() {
    final TreasuryBook book = treasury.desk().book();
    final Map<Positions.Key, Long> caps =
        board.read(
            projection -> {
              final Map<Positions.Key, Long> all = new HashMap<>();
              projection.positions.all().forEach(one -> all.put(one.key, one.netDebitCap));
              return all;
            });
    return new SettlementViews(
        book, (participant, asset) -> caps.getOrDefault(new Positions.Key(participant, asset), 0L));
  }

  private static long number(final String text, final long otherwise) {
    return text != null && text.matches("[0-9]{1,10}") ? Long.parseLong(text) : otherwise;
  }

  private void list(final RoutingContext request) {
    final long seen = treasury.desk().seen();
    final SettlementViews.Page page =
        views()
            .page(
                number(request.queryParams().get("before"), Long.MAX_VALUE),
                seen,
                store,
                treasury.command("window", "list"));
    final Views.Chrome chrome = frame.chrome(request, "Settlement", "settlement", "", pages.asOf());
    Answers.html(
        request, 200, Pages.html(out -> JtesettlementGenerated.render(out, null, chrome, page)));
  }

  private void show(final RoutingContext request) {
    final long seen = treasury.desk().seen();
    final Optional<SettlementBook.Window> known =
        treasury.desk().book().settlement().window(number(request.pathParam("window"), -1));
    if (known.isEmpty()) {
      frame.problem(request, 404, "No such window", "It is not open yet, or was settled long ago.");
      return;
    }
    final SettlementViews.Window window =
        views()
            .window(
                known.get(),
                seen,
                store,
                treasury.command("window", "dry-run", Long.toString(known.get().number())));
    final Views.Chrome chrome =
        frame.chrome(
            request, "Settlement window " + window.number(), "settlement", "", pages.asOf());
    Answers.html(
        request, 200, Pages.html(out -> JtewindowGenerated.render(out, null, chrome, window)));
  }
}
