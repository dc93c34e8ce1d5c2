package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.funds.StatementReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may send a statement and sign a sheet, and what is said to whom who may not. */
@Tag("slow")
final class FundsPagesTest {
  private static final String HEAD = "kind,account,currency,date,amount,reference\n";

  @TempDir private static Path data;
  private static SwitchNode node;
  private static Visitor officer;
  private static Visitor clerk;
  private static Visitor anybody;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start(data);
    final String console = node.endpoints().url("console");
    officer = Visitor.signedIn(console, data, "operator-1");
    clerk = Visitor.signedIn(console, data, "operator-2");
    anybody = new Visitor(console);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String statement(final String account) {
    final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return HEAD
        + "opening,%s,USD,%s,0.00,\nentry,%s,USD,%s,7.00,X-<1>\nclosing,%s,USD,%s,7.00,S-1\n"
            .formatted(account, today, account, today, account, today);
  }

  private static Map<String, String> form() throws Exception {
    return Visitor.fields(officer.page("/funds"), "/funds/statements");
  }

  @Test
  void aStatementIsTakenInWholeOrNotAtAll() throws Exception {
    assertThat(anybody.upload("/funds/statements", form(), "x").statusCode()).isEqualTo(401);
    assertThat(clerk.page("/funds")).doesNotContain("Take it in");
    assertThat(clerk.upload("/funds/statements", form(), "x").statusCode()).isEqualTo(403);
    assertThat(officer.upload("/funds/statements", Map.of("csrf", "x"), "x").statusCode())
        .as("of another page")
        .isEqualTo(403);
    final HttpResponse<String> none = officer.upload("/funds/statements", form(), null);
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("Choose one file");
    final HttpResponse<String> wrong =
        officer.upload("/funds/statements", form(), HEAD + "what,is,this,?,\n");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Record 2 has 5 fields", "Nothing of it was kept");
    assertThat(officer.announce("/funds/statements", StatementReader.BYTES_MAX + 10_000L))
        .as("longer than any statement")
        .isEqualTo(413);

    final HttpResponse<String> taken =
        officer.upload("/funds/statements", form(), statement("XX02"));
    assertThat(taken.headers().firstValue("Location")).contains("/funds?done=statement");
    assertThat(officer.upload("/funds/statements", form(), statement("XX02")).headers())
        .satisfies(to -> assertThat(to.firstValue("Location")).contains("/funds?done=there"));
    try (Stream<Path> left = Files.list(data.resolve("funds/uploads"))) {
      assertThat(left).as("what was sent is gone").isEmpty();
    }
    final String page = clerk.page("/funds");
    assertThat(page).contains("XX02", "X-&lt;1&gt;", "nobody", "reference=X-%3C1%3E");
    final String id = page.replaceAll("(?s).*?/funds/breaks/([0-9a-f]{12})\".*", "$1");
    final String item = "/funds/breaks/" + id;
    assertThat(clerk.page(item)).contains("Nothing yet").doesNotContain("Write it down");
    final Map<String, String> note = Visitor.fields(officer.page(item), item);
    assertThat(clerk.post(item, note).statusCode()).isEqualTo(403);
    assertThat(officer.post(item, note).statusCode()).as("says nothing").isEqualTo(400);
    note.put("state", "waiting");
    note.put("note", "asked <the bank>");
    assertThat(officer.post(item, note).statusCode()).isEqualTo(303);
    assertThat(clerk.page(item)).contains("waiting", "operator-1", "asked &lt;the bank");
    assertThat(officer.get("/funds/breaks/000000000000").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsSignedIsTheSheetThatWasShown() throws Exception {
    assertThat(anybody.get("/sign-off/sheet").statusCode()).isEqualTo(303);
    assertThat(clerk.get("/sign-off/sheet").statusCode()).isEqualTo(403);
    final Map<String, String> shown = Visitor.fields(officer.page("/sign-off/sheet"), "/sign-off");
    assertThat(shown.get("text")).contains("number: 1", "previous: none", "state hash: ");
    assertThat(clerk.post("/sign-off", shown).statusCode()).isEqualTo(403);
    final Map<String, String> other = new java.util.HashMap<>(shown);
    other.put("text", shown.get("text").replace("previous: none", "previous: nine"));
    assertThat(officer.post("/sign-off", other).statusCode()).isEqualTo(409);
    other.put("text", shown.get("text") + "€".repeat(100_000));
    assertThat(officer.post("/sign-off", other).statusCode()).as("a long one").isEqualTo(409);
    assertThat(officer.post("/sign-off", shown).statusCode()).isEqualTo(303);
    final HttpResponse<String> again = officer.post("/sign-off", shown);
    assertThat(again.statusCode()).as("somebody has signed off meanwhile").isEqualTo(503);
    assertThat(clerk.page("/sign-off")).contains("Every link and every signature holds");
    assertThat(clerk.page("/sign-off/1")).contains("signed, unchanged", "number: 1");
    assertThat(clerk.get("/sign-off/2").statusCode()).isEqualTo(404);
  }
}
