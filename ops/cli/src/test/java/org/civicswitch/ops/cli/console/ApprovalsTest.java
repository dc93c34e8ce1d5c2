package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.verify.Verification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators change a running switch from their pages. */
@Tag("slow")
final class ApprovalsTest {
  private static final String CAP = "/changes/limit/preview?asset=EUR&participant=";

  @TempDir private static Path data;
  private static SwitchNode node;
  private static String console;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start(data);
    console = node.endpoints().url("console");
  }

  /** Also: what was signed here is what the log has, by those who are said to have. */
  @AfterAll
  static void stop() throws Exception {
    node.close();
    final Verification verified = Verification.of(data);
    assertThat(verified.problems()).isEmpty();
    assertThat(verified.signatures()).isGreaterThan(6);
  }

  private static Visitor operator(final int number) throws Exception {
    return Visitor.signedIn(console, data, "operator-" + number);
  }

  private static String path(final String location) {
    return location.substring(0, location.indexOf('?'));
  }

  @Test
  void aCapIsRaisedByTwoWhoEachSawTheDifference() throws Exception {
    final Visitor maker = operator(1);
    final String preview = CAP + "AURBXX2A&cap=5000001.50";
    assertThat(maker.page(preview))
        .contains("AURBXX2A EUR net debit cap", "5,000,000.00", "5,000,001.50", "1 approval")
        .contains("operate limit --participant AURBXX2A --asset EUR --cap 5000001.50 --operator 1")
        .contains(" --data " + data);
    final String proposed = maker.press(preview, "/changes/limit");
    assertThat(proposed).startsWith("/approvals/").endsWith("?done=proposed");
    final String proposal = path(proposed);
    assertThat(maker.page(proposed))
        .contains("Proposed, with your signature", "0 of 1", "Withdraw", "operate close")
        .doesNotContain("Sign and approve");

    final Visitor anybody = new Visitor(console);
    assertThat(anybody.page(proposal))
        .contains("5,000,000.00", "5,000,001.50", "to approve")
        .doesNotContain("Sign and approve", "Withdraw<");
    assertThat(anybody.page("/approvals")).contains(proposal).doesNotContain("Waits for you");

    final Visitor checker = operator(3);
    assertThat(checker.page("/approvals")).contains("Waits for you", "5,000,001.50");
    final String approved = checker.press(proposal, proposal + "/approve");
    assertThat(approved).endsWith("?done=executed");
    assertThat(checker.page(approved)).contains("Executed", "1 of 1, operator 3");
    assertThat(maker.page(CAP + "AURBXX2A&cap=1")).contains("5,000,001.50");
  }

  @Test
  void whatIsSignedIsWhatWasSeen() throws Exception {
    final Visitor maker = operator(1);
    final Visitor checker = operator(3);
    final String first = path(maker.press(CAP + "BORBXX2A&cap=1", "/changes/limit"));
    final String second = path(maker.press(CAP + "BORBXX2A&cap=2", "/changes/limit"));
    final Map<String, String> shown = Visitor.fields(checker.page(first), first + "/approve");
    for (final String field : List.of("seen", "hash", "seal")) {
      final Map<String, String> other = new java.util.LinkedHashMap<>(shown);
      other.put(field, field.equals("seen") ? "1" : "0".repeat(64));
      final HttpResponse<String> refused = checker.post(first + "/approve", other);
      assertThat(refused.statusCode()).as(field).isEqualTo(409);
      assertThat(refused.body()).contains("It changed since you looked", "Nothing was signed");
    }
    assertThat(checker.press(second, second + "/approve")).endsWith("executed");
    final HttpResponse<String> stale = checker.post(first + "/approve", shown);
    assertThat(stale.statusCode()).as("another change of the same cap").isEqualTo(409);
    assertThat(checker.page(first)).contains("was changed at log sequence", "look again");
    assertThat(checker.press(first, first + "/approve")).as("looked again").endsWith("executed");

    final Map<String, String> preview =
        Visitor.fields(maker.page(CAP + "CEDSXX2A&cap=3"), "/changes/limit");
    preview.put("cap", "4");
    assertThat(maker.post("/changes/limit", preview).statusCode()).isEqualTo(409);
    preview.put("cap", "3");
    assertThat(operator(3).post("/changes/limit", preview).statusCode())
        .as("of another session")
        .isEqualTo(403);
  }

  @Test
  void nobodyDoesWhatIsNotTheirs() throws Exception {
    final Visitor maker = operator(1);
    final String own = path(maker.press(CAP + "DUNEXX2A&cap=5", "/changes/limit"));
    final Map<String, String> form = Visitor.fields(maker.page(own), own + "/close");
    assertThat(maker.post(own + "/approve", form).statusCode()).isEqualTo(403);
    final Visitor anybody = new Visitor(console);
    assertThat(anybody.post(own + "/approve", form).statusCode()).isEqualTo(401);
    assertThat(anybody.get("/changes/limit").statusCode()).isEqualTo(303);
    final Visitor clerk = operator(2);
    assertThat(clerk.page(CAP + "DUNEXX2A&cap=5")).contains("signs no changes");
    assertThat(clerk.post("/changes/limit", form).statusCode()).isEqualTo(403);
    assertThat(maker.press(own, own + "/close")).endsWith("withdrawn");
    final String another =
        path(
            maker.press(
                "/changes/status/preview?participant=EMBRXX2A&status=suspended",
                "/changes/status"));
    assertThat(operator(3).press(another, another + "/close")).endsWith("rejected");
    assertThat(maker.post(another + "/close", form).statusCode()).isEqualTo(409);
  }

  @Test
  void moneyAndWindowsGoTheSameWay() throws Exception {
    final Visitor maker = operator(1);
    final Visitor checker = operator(3);
    final String in =
        path(
            maker.press(
                "/changes/liquidity/preview?step=in&participant=DUNEXX2A&asset=EUR&amount=12.34"
                    + "&reference=B%2777",
                "/changes/liquidity"));
    assertThat(checker.press(in, in + "/approve")).endsWith("executed");
    final String again =
        path(
            maker.press(
                "/changes/liquidity/preview?step=in&participant=DUNEXX2A&asset=EUR&amount=12.34"
                    + "&reference=B%2777",
                "/changes/liquidity"));
    assertThat(checker.press(again, again + "/approve")).as("once").endsWith("failed");
    assertThat(checker.page(again)).contains("SETTLEMENT_REFERENCE_USED");
    final String window = path(maker.press("/changes/window/preview?window=1", "/changes/window"));
    assertThat(checker.press(window, window + "/approve")).endsWith("executed");
    final HttpResponse<String> closed = maker.get("/changes/window/preview?window=1");
    assertThat(closed.statusCode()).isEqualTo(400);
    assertThat(closed.body()).contains("The open window is 2");
  }

  @Test
  void brokenGlassIsSeenByEverybody() throws Exception {
    final Visitor warden = operator(4);
    final String preview = CAP + "TRSYXX2A&cap=7";
    final Map<String, String> form = Visitor.fields(warden.page(preview), "/changes/limit");
    assertThat(form).containsEntry("how", "break-glass");
    assertThat(warden.post("/changes/limit", form).body()).contains("1 to 64 ASCII characters");
    form.put("reason", "a <drill>");
    final HttpResponse<String> done = warden.post("/changes/limit", form);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    final Visitor anybody = new Visitor(console);
    // The page's own reader of the feed may be a moment behind.
    for (int look = 0; look < 100 && !anybody.page("/").contains("Glass broken"); look++) {
      Thread.sleep(50);
    }
    for (final String page : List.of("/", "/payments", "/benefits", "/approvals")) {
      assertThat(anybody.page(page))
          .as(page)
          .contains("Glass broken:", "operator 4", "a &lt;drill&gt;");
    }
  }

  @Test
  void whatIsTypedWrongIsSaidAtItsField() throws Exception {
    final Visitor maker = operator(1);
    for (final String[] wrong :
        new String[][] {
          {"limit/preview?participant=NOBODY&asset=EUR&cap=1", "No participant has this code"},
          {"limit/preview?participant=AURBXX2A&asset=XXX&cap=1", "No asset has this code"},
          {"limit/preview?participant=AURBXX2A&asset=EUR&cap=1,000", "no separators"},
          {"limit/preview?participant=AURBXX2A&asset=EUR&cap=1.234", "at most 2 decimals"},
          {"status/preview?participant=AURBXX2A&status=gone", "Active or suspended"},
          {"liquidity/preview?step=away", "In, reserve, confirm or cancel"},
          {
            "liquidity/preview?step=in&participant=AURBXX2A&asset=EUR&amount=0&reference=x",
            "above zero"
          },
          {"liquidity/preview?step=in&reference=", "1 to 140 characters"},
          {"settlement-model/preview?model=later", "Gross, net or bilateral"},
          {"settlement-model/preview?model=net&scheme=70000", "from 0 to 65535"},
          {"settlement/preview?window=99", "No such window"},
          {"settlement/preview?window=1", "it cannot be settled now"},
          {"settlement-proposal/preview?window=1", "it cannot be proposed now"},
          {"settlement-confirmation/preview?window=x", "No such window"},
          {"participant-default/preview?window=1", "it cannot be the subject of a default now"},
          {"collateral/preview?step=in&reference=x&asset=EUR&owner=NOBODY", "No participant"}
        }) {
      final HttpResponse<String> answer = maker.get("/changes/" + wrong[0]);
      assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
      assertThat(answer.body()).contains(wrong[1], "aria-invalid=\"true\"");
    }
    assertThat(maker.get("/changes/taxes").statusCode()).isEqualTo(404);
    assertThat(maker.get("/approvals/x").statusCode()).isEqualTo(404);
    assertThat(maker.get("/approvals/" + java.util.UUID.randomUUID()).statusCode()).isEqualTo(404);
  }
}
