package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.treasury.ChangeRefused;
import org.civicswitch.ops.treasury.Effect;
import org.civicswitch.ops.treasury.Proposal;
import org.civicswitch.ops.treasury.TreasuryDesk;

/** Proposals as pages show them. Asks the switch for exact positions: blocks. */
final class ApprovalViews {
  /** Open ones whose effect is shown in the list; of others, on their page. */
  static final int EFFECTS_LISTED = 50;

  static final int CLOSED_LISTED = 50;

  private ApprovalViews() {}

  static Views.Approvals list(final TreasuryDesk desk, final Account person, final long nowMs) {
    final long seen = desk.seen();
    final List<Views.Approval> open = new ArrayList<>();
    final List<Views.Approval> closed = new ArrayList<>();
    final List<Proposal> newestFirst = new ArrayList<>(desk.book().proposals());
    Collections.reverse(newestFirst);
    for (final Proposal proposal : newestFirst) {
      if (proposal.isOpen()) {
        open.add(
            row(
                proposal,
                open.size() < EFFECTS_LISTED ? desk.effects(proposal) : List.of(),
                person,
                nowMs));
      } else if (closed.size() < CLOSED_LISTED) {
        closed.add(row(proposal, List.of(), person, nowMs));
      }
    }
    open.sort(Comparator.comparing(row -> !row.mine()));
    return new Views.Approvals(open, closed, seen, person != null);
  }

  static Views.Approval row(
      final Proposal proposal, final List<Effect> effects, final Account person, final long nowMs) {
    return new Views.Approval(
        proposal.id().toString(),
        proposal.id().toString().substring(0, 8),
        Wording.words(proposal.kind().replace('-', '_')),
        effects(effects),
        proposal.proposer(),
        proposal.approvals(),
        proposal.needed(),
        proposal.approvers(),
        Utc.duration(Math.max(0, nowMs - proposal.proposedMs()) / 1000),
        Utc.full(proposal.proposedMs()),
        Utc.full(proposal.expiresMs()),
        Wording.words(proposal.state().name()),
        tone(proposal),
        proposal.code() == Code.OK
            ? ""
            : proposal.code() + ": " + ChangeRefused.why(proposal.code()),
        waitsFor(proposal, person),
        proposal.isOpen() && proposal.isOvertaken(),
        proposal.signer(),
        proposal.proposedSequence(),
        proposal.changedSequence(),
        proposal.staleBefore(),
        proposal.hash().toString());
  }

  static List<Views.Effect> effects(final List<Effect> effects) {
    return effects.stream()
        .map(e -> new Views.Effect(e.what(), grouped(e.before()), grouped(e.after())))
        .toList();
  }

  /** Long numbers in groups of three; anything else as it is. */
  private static String grouped(final String text) {
    return text.matches("-?[0-9]{4,18}(\\.[0-9]+)?")
        ? new Money(Long.parseLong(text.replaceAll("\\..*", "")), 0, "").grouped()
            + text.replaceAll("^[^.]*", "")
        : text;
  }

  /** Whether this person's approval would count. */
  static boolean waitsFor(final Proposal proposal, final Account person) {
    return proposal.isOpen()
        && person != null
        && person.may(Role.APPROVER)
        && person.operator() != 0
        && proposal.proposer() != person.operator()
        && !proposal.approvers().contains(person.operator());
  }

  /** Who proposed it withdraws it; who may approve rejects it. */
  static boolean mayClose(final Proposal proposal, final Account person) {
    return proposal.isOpen()
        && person != null
        && person.operator() != 0
        && (proposal.proposer() == person.operator() || person.may(Role.APPROVER));
  }

  private static String tone(final Proposal proposal) {
    return switch (proposal.state()) {
      case OPEN -> Wording.OPEN;
      case EXECUTED -> Wording.GOOD;
      case WITHDRAWN, EXPIRED -> Wording.BACK;
      default -> Wording.BAD;
    };
  }
}
