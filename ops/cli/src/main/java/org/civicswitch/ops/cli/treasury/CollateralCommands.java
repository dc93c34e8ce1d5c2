package org.civicswitch.ops.cli.treasury;

import java.util.LinkedHashMap;
import java.util.Map;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What pays for somebody who cannot. */
final class CollateralCommands {
  private static final String STEPS = "in, reserve, confirm or cancel.";
  private static final String AMOUNT = "A decimal amount.";
  private static final String REFERENCE = "Of the settlement bank's booking; counts once.";

  private CollateralCommands() {}

  private static int move(
      final SignOptions options,
      final String step,
      final String participant,
      final String asset,
      final String amount,
      final String reference) {
    final var kind = options.step(step);
    options.reference(reference);
    return TreasurySession.change(
        options,
        session -> {
          final TreasuryBook book = session.desk().book();
          final TreasuryBook.Asset in = options.asset(book, asset);
          return Change.collateral(
              participant == null ? 0 : options.participant(book, participant).number(),
              in.number(),
              options.amount("--amount", amount, in),
              kind,
              session.reference(reference));
        });
  }

  private static void say(
      final Report report, final TreasuryBook book, final int participant, final int asset) {
    final SettlementBook.Funds funds = book.settlement().funds(participant, asset);
    final Map<String, Object> fields = new LinkedHashMap<>();
    if (participant != 0) {
      fields.put("participant", book.name(participant));
    }
    fields.put("asset", book.code(asset));
    fields.put("held", book.amount(funds.held(), asset));
    fields.put("reserved", book.amount(funds.reserved(), asset));
    fields.forEach(report::put);
    report.say(
        (participant == 0 ? "default fund" : book.name(participant) + " collateral")
            + " "
            + book.code(asset)
            + ": "
            + book.amount(funds.held(), asset)
            + (funds.reserved() == 0
                ? ""
                : ", of that reserved to go out " + book.amount(funds.reserved(), asset)));
  }

  /** {@code operate collateral}. */
  @Command(
      name = "collateral",
      description =
          "A participant's collateral, which bounds what it may owe under deferred models.",
      mixinStandardHelpOptions = true)
  static final class Collateral {
    @Command(
        name = "move",
        description =
            "Brings it in, or out in two steps: reserve it, then confirm or cancel under the same"
                + " reference. What is left must cover what the participant owes.",
        mixinStandardHelpOptions = true)
    int move(
        @Mixin final SignOptions options,
        @Parameters(paramLabel = "STEP", description = STEPS) final String step,
        @Option(
                names = "--participant",
                required = true,
                paramLabel = "BIC",
                description = OperateCommand.PARTICIPANT)
            final String participant,
        @Option(
                names = "--asset",
                defaultValue = "EUR",
                paramLabel = "CODE",
                description = OperateCommand.ASSET)
            final String asset,
        @Option(names = "--amount", required = true, paramLabel = "N", description = AMOUNT)
            final String amount,
        @Option(
                names = "--reference",
                required = true,
                paramLabel = "TEXT",
                description = REFERENCE)
            final String reference) {
      return CollateralCommands.move(options, step, participant, asset, amount, reference);
    }

    @Command(
        name = "show",
        description = "What a participant has put up.",
        mixinStandardHelpOptions = true)
    int show(
        @Mixin final OperateOptions options,
        @Option(
                names = "--participant",
                required = true,
                paramLabel = "BIC",
                description = OperateCommand.PARTICIPANT)
            final String participant,
        @Option(
                names = "--asset",
                defaultValue = "EUR",
                paramLabel = "CODE",
                description = OperateCommand.ASSET)
            final String asset) {
      return TreasurySession.report(
          options,
          (session, report) -> {
            final TreasuryBook book = session.desk().book();
            say(
                report,
                book,
                options.participant(book, participant).number(),
                options.asset(book, asset).number());
          });
    }
  }

  /** {@code operate default-fund}. */
  @Command(
      name = "default-fund",
      description = "What pays for a participant whose collateral does not cover what it owes.",
      mixinStandardHelpOptions = true)
  static final class DefaultFund {
    @Command(
        name = "move",
        description =
            "Brings money in, or out in two steps: reserve it, then confirm or cancel under the same"
                + " reference.",
        mixinStandardHelpOptions = true)
    int move(
        @Mixin final SignOptions options,
        @Parameters(paramLabel = "STEP", description = STEPS) final String step,
        @Option(
                names = "--asset",
                defaultValue = "EUR",
                paramLabel = "CODE",
                description = OperateCommand.ASSET)
            final String asset,
        @Option(names = "--amount", required = true, paramLabel = "N", description = AMOUNT)
            final String amount,
        @Option(
                names = "--reference",
                required = true,
                paramLabel = "TEXT",
                description = REFERENCE)
            final String reference) {
      return CollateralCommands.move(options, step, null, asset, amount, reference);
    }

    @Command(
        name = "show",
        description = "What is in the fund of a currency.",
        mixinStandardHelpOptions = true)
    int show(
        @Mixin final OperateOptions options,
        @Option(
                names = "--asset",
                defaultValue = "EUR",
                paramLabel = "CODE",
                description = OperateCommand.ASSET)
            final String asset) {
      return TreasurySession.report(
          options,
          (session, report) -> {
            final TreasuryBook book = session.desk().book();
            say(report, book, 0, options.asset(book, asset).number());
          });
    }
  }
}
