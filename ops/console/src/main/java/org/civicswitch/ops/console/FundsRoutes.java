package org.civicswitch.ops.console;

import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.Statement;
import org.civicswitch.ops.funds.StatementReader;
import org.civicswitch.ops.funds.StatementRefused;
import org.civicswitch.ops.funds.WorkBook;

/**
 * The settlement bank's statements against the switch: what agrees, what does not, who works on it.
 * A statement comes in as a file of a form, which the web library puts on the disk as it comes.
 */
final class FundsRoutes {
  /** Beside the file: its boundary, the token, the name. */
  private static final long FORM_BYTES_MAX = Frame.BODY_BYTES_MAX;

  private final Treasury treasury;
  private final Frame frame;
  private final Pages pages;
  private final Board board;
  private final Door door;
  private final BackgroundWork work;
  private final LongSupplier clockMs;
  private final Path uploads;

  /**
   * @throws IOException if there is no place for what is sent
   */
  FundsRoutes(
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Board board,
      final Door door,
      final BackgroundWork work)
      throws IOException {
    this.treasury = options.treasury();
    this.frame = frame;
    this.pages = pages;
    this.board = board;
    this.door = door;
    this.work = work;
    this.clockMs = options.clockMs();
    this.uploads = treasury.funds().incoming();
  }

  void mount(final Router router) {
    // What a bank writes may name people.
    final var readers = door.reads(Role.SETTLEMENT, Role.APPROVER, Role.WARDEN, Role.AUDITOR);
    router.get("/funds").handler(readers).handler(this::page);
    router.get("/funds/breaks/:id").handler(readers).handler(this::show);
    router
        .post("/funds/breaks/:id")
        .handler(BodyHandler.create(false).setBodyLimit(Frame.BODY_BYTES_MAX))
        .handler(door.only(Role.SETTLEMENT))
        .handler(this::write);
    // A route of its own comes first: who may not send one is told so before anything is put on the
    // disk.
    router.post("/funds/statements").handler(door.only(Role.SETTLEMENT)).handler(this::tooLong);
    router
        .post("/funds/statements")
        .handler(
            BodyHandler.create(uploads.toString())
                .setBodyLimit(StatementReader.BYTES_MAX + FORM_BYTES_MAX)
                .setDeleteUploadedFilesOnEnd(true))
        .handler(this::take);
  }

  private void tooLong(final RoutingContext request) {
    request.put(Frame.WHY, "A statement has at most " + StatementReader.BYTES_MAX + " bytes.");
    request.next();
  }

  /** Everything that is needed for these pages, each part from its own reader of the feed. */
  private FundsViews views() throws IOException {
    final FundsDesk.Look look = treasury.funds().look();
    final Map<String, FundsProof.Funds> inside =
        board.read(
            projection -> {
              final Map<String, FundsProof.Funds> all = new HashMap<>();
              projection
                  .proof()
                  .funds()
                  .forEach(one -> all.put(projection.directory.asset(one.asset()).code(), one));
              return all;
            });
    return new FundsViews(treasury.desk().book(), inside, look, treasury.funds().work().items());
  }

  private boolean maySend(final RoutingContext request) {
    final Account person = Door.person(request);
    return person != null && person.may(Role.SETTLEMENT);
  }

  private void page(final RoutingContext request) {
    final String asked = request.queryParams().get("before");
    final int before =
        asked != null && asked.matches("[0-9]{1,9}") ? Integer.parseInt(asked) : Integer.MAX_VALUE;
    final String upload = maySend(request) ? frame.token(request) : "";
    work.run(
        request,
        () ->
            views()
                .page(
                    before,
                    upload,
                    treasury.line("funds", "status"),
                    treasury.line("funds", "import", "FILE")),
        page -> {
          final Views.Chrome chrome =
              frame.chrome(request, "Proof of funds", "funds", "", pages.asOf());
          final String done = request.queryParams().get("done");
          Answers.html(
              request,
              200,
              Pages.html(
                  out -> JtefundsGenerated.render(out, null, chrome, page, Done.words(done))));
        });
  }

  private void show(final RoutingContext request) {
    final String id = request.pathParam("id");
    final String token = maySend(request) ? frame.token(request) : "";
    work.run(
        request,
        () -> views().breaks().stream().filter(one -> one.id().equals(id)).findFirst(),
        found -> show(request, found, token));
  }

  private void show(
      final RoutingContext request, final Optional<FundsViews.Work> found, final String token) {
    if (found.isEmpty()) {
      frame.problem(
          request,
          404,
          "No such break",
          "There is none of this id now: bank and switch agree on it, or it never was.");
      return;
    }
    final FundsViews.Work one = found.get();
    final Views.Chrome chrome =
        frame.chrome(request, "Break " + one.id(), "funds", "", pages.asOf());
    Answers.html(
        request,
        200,
        Pages.html(
            out ->
                JtebreakGenerated.render(
                    out,
                    null,
                    chrome,
                    one,
                    token,
                    treasury.line("funds", "note", one.id(), "TEXT", "--state", "waiting"))));
  }

  private void write(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    final String id = request.pathParam("id");
    final String typed = request.request().getFormAttribute("note");
    final String note = typed == null ? "" : typed;
    final Optional<WorkBook.State> state =
        WorkBook.State.of(String.valueOf(request.request().getFormAttribute("state")));
    final String who = Door.person(request).name();
    work.run(
        request,
        () -> {
          try {
            treasury.funds().work().add(id, who, state.orElse(null), note, clockMs.getAsLong());
            return "";
          } catch (final IllegalArgumentException e) {
            return e.getMessage();
          }
        },
        wrong -> {
          if (wrong.isEmpty()) {
            Frame.redirect(request, "/funds/breaks/" + id);
          } else {
            frame.problem(request, 400, "Not written", Wording.words(wrong) + ".");
          }
        });
  }

  private void take(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    final List<FileUpload> sent = request.fileUploads();
    if (sent.size() != 1 || sent.get(0).size() == 0) {
      frame.problem(
          request, 400, "No statement", "Choose one file, as the settlement bank sent it.");
      return;
    }
    final Path file = Path.of(sent.get(0).uploadedFileName());
    work.run(
        request,
        () -> {
          try {
            final List<Statement> added = treasury.funds().add(file);
            return added.isEmpty() ? "there" : "statement";
          } catch (final StatementRefused e) {
            return "!" + e.getMessage();
          } finally {
            Files.deleteIfExists(file);
          }
        },
        done -> {
          if (done.startsWith("!")) {
            frame.problem(
                request,
                422,
                "Not a statement to take in",
                done.substring(1) + ". Nothing of it was kept.");
          } else {
            Frame.redirect(request, "/funds?done=" + done);
          }
        });
  }
}
