package org.civicswitch.ops.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.funds.Break;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.FundsReport;
import org.civicswitch.ops.funds.WorkBook;
import org.civicswitch.ops.treasury.ChangeRefused;
import org.civicswitch.ops.treasury.Proposal;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.SignOffs;
import org.civicswitch.ops.treasury.TreasuryBook;
import org.civicswitch.ops.treasury.TreasuryDesk;
import org.civicswitch.ops.treasury.WindowSteps;

/**
 * What an officer signs at the end of the day: plain lines, the same bytes on the page, on paper
 * and under the signature. Blocks. Used once.
 */
final class SignOffSheet {
  /** Lines of a part; how many more there are is said. */
  static final int LINES_LISTED = 300;

  private final Treasury treasury;
  private final TreasuryBook book;
  private final Board board;
  private final StringBuilder text = new StringBuilder(8 * 1024);

  SignOffSheet(final Treasury treasury, final Board board) {
    this.treasury = treasury;
    this.book = treasury.desk().book();
    this.board = board;
  }

  /**
   * The sheet that would be signed now.
   *
   * @param before all that were signed
   * @param key of the officer
   */
  String write(
      final List<SignOffs.SignOff> before,
      final int operator,
      final Digest256 key,
      final long nowMs)
      throws IOException, ChangeRefused, InterruptedException {
    final long since = before.isEmpty() ? 0 : before.get(before.size() - 1).sequence();
    final TreasuryDesk.State state = treasury.desk().state();
    // What is behind the state in the feed is read before it is told of.
    BackgroundWork.readBack(
        () ->
            book.feedSequence() >= state.feedSequence()
                && treasury.funds().asOf() >= state.feedSequence()
                && board.read(Projection::proof).asOf().feedSequence() >= state.feedSequence());
    text.append(SignOffs.head(before)).append(SignOffs.officer(operator, key));
    line("time", Utc.iso(nowMs));
    line("since log sequence", Long.toString(since));
    line("log sequence", Long.toString(state.sequence()));
    line("state hash", String.format(Locale.ROOT, "%016x", state.hash()));
    line("feed sequence", Long.toString(state.feedSequence()));
    positions();
    windows(since);
    funds();
    proposals(since);
    part("TO CHECK THIS");
    text.append("this sheet and those before it: ")
        .append(treasury.line("sign-off", "check"))
        .append("\nbank and switch: ")
        .append(treasury.line("funds", "status"))
        .append("\nthe state hash, made again from the log: ")
        .append(treasury.line("as-of", "--sequence", Long.toString(state.sequence())))
        .append("\neverything, from the first command on, with the switch stopped: ")
        .append(treasury.line("verify"))
        .append('\n');
    return text.toString();
  }

  private void line(final String name, final String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  /** What others wrote stays on its line: the sheet's lines are the switch's. */
  private static String clean(final String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }

  private void part(final String title) {
    text.append('\n').append(title).append('\n');
  }

  /** At most so many; the rest is counted. */
  private <T> List<T> listed(final List<T> all) {
    return all.subList(0, Math.min(LINES_LISTED, all.size()));
  }

  private void more(final List<?> all) {
    if (all.isEmpty()) {
      text.append("none\n");
    } else if (all.size() > LINES_LISTED) {
      text.append("and ").append(all.size() - LINES_LISTED).append(" more, not listed\n");
    }
  }

  private void positions() {
    final Projection.Proof proof = board.read(Projection::proof);
    final List<Views.Position> positions = board.read(MoneyViews::positions);
    part("POSITIONS at feed sequence " + board.read(Projection::asOf).feedSequence());
    for (final Views.Position one : listed(positions)) {
      text.append(one.participant())
          .append(' ')
          .append(one.available().currency())
          .append(' ')
          .append(one.posted().decimal())
          .append(", of it reserved ")
          .append(one.reserved().decimal())
          .append(", cap ")
          .append(one.netDebitCap().decimal())
          .append('\n');
    }
    more(positions);
    text.append(
        proof.holds()
            ? "every unit on the settlement account is accounted for\n"
            : "THE BOOKS DO NOT AGREE WITH THE SETTLEMENT ACCOUNT\n");
  }

  private void windows(final long since) {
    part("SETTLEMENT WINDOWS with a step since then, and the open one");
    final List<SettlementBook.Window> windows =
        book.settlement().windows().stream()
            .filter(
                one ->
                    one.steps().isEmpty()
                        || one.steps().get(one.steps().size() - 1).sequence() > since)
            .toList();
    for (final SettlementBook.Window one : listed(windows)) {
      text.append("window ").append(one.number()).append(": ").append(one.state());
      WindowSteps.of(book, one)
          .forEach(
              step ->
                  text.append("; ")
                      .append(step.words())
                      .append(" at ")
                      .append(step.sequence())
                      .append(" by ")
                      .append(step.who()));
      text.append('\n');
      final List<SettlementBook.Net> nets = one.nets();
      for (final SettlementBook.Net net : listed(nets)) {
        text.append("  ")
            .append(book.name(net.participant()))
            .append(' ')
            .append(book.code(net.asset()))
            .append(net.net() < 0 ? " owes " : " gets ")
            .append(book.amount(Math.abs(net.net()), net.asset()))
            .append('\n');
      }
      if (nets.size() > LINES_LISTED) {
        more(nets);
      }
    }
    more(windows);
  }

  private void funds() throws IOException {
    final FundsDesk.Look look = treasury.funds().look();
    final Map<String, WorkBook.Item> work = treasury.funds().work().items();
    part("PROOF OF FUNDS at feed sequence " + look.asOf());
    for (final FundsReport one : look.reports()) {
      text.append(one.currency())
          .append(": in the switch ")
          .append(amount(one.currency(), one.inSwitch()));
      if (one.closingDate() == null) {
        text.append("; no statement yet\n");
        continue;
      }
      text.append("; at the bank ")
          .append(amount(one.currency(), one.atBank()))
          .append(" on ")
          .append(one.closingDate())
          .append(", statement ")
          .append(clean(one.statement()))
          .append("; for the next statement ")
          .append(amount(one.currency(), one.awaiting()))
          .append("; ")
          .append(one.agrees() ? "agrees" : one.breaks().size() + " breaks")
          .append('\n');
      for (final Break broken : listed(one.breaks())) {
        final WorkBook.Item item = work.get(broken.id());
        text.append("  break ")
            .append(broken.id())
            .append(": ")
            .append(amount(one.currency(), broken.amount()))
            .append(' ')
            .append(broken.kind().words())
            .append(", since ")
            .append(broken.since())
            .append(", ")
            .append(item == null ? "open" : item.state().word())
            .append(", ")
            .append(
                item == null || item.holder().isEmpty() ? "nobody has it" : clean(item.holder()))
            .append('\n');
      }
      if (one.breaks().size() > LINES_LISTED) {
        more(one.breaks());
      }
    }
  }

  private String amount(final String currency, final long minor) {
    return book.asset(currency)
        .map(asset -> book.amount(minor, asset.number()))
        .orElse(Long.toString(minor));
  }

  private void proposals(final long since) {
    part("PROPOSALS that are open, or were closed since then");
    final List<Proposal> proposals =
        book.proposals().stream()
            .filter(one -> one.isOpen() || one.changedSequence() > since)
            .toList();
    for (final Proposal one : listed(proposals)) {
      text.append(one.id())
          .append(' ')
          .append(one.kind())
          .append(": ")
          .append(one.state())
          .append(one.state() == ProposalState.FAILED ? " " + one.code() : "")
          .append(", by operator ")
          .append(one.proposer());
      one.approvers().forEach(by -> text.append(", approved by operator ").append(by));
      text.append(", last at ").append(one.changedSequence()).append('\n');
    }
    more(proposals);
    part("GLASS BROKEN since then, of the last 20");
    final List<GlassBreaks.Break> glass = board.read(projection -> projection.glass.behind(since));
    for (final GlassBreaks.Break one : glass) {
      text.append(one.kind())
          .append(" by operator ")
          .append(one.operator())
          .append(" at ")
          .append(one.sequence())
          .append(": ")
          .append(clean(one.reason()))
          .append('\n');
    }
    more(glass);
  }
}
