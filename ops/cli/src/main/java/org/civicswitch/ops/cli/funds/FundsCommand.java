package org.civicswitch.ops.cli.funds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.civicswitch.gateway.iso20022.message.Currencies;
import org.civicswitch.ops.cli.report.DecimalAmount;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.funds.Break;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.funds.FundsReport;
import org.civicswitch.ops.funds.Statement;
import org.civicswitch.ops.funds.StatementArchive;
import org.civicswitch.ops.funds.StatementReader;
import org.civicswitch.ops.funds.WorkBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch funds}: whether the money is at the settlement bank. */
@Command(
    name = "funds",
    description = "Proves the switch's money against the settlement bank's statements.",
    mixinStandardHelpOptions = true,
    subcommands = {
      FundsCommand.Import.class,
      FundsCommand.Status.class,
      BreakCommands.Take.class,
      BreakCommands.Note.class
    })
public final class FundsCommand {
  private FundsCommand() {}

  @Command(
      name = "import",
      description =
          "Takes in a statement of the settlement account: camt.053, MT940, or CSV with the columns"
              + " kind,account,currency,date,amount,reference. The same file again changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Import implements Callable<Integer> {
    @Mixin private FundsOptions options;

    @Parameters(paramLabel = "FILE", description = "As the bank sent it.")
    private Path file;

    @Override
    public Integer call() {
      return Report.of(
          options.command,
          options.json,
          report -> {
            final StatementArchive archive = StatementArchive.open(options.statements());
            final List<Statement> added = archive.add(bytes(), LocalDate.now(ZoneOffset.UTC));
            report.put("added", added.stream().map(Import::json).toList());
            added.forEach(statement -> report.say(line(statement)));
            if (added.isEmpty()) {
              report.say("it is there already");
            }
          });
    }

    private byte[] bytes() throws IOException {
      if (Files.size(file) > StatementReader.BYTES_MAX) {
        throw new IOException(file + " is longer than " + StatementReader.BYTES_MAX + " bytes");
      }
      return Files.readAllBytes(file);
    }

    private static Map<String, Object> json(final Statement statement) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("statement", statement.id());
      fields.put("account", statement.account());
      fields.put("currency", statement.currency());
      fields.put("from", statement.openingDate().toString());
      fields.put("to", statement.closingDate().toString());
      fields.put("opening", amount(statement.opening(), statement.currency()));
      fields.put("closing", amount(statement.closing(), statement.currency()));
      fields.put("entries", statement.entries().size());
      return fields;
    }

    private static String line(final Statement statement) {
      return "statement "
          + statement.id()
          + " of "
          + statement.account()
          + " to "
          + statement.closingDate()
          + ": "
          + statement.entries().size()
          + (statement.entries().size() == 1 ? " entry, " : " entries, ")
          + amount(statement.closing(), statement.currency())
          + " "
          + statement.currency();
    }
  }

  @Command(
      name = "status",
      description =
          "Compares every statement with what came in and went out; exit 1 when they do not agree.",
      mixinStandardHelpOptions = true)
  static final class Status implements Callable<Integer> {
    @Mixin private FundsOptions options;

    @Override
    public Integer call() {
      return FundsSession.report(
          options,
          (session, report) -> {
            final FundsDesk.Look look = session.look();
            final Map<String, WorkBook.Item> work = session.work().items();
            report
                .put("as_of", look.asOf())
                .put("currencies", look.reports().stream().map(one -> json(one, work)).toList());
            for (final FundsReport one : look.reports()) {
              say(report, one, work);
              if (!one.agrees()) {
                report.fail();
              }
            }
          });
    }

    private static Map<String, Object> json(
        final FundsReport one, final Map<String, WorkBook.Item> work) {
      final String currency = one.currency();
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("currency", currency);
      fields.put("account", one.account());
      fields.put("statement", one.statement());
      fields.put("to", one.closingDate() == null ? "" : one.closingDate().toString());
      fields.put("at_bank", amount(one.atBank(), currency));
      fields.put("in_switch", amount(one.inSwitch(), currency));
      fields.put("reserved_out", amount(one.reservedOut(), currency));
      fields.put("awaiting", amount(one.awaiting(), currency));
      fields.put("matched", one.matched());
      fields.put("unexplained", amount(one.unexplained(), currency));
      fields.put("agrees", one.agrees());
      fields.put(
          "breaks", one.breaks().stream().map(b -> json(b, currency, work.get(b.id()))).toList());
      return fields;
    }

    private static Map<String, Object> json(
        final Break one, final String currency, final WorkBook.Item item) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("break", one.id());
      fields.put("kind", one.kind().name());
      fields.put("amount", amount(one.amount(), currency));
      fields.put("reference", one.reference());
      fields.put("since", one.since().toString());
      fields.put("age_days", one.ageDays());
      fields.put("where", one.where());
      fields.put("suggestion", one.suggestion());
      fields.put("holder", item == null ? "" : item.holder());
      fields.put("state", item == null ? "open" : item.state().word());
      fields.put("notes", item == null ? List.of() : BreakCommands.json(item));
      return fields;
    }

    private static void say(
        final Report report, final FundsReport one, final Map<String, WorkBook.Item> work) {
      final String currency = one.currency();
      report.say(
          currency
              + ": in the switch "
              + amount(one.inSwitch(), currency)
              + (one.reservedOut() == 0
                  ? ""
                  : ", of it instructed to leave " + amount(one.reservedOut(), currency))
              + (one.closingDate() == null
                  ? "; no statement yet"
                  : "; at the bank "
                      + amount(one.atBank(), currency)
                      + " on "
                      + one.closingDate()
                      + ", for the next statement "
                      + amount(one.awaiting(), currency)
                      + "; "
                      + one.matched()
                      + " matched, "
                      + one.breaks().size()
                      + (one.breaks().size() == 1 ? " break" : " breaks")));
      for (final Break broken : one.breaks()) {
        report.say(
            "  "
                + amount(broken.amount(), currency)
                + " "
                + broken.kind().words()
                + (broken.reference().isEmpty() ? "" : ", reference " + broken.reference())
                + ", "
                + broken.where()
                + ", since "
                + broken.since()
                + " ("
                + broken.ageDays()
                + (broken.ageDays() == 1 ? " day)" : " days)")
                + ", break "
                + broken.id());
        report.say("    " + broken.suggestion());
        BreakCommands.say(report, work.get(broken.id()));
      }
      if (one.unexplained() != 0) {
        report.say("  not explained by this: " + amount(one.unexplained(), currency));
      }
    }
  }

  private static String amount(final long minor, final String currency) {
    return DecimalAmount.text(minor, Math.max(0, Currencies.exponent(currency)));
  }
}
