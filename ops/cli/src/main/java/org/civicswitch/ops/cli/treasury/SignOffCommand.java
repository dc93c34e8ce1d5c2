package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.treasury.SignOffs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch sign-off}: the sheets that officers signed at the end of their day. */
@Command(
    name = "sign-off",
    description = "The sheets that officers signed; they are made and signed on the console.",
    mixinStandardHelpOptions = true)
public final class SignOffCommand {
  private static SignOffs signOffs(final OperateOptions options) {
    return new SignOffs(options.data.resolve("sign-offs"));
  }

  private static Map<String, Object> json(final SignOffs.SignOff one) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", one.number());
    fields.put("operator", one.operator());
    fields.put("sequence", one.sequence());
    fields.put("hash", one.hash().toString());
    return fields;
  }

  @Command(
      name = "list",
      description = "All of them, as they are in the directory; nothing is checked.",
      mixinStandardHelpOptions = true)
  int list(@Mixin final OperateOptions options) {
    return Report.of(
        options.command,
        options.json,
        report -> {
          final List<SignOffs.SignOff> all = signOffs(options).all();
          report.put("sign_offs", all.stream().map(SignOffCommand::json).toList());
          for (final SignOffs.SignOff one : all) {
            report.say(
                "sheet "
                    + one.number()
                    + ": operator "
                    + one.operator()
                    + ", log sequence "
                    + one.sequence()
                    + ", hash "
                    + one.hash());
          }
          if (all.isEmpty()) {
            report.say("nothing was signed yet");
          }
        });
  }

  @Command(
      name = "show",
      description = "One sheet, as it was signed.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin final OperateOptions options,
      @Parameters(paramLabel = "NUMBER", description = "Number of the sheet.") final int number) {
    return Report.of(
        options.command,
        options.json,
        report -> {
          final SignOffs.SignOff found =
              signOffs(options).all().stream()
                  .filter(one -> one.number() == number)
                  .findFirst()
                  .orElseThrow(() -> new IOException("there is no sheet " + number));
          json(found).forEach(report::put);
          report.put("text", found.text()).put("signature", found.signature());
          found.text().lines().forEach(report::say);
          report.say("signature: " + found.signature());
        });
  }

  @Command(
      name = "check",
      description =
          "Checks every number, link and signature against the keys that the running switch knows of;"
              + " exit 1 when one does not hold.",
      mixinStandardHelpOptions = true)
  int check(@Mixin final OperateOptions options) {
    return TreasurySession.report(
        options,
        (session, report) -> {
          final List<SignOffs.SignOff> all = signOffs(options).all();
          final List<String> problems = SignOffs.check(all, session.desk().book()::key);
          report.put("checked", all.size()).put("problems", problems);
          report.say(all.size() + (all.size() == 1 ? " sheet" : " sheets") + " checked");
          problems.forEach(problem -> report.say("PROBLEM  " + problem));
          if (!problems.isEmpty()) {
            report.fail();
          }
        });
  }
}
