package org.civicswitch.ops.cli.treasury;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.verify.Verification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators type, against a running switch. */
@Tag("slow")
final class OperateCommandTest {
  @TempDir private static Path data;
  private static SwitchNode node;
  private String err = "";

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start(data);
  }

  /** Also: what was approved is signed, by those who are said to have. */
  @AfterAll
  static void stop() throws Exception {
    node.close();
    final Verification verified = Verification.of(data);
    assertThat(verified.problems()).isEmpty();
    assertThat(verified.signatures()).isGreaterThan(8);
  }

  /** Types a command with {@code --json} and expects this exit code; the answer is its object. */
  private JsonNode type(final int exit, final String... words) {
    final StringWriter out = new StringWriter();
    final StringWriter error = new StringWriter();
    final CommandLine line = new CommandLine(new OperateCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(error));
    final String[] all = Arrays.copyOf(words, words.length + 3);
    all[words.length] = "--data";
    all[words.length + 1] = data.toString();
    all[words.length + 2] = "--json";
    final int code = line.execute(all);
    err = error.toString();
    assertThat(code).as("%s: %s %s", Arrays.toString(words), out, err).isEqualTo(exit);
    return exit == 2 ? null : JsonMapper.shared().readTree(out.toString());
  }

  private String[] cap(final String participant, final String cap, final String... more) {
    final String[] words = {"limit", "--participant", participant, "--cap", cap};
    final String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void aCapIsRaisedByTwo() {
    final JsonNode looked = type(0, cap("AURBXX2A", "5000001.50", "--dry-run"));
    assertThat(looked.get("effects").get(0).get("before").asString()).isEqualTo("5000000.00");
    assertThat(looked.get("effects").get(0).get("after").asString()).isEqualTo("5000001.50");
    assertThat(looked.get("proposal")).as("nothing was sent").isNull();

    final JsonNode proposed = type(0, cap("AURBXX2A", "5000001.50"));
    assertThat(proposed.get("state").asString()).isEqualTo("OPEN");
    final String id = proposed.get("proposal").asString();
    assertThat(type(0, "list").get("proposals").toString()).contains(id);

    assertThat(type(1, "approve", id, "--operator", "1").get("code").asString())
        .isEqualTo("OPERATOR_NOT_ALLOWED");
    assertThat(err).contains("the operator's role does not allow it");
    final JsonNode approved = type(0, "approve", id);
    assertThat(approved.get("state").asString()).isEqualTo("EXECUTED");
    assertThat(approved.get("effects").get(0).get("before").asString()).isEqualTo("5000000.00");
    assertThat(type(0, cap("101", "1", "--dry-run")).get("effects").get(0).get("before").asString())
        .isEqualTo("5000001.50");
    assertThat(type(1, "approve", id).get("code").asString()).isEqualTo("PROPOSAL_UNKNOWN");
    assertThat(type(0, "show", id).get("state").asString()).isEqualTo("EXECUTED");
  }

  @Test
  void whatWasShownIsSignedAndNothingElse() {
    final String id = type(0, cap("EMBRXX2A", "5000002.00")).get("proposal").asString();
    final JsonNode shown = type(0, "show", id);
    final String seen = shown.get("seen_sequence").asString();
    final String hash = shown.get("hash").asString();
    type(2, "approve", id, "--hash", "x");
    assertThat(err).contains("--hash: 8 to 64 hexadecimal digits, not x");
    assertThat(type(1, "approve", id, "--hash", "00000000").get("code").asString())
        .isEqualTo("PROPOSAL_HASH");
    final String other = type(0, cap("EMBRXX2A", "5000003.00")).get("proposal").asString();
    assertThat(type(0, "approve", other).get("state").asString()).isEqualTo("EXECUTED");
    assertThat(type(1, "approve", id, "--seen", seen, "--hash", hash).get("code").asString())
        .isEqualTo("PROPOSAL_STALE");
    assertThat(type(0, "approve", id, "--hash", hash).get("state").asString())
        .isEqualTo("EXECUTED");
  }

  @Test
  void operatorsComeAndGo() {
    final JsonNode added = type(0, "operator", "9", "--roles", "approver,identity");
    assertThat(added.get("effects").get(0).get("after").asString()).isEqualTo("APPROVER, IDENTITY");
    assertThat(type(0, "approve", added.get("proposal").asString()).get("state").asString())
        .isEqualTo("EXECUTED");
    assertThat(type(0, "operators").get("operators").toString()).contains("\"operator\":9");
    final String by9 = type(0, cap("CEDSXX2A", "5000004.00")).get("proposal").asString();
    assertThat(type(0, "approve", by9, "--operator", "9").get("state").asString())
        .isEqualTo("EXECUTED");
    final JsonNode out = type(0, "operator", "9", "--roles", "none");
    assertThat(out.get("effects").get(0).get("before").asString()).isEqualTo("APPROVER, IDENTITY");
    assertThat(type(0, "approve", out.get("proposal").asString()).get("state").asString())
        .isEqualTo("EXECUTED");
    final String later = type(0, cap("CEDSXX2A", "5000005.00")).get("proposal").asString();
    assertThat(type(1, "approve", later, "--operator", "9").get("code").asString())
        .isEqualTo("OPERATOR_NOT_ALLOWED");
    type(2, "operator", "9", "--roles", "king");
    assertThat(err).contains("--roles: there is no role king");
    type(2, "operator", "10", "--roles", "none");
    assertThat(err).contains("operator 10 is not there to be taken out");
  }

  @Test
  void whatIsNotWantedIsClosedAndNothingChanges() {
    final String own =
        type(0, "status", "suspended", "--participant", "CEDSXX2A").get("proposal").asString();
    assertThat(type(0, "close", own, "--operator", "1").get("state").asString())
        .isEqualTo("WITHDRAWN");
    final String other =
        type(0, "status", "suspended", "--participant", "CEDSXX2A").get("proposal").asString();
    assertThat(type(0, "close", other, "--operator", "3").get("state").asString())
        .isEqualTo("REJECTED");
    assertThat(
            type(0, "status", "suspended", "--participant", "CEDSXX2A", "--dry-run")
                .get("effects")
                .get(0)
                .get("before")
                .asString())
        .isEqualTo("ACTIVE");
  }

  @Test
  void moneyComesInOncePerReference() {
    final String[] in = {
      "liquidity", "in", "--participant", "DUNEXX2A", "--amount", "12.34", "--reference", "B-77"
    };
    final JsonNode first = type(0, in);
    assertThat(first.get("effects").get(0).get("before").asString()).isEqualTo("10000000.00");
    final String again = type(0, in).get("proposal").asString();
    assertThat(type(0, "approve", first.get("proposal").asString()).get("state").asString())
        .isEqualTo("EXECUTED");
    assertThat(type(1, "approve", again).get("state").asString()).isEqualTo("FAILED");
    assertThat(type(0, in).get("effects").get(0).get("before").asString()).isEqualTo("10000012.34");
  }

  @Test
  void glassIsBrokenByWhoMay() {
    assertThat(type(1, cap("BORBXX2A", "7", "--break-glass", "a drill")).get("code").asString())
        .isEqualTo("OPERATOR_NOT_ALLOWED");
    assertThat(
            type(0, cap("BORBXX2A", "7", "--break-glass", "a drill", "--operator", "4"))
                .get("state")
                .asString())
        .isEqualTo("EXECUTED");
    type(2, cap("BORBXX2A", "7", "--break-glass", "", "--operator", "4"));
    assertThat(err).contains("a reason has 1 to 64 ASCII characters");
  }

  @Test
  void settingsRulesAndWindowsGoTheSameWay() {
    final String set = type(0, "set", "LINES_PER_STEP", "50").get("proposal").asString();
    assertThat(type(0, "approve", set).get("state").asString()).isEqualTo("EXECUTED");
    final JsonNode rule =
        type(0, "rule", "limit", "--approvals", "5", "--asset", "EUR", "--from", "1000000.00");
    final JsonNode refused = type(1, "approve", rule.get("proposal").asString());
    assertThat(refused.get("state").asString()).as("there is one approver").isEqualTo("FAILED");
    final String window = type(0, "window", "close").get("proposal").asString();
    assertThat(type(0, "approve", window).get("state").asString()).isEqualTo("EXECUTED");
    assertThat(
            type(0, "window", "close", "--dry-run").get("effects").get(0).get("after").asString())
        .isEqualTo("3");
    assertThat(type(0, "window", "show", "1").get("state").asString())
        .as("nobody owed anything")
        .isEqualTo("SETTLED");
    final String late =
        type(0, "window", "propose", "1", "--reference", "S-1").get("proposal").asString();
    assertThat(type(1, "approve", late).get("state").asString())
        .as("it is settled")
        .isEqualTo("FAILED");
    assertThat(type(0, "list").get("rules").size()).isEqualTo(19);
  }

  @Test
  void aSchemeSettlesDeferredAgainstCollateral() {
    final JsonNode model = type(0, "model", "set", "net", "--scheme", "7");
    assertThat(model.get("effects").get(0).get("before").asString()).isEqualTo("PREFUNDED_GROSS");
    approve(model);
    assertThat(type(0, "model", "show").get("models").get(0).get("model").asString())
        .isEqualTo("DEFERRED_NET");
    final String[] in = {
      "collateral",
      "move",
      "in",
      "--participant",
      "AURBXX2A",
      "--amount",
      "10",
      "--reference",
      "C-1"
    };
    approve(type(0, in));
    approve(type(0, "default-fund", "move", "in", "--amount", "2.50", "--reference", "C-2"));
    assertThat(type(0, "collateral", "show", "--participant", "AURBXX2A").get("held").asString())
        .isEqualTo("10.00");
    assertThat(type(0, "default-fund", "show").get("held").asString()).isEqualTo("2.50");
    final JsonNode dry = type(0, "window", "dry-run");
    assertThat(dry.get("state").asString()).isEqualTo("OPEN");
    assertThat(dry.get("debts").isEmpty()).isTrue();
    assertThat(type(0, "window", "list").get("windows").get(0).get("state").asString())
        .isEqualTo("OPEN");
    assertThat(
            type(0, "window", "report", dry.get("window").toString(), "--participant", "AURBXX2A")
                .get("csv")
                .size())
        .isEqualTo(1);
    type(2, "model", "set", "later", "--scheme", "7");
    assertThat(err).contains("MODEL: gross, net or bilateral, not later");
    type(
        2,
        "collateral",
        "move",
        "out",
        "--participant",
        "AURBXX2A",
        "--amount",
        "1",
        "--reference",
        "C-3");
    assertThat(err).contains("STEP: in, reserve, confirm or cancel, not out");
    type(1, "window", "show", "99");
    assertThat(err).contains("there is no window 99");
  }

  private void approve(final JsonNode proposed) {
    assertThat(type(0, "approve", proposed.get("proposal").asString()).get("state").asString())
        .isEqualTo("EXECUTED");
  }

  @Test
  void wrongWordsSayWhatIsWrong() {
    type(2, cap("NOBODY", "1"));
    assertThat(err).contains("--participant: no participant has the code or number NOBODY");
    type(2, cap("AURBXX2A", "1.234"));
    assertThat(err).contains("--cap: not a decimal amount with at most 2 decimals");
    type(2, cap("AURBXX2A", "1", "--asset", "XYZ"));
    assertThat(err).contains("--asset: no asset has the code XYZ");
    type(2, "set", "NOTHING", "1");
    assertThat(err).contains("PARAMETER: there is none of the name NOTHING");
    type(2, "rule", "limits", "--approvals", "1");
    assertThat(err).contains("KIND: one of setting, version,");
    type(2, "approve", "one");
    assertThat(err).contains("ID: not a proposal's id: one");
    type(1, "show", "00000000-0000-0000-0000-000000000001");
    assertThat(err).contains("there is no proposal 00000000-0000-0000-0000-000000000001");
  }
}
