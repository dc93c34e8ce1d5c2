package org.civicswitch.ops.treasury;

import java.util.List;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.WindowState;

/** What became of a settlement window, in words: for the command line and for pages. */
public final class WindowSteps {
  private WindowSteps() {}

  /**
   * One step.
   *
   * @param words what was done
   * @param sequence of the log
   * @param timeMs UTC milliseconds
   * @param who did it, as far as the feed tells
   */
  public record Told(String words, long sequence, long timeMs, String who) {}

  /** In the order in which they were done. */
  public static List<Told> of(final TreasuryBook book, final SettlementBook.Window window) {
    final List<Proposal> proposals = book.proposals();
    return window.steps().stream()
        .map(
            step ->
                new Told(words(step.state()), step.sequence(), step.timeMs(), who(proposals, step)))
        .toList();
  }

  private static String words(final WindowState state) {
    return switch (state) {
      case CLOSING -> "closed";
      case CLOSED -> "obligations recorded";
      case PROPOSED -> "proposed";
      case CONFIRMED -> "confirmed";
      case SETTLING -> "settling begun";
      case SETTLED -> "settled";
      default -> state.name();
    };
  }

  /** A step that was approved is an executed proposal of the same sequence. */
  private static String who(final List<Proposal> proposals, final SettlementBook.Step step) {
    for (final Proposal one : proposals) {
      if (one.changedSequence() == step.sequence() && one.state() == ProposalState.EXECUTED) {
        final StringBuilder who = new StringBuilder("operator ").append(one.proposer());
        one.approvers().forEach(by -> who.append(", approved by operator ").append(by));
        return who.toString();
      }
    }
    if (step.signer() != 0) {
      return "operator " + step.signer();
    }
    return step.state() == WindowState.CLOSING ? "not told" : "the switch";
  }
}
