package org.civicswitch.ops.cli.treasury;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.SettlementBook;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code operate model}: how schemes settle. */
@Command(
    name = "model",
    description = "How each scheme settles in each currency.",
    mixinStandardHelpOptions = true)
final class ModelCommands {
  private static final List<String> WORDS = List.of("gross", "net", "bilateral");

  @Command(
      name = "set",
      description =
          "Sets it from now on; payments that are reserved keep theirs. Deferred payments are final"
              + " too; what they add up to is owed in the window that is open when they are posted.",
      mixinStandardHelpOptions = true)
  int set(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "MODEL", description = "gross, net (against all) or bilateral.")
          final String model,
      @Option(
              names = "--scheme",
              required = true,
              paramLabel = "N",
              description = "Number of the scheme, 0 to 65535.")
          final int scheme,
      @Option(
              names = "--asset",
              defaultValue = "EUR",
              paramLabel = "CODE",
              description = OperateCommand.ASSET)
          final String asset,
      @Option(
              names = "--uncovered",
              description = "Net debit caps count in full, whatever collateral there is.")
          final boolean uncovered) {
    if (!WORDS.contains(model)) {
      throw options.wrong("MODEL: gross, net or bilateral, not " + model);
    }
    if (scheme < 0 || scheme > 65_535) {
      throw options.wrong("--scheme: 0 to 65535, not " + scheme);
    }
    final SettlementModel[] models = {
      SettlementModel.PREFUNDED_GROSS,
      SettlementModel.DEFERRED_NET,
      SettlementModel.DEFERRED_NET_BILATERAL
    };
    return TreasurySession.change(
        options,
        session ->
            Change.settlementModel(
                scheme,
                options.asset(session.desk().book(), asset).number(),
                models[WORDS.indexOf(model)],
                uncovered));
  }

  @Command(
      name = "show",
      description = "The models that were set; every other scheme is prefunded gross.",
      mixinStandardHelpOptions = true)
  int show(@Mixin final OperateOptions options) {
    return TreasurySession.report(
        options,
        (session, report) -> {
          final TreasuryBook book = session.desk().book();
          final List<SettlementBook.Model> models = book.settlement().models();
          report.put("models", models.stream().map(m -> json(book, m)).toList());
          if (models.isEmpty()) {
            report.say("every scheme is prefunded gross");
          }
          for (final SettlementBook.Model one : models) {
            report.say(
                "scheme "
                    + one.scheme()
                    + " "
                    + book.code(one.asset())
                    + ": "
                    + one.words()
                    + (one.uncovered() ? ", caps beyond collateral" : ""));
          }
        });
  }

  private static Map<String, Object> json(
      final TreasuryBook book, final SettlementBook.Model model) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scheme", model.scheme());
    fields.put("asset", book.code(model.asset()));
    fields.put("model", model.model().name());
    fields.put("uncovered", model.uncovered());
    return fields;
  }
}
