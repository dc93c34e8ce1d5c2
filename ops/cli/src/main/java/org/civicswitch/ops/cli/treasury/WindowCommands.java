package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.util.List;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code operate window}: a settlement window from its close to its settlement. */
@Command(
    name = "window",
    description = "Settlement windows: look, close, propose, confirm, settle.",
    mixinStandardHelpOptions = true)
final class WindowCommands {
  private static final String NUMBER = "Number of the window.";
  private static final String REFERENCE = "Of the settlement bank; counts once.";

  private static SettlementBook.Window find(final TreasurySession session, final long number)
      throws IOException {
    return session
        .desk()
        .book()
        .settlement()
        .window(number)
        .orElseThrow(
            () -> new IOException("there is no window " + number + ", or it is long settled"));
  }

  @Command(
      name = "list",
      description = "The open window and those closed last.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin final OperateOptions options,
      @Option(
              names = "--count",
              defaultValue = "20",
              paramLabel = "N",
              description = "At most so many; default ${DEFAULT-VALUE}.")
          final int count) {
    if (count < 1) {
      throw options.wrong("--count: at least 1");
    }
    return TreasurySession.report(
        options,
        (session, report) -> {
          final WindowReport words = new WindowReport(session.desk().book());
          final List<SettlementBook.Window> shown =
              session.desk().book().settlement().windows().stream().limit(count).toList();
          report.put("windows", shown.stream().map(words::json).toList());
          shown.forEach(window -> report.say(words.line(window)));
        });
  }

  @Command(
      name = "show",
      description = "What everybody paid, was paid, gets or owes in a window.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin final OperateOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number) {
    return TreasurySession.report(
        options,
        (session, report) -> {
          final WindowReport words = new WindowReport(session.desk().book());
          final SettlementBook.Window window = find(session, number);
          words.json(window).forEach(report::put);
          report.say(words.line(window));
          words.steps(report, window);
          words.obligations(report, window);
        });
  }

  @Command(
      name = "dry-run",
      description =
          "What closing the open window now would give: who gets, who owes, who goes short of its"
              + " collateral by how much. Of a closed window: the same of what is not covered yet.",
      mixinStandardHelpOptions = true)
  int dryRun(
      @Mixin final OperateOptions options,
      @Parameters(
              paramLabel = "WINDOW",
              arity = "0..1",
              description = "Number of the window; default: the open one.")
          final Long number) {
    return TreasurySession.report(
        options,
        (session, report) -> {
          final TreasuryBook book = session.desk().book();
          final WindowReport words = new WindowReport(book);
          final long seen = session.desk().seen();
          final SettlementBook.Window window =
              find(session, number == null ? book.settlement().openWindow() : number);
          words.json(window).forEach(report::put);
          report.put("seen_sequence", seen);
          report.say(words.line(window));
          words.obligations(report, window);
          words.debts(report, window);
          report.say("(as it is at sequence " + seen + "; what is reserved may still be posted)");
        });
  }

  @Command(
      name = "report",
      description = "A participant's part of a window as CSV.",
      mixinStandardHelpOptions = true)
  int report(
      @Mixin final OperateOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = OperateCommand.PARTICIPANT)
          final String participant) {
    return TreasurySession.report(
        options,
        (session, report) -> {
          final TreasuryBook book = session.desk().book();
          final List<String> lines =
              new WindowReport(book)
                  .csv(find(session, number), options.participant(book, participant));
          report.put("csv", lines);
          lines.forEach(report::say);
        });
  }

  @Command(
      name = "close",
      description =
          "Closes the open window; the next one opens. A payment posted behind this belongs to the"
              + " next, whenever it was reserved.",
      mixinStandardHelpOptions = true)
  int close(
      @Mixin final SignOptions options,
      @Parameters(
              arity = "0..1",
              paramLabel = "NUMBER",
              description = "The window that is meant; refused if another is open.")
          final Integer number) {
    return TreasurySession.change(
        options,
        session -> {
          final long open = session.desk().book().settlement().openWindow();
          if (number != null && number != open) {
            throw new IOException("window " + open + " is open, not " + number);
          }
          return Change.closeWindow(open);
        });
  }

  @Command(
      name = "propose",
      description =
          "A closed window was instructed at the settlement bank. Again under another reference as"
              + " long as it is not confirmed.",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number,
      @Option(names = "--reference", required = true, paramLabel = "TEXT", description = REFERENCE)
          final String reference) {
    options.reference(reference);
    return TreasurySession.change(
        options, session -> Change.proposeSettlement(number, session.reference(reference)));
  }

  @Command(
      name = "confirm",
      description = "The settlement bank has carried out what was instructed.",
      mixinStandardHelpOptions = true)
  int confirm(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number,
      @Option(names = "--reference", required = true, paramLabel = "TEXT", description = REFERENCE)
          final String reference) {
    options.reference(reference);
    return TreasurySession.change(
        options, session -> Change.confirmSettlement(number, session.reference(reference)));
  }

  @Command(
      name = "settle",
      description = "Takes a confirmed window's obligations off the positions.",
      mixinStandardHelpOptions = true)
  int settle(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number) {
    return TreasurySession.change(options, session -> Change.settleWindow(number));
  }

  @Command(
      name = "default",
      description =
          "A participant cannot pay what it owes in a proposed window: it is suspended, and its"
              + " collateral, then the default fund, pay. Its payments stay as they are.",
      mixinStandardHelpOptions = true)
  int declareDefault(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "WINDOW", description = NUMBER) final long number,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = OperateCommand.PARTICIPANT)
          final String participant,
      @Option(
              names = "--counterparty",
              paramLabel = "BIC",
              description = "To whom it owes in a pair; default: what it owes against all.")
          final String counterparty,
      @Option(
              names = "--asset",
              defaultValue = "EUR",
              paramLabel = "CODE",
              description = OperateCommand.ASSET)
          final String asset) {
    return TreasurySession.change(
        options,
        session -> {
          final TreasuryBook book = session.desk().book();
          return Change.declareDefault(
              number,
              options.asset(book, asset).number(),
              options.participant(book, participant).number(),
              counterparty == null ? 0 : options.participant(book, counterparty).number());
        });
  }
}
