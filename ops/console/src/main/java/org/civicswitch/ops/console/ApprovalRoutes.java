package org.civicswitch.ops.console;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.treasury.Effect;
import org.civicswitch.ops.treasury.Proposal;
import org.civicswitch.ops.treasury.TreasuryDesk;

/**
 * What others proposed: looked at, and signed as it was looked at. The form carries what was shown,
 * sealed; when that is not so any more, nothing is signed.
 */
final class ApprovalRoutes {
  private final Treasury treasury;
  private final Frame frame;
  private final Pages pages;
  private final Door door;
  private final BackgroundWork work;
  private final LongSupplier clockMs;

  ApprovalRoutes(
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
    this.clockMs = options.clockMs();
  }

  void mount(final Router router) {
    final BodyHandler form = BodyHandler.create(false).setBodyLimit(Frame.BODY_BYTES_MAX);
    router.get("/approvals").handler(this::list);
    router.get("/approvals/:id").handler(this::show);
    router
        .post("/approvals/:id/approve")
        .handler(form)
        .handler(door.only(Role.APPROVER))
        .handler(this::approve);
    router
        .post("/approvals/:id/close")
        .handler(form)
        .handler(door.only(Role.APPROVER, Role.SETTLEMENT))
        .handler(this::close);
  }

  private void list(final RoutingContext request) {
    final Account person = Door.person(request);
    work.run(
        request,
        () -> ApprovalViews.list(treasury.desk(), person, clockMs.getAsLong()),
        approvals ->
            Answers.html(
                request,
                200,
                pages.approvalsPage(
                    frame.chrome(request, "Approvals", "approvals", "", pages.asOf()),
                    approvals,
                    Done.words(request.queryParams().get("done")),
                    treasury.command("list"))));
  }

  private Optional<Proposal> proposal(final RoutingContext request) {
    return Id128.parse(request.pathParam("id"))
        .flatMap(
            id ->
                treasury
                    .desk()
                    .book()
                    .proposal(new org.civicswitch.gateway.kit.Id128(id.hi(), id.lo())));
  }

  private void show(final RoutingContext request) {
    final Optional<Proposal> known = proposal(request);
    if (known.isEmpty()) {
      frame.problem(request, 404, "No such proposal", "No proposal with this id is kept here.");
      return;
    }
    final Account person = Door.person(request);
    work.run(request, () -> look(known.get()), look -> show(request, person, look));
  }

  /**
   * @param seen the sequence that what is shown is so at
   */
  private record Look(Proposal proposal, long seen, List<Effect> effects) {
    /** What a signature for it rests on. */
    String sealed() {
      return proposal.id() + " " + proposal.hash() + " " + seen + " " + proposal.staleBefore();
    }
  }

  private Look look(final Proposal proposal) {
    final TreasuryDesk desk = treasury.desk();
    final long seen = desk.seen();
    return new Look(
        desk.book().proposal(proposal.id()).orElse(proposal), seen, desk.effects(proposal));
  }

  private void show(final RoutingContext request, final Account person, final Look look) {
    final Proposal proposal = look.proposal();
    final String id = proposal.id().toString();
    final boolean waits = ApprovalViews.waitsFor(proposal, person);
    final boolean close = ApprovalViews.mayClose(proposal, person);
    final boolean own = person != null && proposal.proposer() == person.operator();
    final String operator = person == null ? "N" : Integer.toString(person.operator());
    Answers.html(
        request,
        200,
        pages.approvalPage(
            frame.chrome(request, "Proposal " + id.substring(0, 8), "approvals", "", pages.asOf()),
            new Views.ApprovalPage(
                ApprovalViews.row(proposal, look.effects(), person, clockMs.getAsLong()),
                look.seen(),
                waits || close ? frame.token(request) : "",
                waits || close ? frame.seal(request, look.sealed()) : "",
                waits,
                close,
                own ? "Withdraw" : "Reject",
                treasury.command(
                    "approve",
                    id,
                    "--seen",
                    Long.toString(look.seen()),
                    "--hash",
                    proposal.hash().toString(),
                    "--operator",
                    operator),
                treasury.command("close", id, "--operator", operator)),
            Done.words(request.queryParams().get("done"))));
  }

  private void approve(final RoutingContext request) {
    act(
        request,
        (look, signer) -> treasury.desk().approve(look.proposal(), signer, look.seen()),
        step ->
            step.state() == ProposalState.EXECUTED
                ? "executed"
                : step.state() == ProposalState.FAILED ? "failed" : "approved");
  }

  private void close(final RoutingContext request) {
    act(
        request,
        (look, signer) -> treasury.desk().close(look.proposal().id(), signer, look.seen()),
        step -> step.state() == ProposalState.WITHDRAWN ? "withdrawn" : "rejected");
  }

  /** What is signed. */
  @FunctionalInterface
  private interface Signing {
    TreasuryDesk.Step sign(Look look, OperatorSigner signer) throws Exception;
  }

  private void act(
      final RoutingContext request,
      final Signing signing,
      final Function<TreasuryDesk.Step, String> done) {
    final Account person = Door.person(request);
    if (!frame.isOurs(request)) {
      return;
    }
    final Optional<Proposal> known = proposal(request);
    if (known.isEmpty()) {
      frame.problem(request, 404, "No such proposal", "No proposal with this id is kept here.");
      return;
    }
    final Proposal proposal = known.get();
    final Look look = new Look(proposal, seen(request), List.of());
    final boolean asShown =
        frame.isSealed(request, look.sealed())
            && proposal.hash().toString().equals(request.request().getFormAttribute("hash"));
    if (!asShown || !proposal.isOpen()) {
      frame.problem(
          request,
          409,
          "It changed since you looked",
          proposal.isOpen()
              ? "Nothing was signed. Go back to the proposal and look again."
              : "Nothing was signed: it is over, "
                  + Wording.words(proposal.state().name()).toLowerCase(Locale.ROOT)
                  + ".");
      return;
    }
    work.run(
        request,
        () -> {
          final TreasuryDesk.Step step =
              signing.sign(look, treasury.keys().open(person.operator()));
          BackgroundWork.readBack(
              () ->
                  treasury
                      .desk()
                      .book()
                      .proposal(proposal.id())
                      .map(now -> now.changedSequence() >= step.sequence())
                      .orElse(true));
          return step;
        },
        step ->
            Frame.redirect(request, "/approvals/" + proposal.id() + "?done=" + done.apply(step)));
  }

  static long seen(final RoutingContext request) {
    final String text = String.valueOf(request.request().getFormAttribute("seen"));
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
