package org.civicswitch.ops.console;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.ChangeRefused;
import org.civicswitch.ops.treasury.Effect;
import org.civicswitch.ops.treasury.TreasuryBook;
import org.civicswitch.ops.treasury.TreasuryDesk;

/**
 * Proposing a change: a form, a page that shows what would be different, a signature for that. Who
 * has neither of the roles can look all the same.
 */
final class ChangeRoutes {
  private final Treasury treasury;
  private final Frame frame;
  private final Pages pages;
  private final Door door;
  private final BackgroundWork work;

  ChangeRoutes(
      final ConsoleOptions options,
      final Frame frame,
      final Pages pages,
      final Door door,
      final BackgroundWork work) {
    this.treasury = options.treasury();
    this.frame = frame;
    this.pages = pages;
    this.door = door;
    this.work = work;
  }

  void mount(final Router router) {
    router.get("/changes/:kind").handler(door.only(Role.values())).handler(this::form);
    router.get("/changes/:kind/preview").handler(door.only(Role.values())).handler(this::preview);
    router
        .post("/changes/:kind")
        .handler(BodyHandler.create(false).setBodyLimit(Frame.BODY_BYTES_MAX))
        .handler(door.only(Role.SETTLEMENT, Role.WARDEN))
        .handler(this::make);
  }

  private Optional<ChangeForm> read(final RoutingContext request, final MultiMap typed) {
    final Optional<FormKind> kind = FormKind.of(request.pathParam("kind"));
    if (kind.isEmpty()) {
      frame.problem(
          request,
          404,
          "No such change",
          "There are: "
              + Arrays.stream(FormKind.values())
                  .map(FormKind::word)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return kind.map(known -> ChangeForm.of(known, typed));
  }

  private void form(final RoutingContext request) {
    read(request, request.queryParams()).ifPresent(form -> ask(request, 200, form, "", ""));
  }

  private void ask(
      final RoutingContext request,
      final int status,
      final ChangeForm form,
      final String wrongField,
      final String wrong) {
    final TreasuryBook book = treasury.desk().book();
    final List<Views.Field> fields = new ArrayList<>();
    for (final String name : form.kind().names()) {
      fields.add(ChangeFields.of(form, name, book, name.equals(wrongField) ? wrong : ""));
    }
    Answers.html(
        request,
        status,
        pages.changePage(
            frame.chrome(request, form.kind().title(), "approvals", "", pages.asOf()),
            new Views.ChangePage(form.kind().word(), form.kind().title(), fields, rules(form))));
  }

  private List<String> rules(final ChangeForm form) {
    final TreasuryBook book = treasury.desk().book();
    return book.rules().stream()
        .filter(rule -> rule.kind().equals(form.kind().word()))
        .map(rule -> ChangeFields.rule(rule, book))
        .toList();
  }

  /**
   * @param seen the sequence that the effects are so at
   */
  private record Look(ChangeForm form, Change change, long seen, List<Effect> effects) {
    /** What a signature for it rests on. */
    String sealed() {
      return form.kind()
          + " "
          + form.fields()
          + " "
          + seen
          + (form.movesWithPayments() ? "" : " " + effects);
    }
  }

  private Look look(final ChangeForm form, final Change change, final long seen) {
    return new Look(form, change, seen, treasury.desk().effects(change));
  }

  private void preview(final RoutingContext request) {
    final Optional<ChangeForm> read = read(request, request.queryParams());
    if (read.isEmpty()) {
      return;
    }
    final ChangeForm form = read.get();
    try {
      final Change change = form.change(treasury.desk().book(), treasury.references());
      work.run(
          request, () -> look(form, change, treasury.desk().seen()), look -> show(request, look));
    } catch (final ChangeForm.WrongFieldException e) {
      ask(request, 400, form, e.field(), e.getMessage());
    }
  }

  private void show(final RoutingContext request, final Look look) {
    final Account person = Door.person(request);
    final boolean signs = person != null && person.operator() != 0;
    final boolean propose = signs && person.may(Role.SETTLEMENT);
    final boolean breakGlass = signs && person.may(Role.WARDEN);
    final ChangeForm form = look.form();
    final int operator = signs ? person.operator() : 1;
    final List<String> broken = new ArrayList<>(List.of(FormWords.words(form, operator)));
    broken.add("--break-glass");
    broken.add("REASON");
    Answers.html(
        request,
        200,
        pages.previewPage(
            frame.chrome(request, form.kind().title(), "approvals", "", pages.asOf()),
            new Views.Preview(
                form.kind().word(),
                form.kind().title(),
                form.fields(),
                ApprovalViews.effects(look.effects()),
                look.seen(),
                rules(form),
                propose || breakGlass ? frame.token(request) : "",
                propose || breakGlass ? frame.seal(request, look.sealed()) : "",
                propose,
                breakGlass,
                treasury.command(FormWords.words(form, operator)),
                treasury.command(broken.toArray(String[]::new)))));
  }

  private void make(final RoutingContext request) {
    if (!frame.isOurs(request)) {
      return;
    }
    final MultiMap typed = request.request().formAttributes();
    final Optional<ChangeForm> read = read(request, typed);
    if (read.isEmpty()) {
      return;
    }
    final Account person = Door.person(request);
    final boolean broken = "break-glass".equals(typed.get("how"));
    if (!person.may(broken ? Role.WARDEN : Role.SETTLEMENT)) {
      frame.problem(request, 403, "Not for you", "Your account is for " + person.roleWords() + ".");
      return;
    }
    final String reason = typed.get("reason");
    if (broken && (reason == null || reason.isBlank() || !reason.matches("[ -~]{1,64}"))) {
      frame.problem(
          request, 400, "Say why", "A reason has 1 to 64 ASCII characters. Nothing was changed.");
      return;
    }
    final ChangeForm form = read.get();
    try {
      final Change change = form.change(treasury.desk().book(), treasury.references());
      work.run(
          request,
          () -> sign(request, person, look(form, change, ApprovalRoutes.seen(request)), broken),
          done -> {
            if (done == null) {
              changedSince(request);
            } else {
              Frame.redirect(request, done);
            }
          });
    } catch (final ChangeForm.WrongFieldException e) {
      changedSince(request);
    }
  }

  private void changedSince(final RoutingContext request) {
    frame.problem(
        request,
        409,
        "It changed since you looked",
        "Nothing was signed. Go back to the form and look again.");
  }

  /** Where to go on; null when what would be signed is not what was shown. */
  private String sign(
      final RoutingContext request, final Account person, final Look look, final boolean broken)
      throws Exception {
    if (!frame.isSealed(request, look.sealed())) {
      return null;
    }
    final TreasuryDesk desk = treasury.desk();
    final OperatorSigner signer = treasury.keys().open(person.operator());
    if (broken) {
      final String reason = request.request().getFormAttribute("reason");
      readBack(desk.breakGlass(reason, look.change(), signer, look.seen()));
      return "/approvals?done=broken";
    }
    try {
      readBack(desk.make(look.change(), signer, look.seen()));
      return "/approvals?done=made";
    } catch (final ChangeRefused e) {
      if (e.code() != Code.APPROVAL_NEEDED) {
        throw e;
      }
    }
    final TreasuryDesk.Step step = desk.propose(look.change(), signer, look.seen());
    BackgroundWork.readBack(() -> desk.book().proposal(step.proposal()).isPresent());
    return "/approvals/" + step.proposal() + "?done=proposed";
  }

  private void readBack(final TreasuryDesk.Step step) throws InterruptedException {
    BackgroundWork.readBack(() -> treasury.desk().book().sequence() >= step.sequence());
  }
}
