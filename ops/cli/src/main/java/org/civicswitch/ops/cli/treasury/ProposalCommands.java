package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.cli.report.Launcher;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.treasury.ChangeRefused;
import org.civicswitch.ops.treasury.Proposal;
import org.civicswitch.ops.treasury.TreasuryDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What others say to a proposal. */
final class ProposalCommands {
  private static final String ID = "As it was given when it was proposed.";

  private ProposalCommands() {}

  private static Id128 id(final OperateOptions options, final String text) {
    try {
      return Id128.parse(text);
    } catch (final IllegalArgumentException e) {
      throw options.wrong("ID: not a proposal's id: " + text);
    }
  }

  private static Proposal find(final TreasurySession session, final Id128 id) throws IOException {
    return session
        .desk()
        .book()
        .proposal(id)
        .orElseThrow(() -> new IOException("there is no proposal " + id));
  }

  private static Map<String, Object> json(final Proposal proposal) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("proposal", proposal.id().toString());
    fields.put("kind", proposal.kind());
    fields.put("state", proposal.state().name());
    fields.put("approvals", proposal.approvals());
    fields.put("needed", proposal.needed());
    fields.put("hash", proposal.hash().toString());
    fields.put("proposer", proposal.proposer());
    fields.put("proposed", Instant.ofEpochMilli(proposal.proposedMs()).toString());
    fields.put("expires", Instant.ofEpochMilli(proposal.expiresMs()).toString());
    if (proposal.code() != Code.OK) {
      fields.put("code", proposal.code().name());
    }
    return fields;
  }

  private static String line(final Proposal proposal) {
    return proposal.id()
        + "  "
        + proposal.kind()
        + " by operator "
        + proposal.proposer()
        + ", "
        + words(proposal)
        + ", until "
        + Instant.ofEpochMilli(proposal.expiresMs());
  }

  private static String words(final Proposal proposal) {
    return switch (proposal.state()) {
      case OPEN -> proposal.approvals() + " of " + proposal.needed() + " approvals";
      case FAILED ->
          "approved and not possible: "
              + proposal.code()
              + ", "
              + ChangeRefused.why(proposal.code());
      case EXECUTED -> "done";
      default -> proposal.state().name().toLowerCase(Locale.ROOT);
    };
  }

  @Command(
      name = "list",
      description = "Open proposals, and the rules of approval.",
      mixinStandardHelpOptions = true)
  static final class List implements Callable<Integer> {
    @Mixin private OperateOptions options;

    @Option(names = "--all", description = "Also those that are over.")
    private boolean all;

    @Override
    public Integer call() {
      return TreasurySession.report(
          options,
          (session, report) -> {
            final java.util.List<Proposal> shown =
                session.desk().book().proposals().stream().filter(p -> all || p.isOpen()).toList();
            report.put("proposals", shown.stream().map(ProposalCommands::json).toList());
            shown.forEach(proposal -> report.say(line(proposal)));
            if (shown.isEmpty()) {
              report.say("no proposal is open");
            }
            rules(session, report);
          });
    }

    private static void rules(final TreasurySession session, final Report report) {
      report.put(
          "rules",
          session.desk().book().rules().stream()
              .map(
                  rule ->
                      Map.of(
                          "kind", rule.kind(),
                          "asset", rule.asset(),
                          "from_minor", rule.fromAmount(),
                          "approvals", rule.approvals(),
                          "approvers", rule.approvers()))
              .toList());
      session
          .desk()
          .book()
          .rules()
          .forEach(
              rule ->
                  report.say(
                      "rule: "
                          + rule.kind()
                          + (rule.asset() == 0 ? "" : " in asset " + rule.asset())
                          + (rule.fromAmount() == 0
                              ? ""
                              : " from " + rule.fromAmount() + " minor units")
                          + " needs "
                          + rule.approvals()
                          + (rule.approvals() == 1 ? " approval" : " approvals")
                          + " by "
                          + rule.approvers()));
    }
  }

  @Command(
      name = "show",
      description = "What a proposal would make different now.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private OperateOptions options;

    @Parameters(paramLabel = "ID", description = ID)
    private String id;

    @Override
    public Integer call() {
      final Id128 proposal = id(options, id);
      return TreasurySession.report(
          options,
          (session, report) -> {
            final Proposal found = find(session, proposal);
            final long seen = look(session, report, found);
            if (found.isOpen()) {
              report.say(
                  "to approve this and nothing else: "
                      + Launcher.typed()
                      + " operate approve "
                      + proposal
                      + " --seen "
                      + seen
                      + " --hash "
                      + found.hash()
                      + " --data "
                      + options.data);
            }
          });
    }
  }

  /** Says what it is and what it would change; gives the sequence that was seen. */
  private static long look(
      final TreasurySession session, final Report report, final Proposal proposal) {
    final long seen = session.desk().seen();
    json(proposal).forEach(report::put);
    report.say(line(proposal));
    TreasurySession.show(report, session.desk().effects(proposal), seen);
    return seen;
  }

  @Command(
      name = "approve",
      description =
          "Shows what a proposal would make different, and signs it. The last approval needed"
              + " carries it out.",
      mixinStandardHelpOptions = true)
  static final class Approve implements Callable<Integer> {
    @Mixin private OperateOptions options;

    @Option(
        names = "--operator",
        paramLabel = "N",
        defaultValue = "" + SeededWorld.CHECKER,
        description = "Number of the operator who signs; default ${DEFAULT-VALUE}.")
    private int operator;

    @Option(
        names = "--hash",
        paramLabel = "HEX",
        description =
            "Of what was shown, or its first 8 digits or more: anything else is not signed.")
    private String hash;

    @Option(
        names = "--seen",
        paramLabel = "N",
        description =
            "The sequence at which it was shown: when it has changed since, it is refused as"
                + " stale. Default: as it is shown now.")
    private Long shownAt;

    @Parameters(paramLabel = "ID", description = ID)
    private String id;

    @Override
    public Integer call() {
      final Id128 wanted = id(options, id);
      if (hash != null && !hash.matches("[0-9a-f]{8,64}")) {
        throw options.wrong("--hash: 8 to 64 hexadecimal digits, not " + hash);
      }
      return TreasurySession.report(
          options,
          (session, report) -> {
            final Proposal proposal = find(session, wanted);
            final long now = look(session, report, proposal);
            final long seen = shownAt == null ? now : shownAt;
            if (hash != null && !proposal.hash().toString().startsWith(hash)) {
              throw new ChangeRefused("approve", Code.PROPOSAL_HASH);
            }
            final TreasuryDesk.Step step =
                session.desk().approve(proposal, session.operator(operator), seen);
            TreasurySession.said(report, step);
            if (step.state() == ProposalState.FAILED) {
              report.fail();
              report.say(
                  "approved, but the change was refused; nothing is different: "
                      + Launcher.typed()
                      + " operate list --all says why");
            } else if (step.state() == ProposalState.EXECUTED) {
              report.say("approved and done, at sequence " + step.sequence());
            } else {
              report.say("approved; " + step.approvals() + " so far");
            }
          });
    }
  }

  @Command(
      name = "close",
      description = "Withdraws one's own proposal, or rejects another's.",
      mixinStandardHelpOptions = true)
  static final class Close implements Callable<Integer> {
    @Mixin private OperateOptions options;

    @Option(
        names = "--operator",
        paramLabel = "N",
        required = true,
        description = "Number of the operator who signs.")
    private int operator;

    @Parameters(paramLabel = "ID", description = ID)
    private String id;

    @Override
    public Integer call() {
      final Id128 wanted = id(options, id);
      return TreasurySession.report(
          options,
          (session, report) -> {
            final TreasuryDesk desk = session.desk();
            final TreasuryDesk.Step step =
                desk.close(wanted, session.operator(operator), desk.seen());
            TreasurySession.said(report, step)
                .say(
                    step.state() == ProposalState.WITHDRAWN
                        ? "withdrawn; nothing was changed"
                        : "rejected; nothing was changed");
          });
    }
  }
}
