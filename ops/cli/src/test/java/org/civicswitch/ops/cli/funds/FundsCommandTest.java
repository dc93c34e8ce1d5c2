package org.civicswitch.ops.cli.funds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.treasury.OperateCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against a running switch: money comes in, the bank says so, or something else. */
@Tag("slow")
final class FundsCommandTest {
  @TempDir private Path data;
  @TempDir private Path files;
  private String err;

  private JsonNode type(final Object command, final int exit, final String... words) {
    final StringWriter out = new StringWriter();
    final StringWriter error = new StringWriter();
    final CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(error));
    final String[] all = Arrays.copyOf(words, words.length + 3);
    all[words.length] = "--data";
    all[words.length + 1] = data.toString();
    all[words.length + 2] = "--json";
    final int code = line.execute(all);
    err = error.toString();
    assertThat(code).as("%s: %s %s", Arrays.toString(words), out, err).isEqualTo(exit);
    return JsonMapper.shared().readTree(out.toString());
  }

  private JsonNode funds(final int exit, final String... words) {
    return type(new CommandLine(FundsCommand.class).getCommand(), exit, words);
  }

  private JsonNode euro(final int exit) {
    for (final JsonNode one : funds(exit, "status").get("currencies")) {
      if (one.get("currency").asString().equals("EUR")) {
        return one;
      }
    }
    throw new AssertionError("no EUR");
  }

  private Path statement(final String opening, final String more, final String closing)
      throws Exception {
    // The last closing balance of today, and tomorrow's bookings.
    final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    final String next = today.plusDays(1).toString();
    return Files.writeString(
        files.resolve("statement.csv"),
        "kind,account,currency,date,amount,reference\n"
            + ("opening,XX01,EUR," + today + "," + opening + ",\n")
            + more.replace("DAY", next)
            + ("closing,XX01,EUR," + next + "," + closing + ",S-1\n"));
  }

  /** Lies on the same account as what is prefunded. */
  private void collateral() {
    approve(type(new OperateCommand(), 0, "model", "set", "net", "--scheme", "7"));
    approve(
        type(
            new OperateCommand(),
            0,
            "default-fund",
            "move",
            "in",
            "--amount",
            "3.00",
            "--reference",
            "C-77"));
  }

  private void approve(final JsonNode proposed) {
    type(new OperateCommand(), 0, "approve", proposed.get("proposal").asString());
  }

  @Test
  void theBankSaysWhatTheSwitchSaysOrItIsABreak() throws Exception {
    try (SwitchNode node = TestNode.start(data)) {
      assertThat(node.endpoints()).isNotNull();
      final JsonNode before = euro(0);
      assertThat(before.get("agrees").asBoolean()).isTrue();
      final BigDecimal prefunded = new BigDecimal(before.get("in_switch").asString());
      final String proposal =
          type(
                  new OperateCommand(),
                  0,
                  "liquidity",
                  "in",
                  "--participant",
                  "AURBXX2A",
                  "--amount",
                  "12.34",
                  "--reference",
                  "B-77")
              .get("proposal")
              .asString();
      type(new OperateCommand(), 0, "approve", proposal);
      collateral();

      final Path broken = statement(prefunded.toString(), "", "1.00");
      funds(1, "import", broken.toString());
      assertThat(err).contains("the closing balance says 1.00 EUR");
      final Path file =
          statement(
              prefunded.toString(),
              """
              entry,XX01,EUR,DAY,12.34,B-77
              entry,XX01,EUR,DAY,3.00,C-77
              entry,XX01,EUR,DAY,5.00,UNKNOWN-1
              """,
              prefunded.add(new BigDecimal("20.34")).toString());
      assertThat(funds(0, "import", file.toString()).get("added").get(0).get("entries").asInt())
          .isEqualTo(3);
      assertThat(funds(0, "import", file.toString()).get("added").size()).isZero();
      final JsonNode after = euro(1);
      assertThat(after.get("matched").asInt()).isEqualTo(2);
      assertThat(after.get("unexplained").asString()).isEqualTo("0.00");
      final JsonNode found = after.get("breaks").get(0);
      assertThat(found.get("kind").asString()).isEqualTo("NOT_IN_SWITCH");
      assertThat(found.get("amount").asString()).isEqualTo("5.00");
      assertThat(found.get("suggestion").asString()).contains("--reference 'UNKNOWN-1'");
    }
  }
}
