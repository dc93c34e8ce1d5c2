package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.treasury.SignOffs;

/** The end of an officer's day: a sheet of what is so, signed as it was read, kept for good. */
final class SignOffRoutes {
  /** Signed sheets of the list, the newest; the command line has all. */
  static final int LISTED = 50;

  /**
   * Of a sheet on its way back, the longest field of any form here: up to three bytes a letter in
   * UTF-8, of which a form writes each in three.
   */
  static final int FIELD_BYTES_MAX = 9 * SignOffs.TEXT_MAX;

  private static final long FORM_BYTES_MAX = FIELD_BYTES_MAX + Frame.BODY_BYTES_MAX;

  private final Treasury treasury;
  private final Frame frame;
  private final Pages pages;
  private final Board board;
  private final Door door;
  private final BackgroundWork work;
  private final LongSupplier clockMs;

  SignOffRoutes(
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Board board,
      final Door door,
      final BackgroundWork work) {
    this.treasury = options.treasury();
    this.frame = frame;
    this.pages = pages;
    this.board = board;
    this.door = door;
    this.work = work;
    this.clockMs = options.clockMs();
  }

  record Row(int number, int operator, long sequence, String hash) {}

  record Page(List<Row> rows, int all, List<String> problems, String command) {}

  /**
   * A sheet, signed or to be.
   *
   * @param number 0: not signed
   * @param csrf empty for one that is not to be signed by who looks
   * @param problems what is wrong with a signed one
   */
  record Sheet(
      int number,
      String text,
      String signature,
      String hash,
      List<String> problems,
      String csrf,
      String seal,
      String command) {}

  void mount(final Router router) {
    router.get("/sign-off").handler(this::list);
    router.get("/sign-off/sheet").handler(door.only(Role.SETTLEMENT)).handler(this::sheet);
    router.get("/sign-off/:number").handler(this::show);
    router.post("/sign-off").handler(door.only(Role.SETTLEMENT));
    router
        .post("/sign-off")
        .handler(BodyHandler.create(false).setBodyLimit(FORM_BYTES_MAX))
        .handler(this::sign);
  }

  private List<String> check(final List<SignOffs.SignOff> all) {
    return SignOffs.check(all, treasury.desk().book()::key);
  }

  private void list(final RoutingContext request) {
    work.run(
        request,
        () -> {
          final List<SignOffs.SignOff> all = treasury.signOffs().all();
          final List<Row> rows = new ArrayList<>();
          all.subList(Math.max(0, all.size() - LISTED), all.size())
              .forEach(
                  one ->
                      rows.add(
                          new Row(
                              one.number(),
                              one.operator(),
                              one.sequence(),
                              one.hash().toString())));
          Collections.reverse(rows);
          return new Page(rows, all.size(), check(all), treasury.line("sign-off", "check"));
        },
        page -> {
          final Views.Chrome chrome =
              frame.chrome(request, "Sign-off", "sign-off", "", pages.asOf());
          Answers.html(
              request,
              200,
              Pages.html(out -> JtesignoffsGenerated.render(out, null, chrome, page)));
        });
  }

  private void show(final RoutingContext request) {
    final String number = request.pathParam("number");
    work.run(
        request,
        () -> {
          final List<SignOffs.SignOff> all = treasury.signOffs().all();
          return all.stream()
              .filter(one -> Integer.toString(one.number()).equals(number))
              .findFirst()
              .map(
                  one ->
                      new Sheet(
                          one.number(),
                          one.text(),
                          one.signature(),
                          one.hash().toString(),
                          check(all.subList(0, all.indexOf(one) + 1)),
                          "",
                          "",
                          treasury.line("sign-off", "show", number)));
        },
        found -> {
          if (found.isEmpty()) {
            frame.problem(request, 404, "No such sheet", "No sheet of this number was signed.");
          } else {
            show(request, "Sign-off " + number, found.get());
          }
        });
  }

  private void show(final RoutingContext request, final String title, final Sheet sheet) {
    final Views.Chrome chrome = frame.chrome(request, title, "sign-off", "", pages.asOf());
    Answers.html(
        request, 200, Pages.html(out -> JtesignoffGenerated.render(out, null, chrome, sheet)));
  }

  private void sheet(final RoutingContext request) {
    final Account person = Door.person(request);
    if (person.operator() == 0) {
      frame.problem(request, 403, "Not for you", "Your account is no operator's: it cannot sign.");
      return;
    }
    final String csrf = frame.token(request);
    work.run(
        request,
        () -> {
          final OperatorSigner signer = treasury.keys().open(person.operator());
          return new SignOffSheet(treasury, board)
              .write(
                  treasury.signOffs().all(),
                  signer.operator(),
                  signer.publicKey(),
                  clockMs.getAsLong());
        },
        text -> offer(request, csrf, text));
  }

  private void offer(final RoutingContext request, final String csrf, final String text) {
    if (text.length() > SignOffs.TEXT_MAX) {
      frame.problem(
          request,
          409,
          "Too long to be signed",
          "The sheet has more than "
              + SignOffs.TEXT_MAX
              + " characters. Finish what is open, windows and breaks first.");
      return;
    }
    show(
        request,
        "Sign off",
        new Sheet(
            0,
            text,
            "",
            "",
            List.of(),
            csrf,
            frame.seal(request, text),
            treasury.line("sign-off", "list")));
  }

  private void sign(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    // A form's lines end as on the wire; what is signed ends them as on the page.
    final String text =
        String.valueOf(request.request().getFormAttribute("text")).replace("\r\n", "\n");
    if (!frame.isSealed(request, text)) {
      frame.problem(
          request,
          409,
          "Not what you were shown",
          "Nothing was signed. Load the sheet again and sign that.");
      return;
    }
    final Account person = Door.person(request);
    work.run(
        request,
        () -> treasury.signOffs().add(text, treasury.keys().open(person.operator())).number(),
        number -> Frame.redirect(request, "/sign-off/" + number));
  }
}
