package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import org.civicswitch.ops.console.accounts.TestCodes;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.ReportingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Payments looked up in the reporting store, most of them forgotten by the console's memory. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class PaymentSearchTest {
  private static final int PATIENCE_S = 60;

  private static final Pattern ROW = Pattern.compile("id=\"p-([0-9a-f-]{36})\"");
  private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
  private static final long BEGAN_MS = 1_700_000_000_000L;

  @TempDir private Path data;
  private final SyntheticFeed feed = new SyntheticFeed();
  private final SmallCountry country = new SmallCountry(new Events(feed), 42);
  private Accounts accounts;
  private Projector store;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    country.found(BEGAN_MS);
    for (int i = 0; i < 1_500; i++) {
      country.step(BEGAN_MS + i * 10L);
    }
    store = Projector.start(ReportingSettings.embedded(data.resolve("reporting")), feed::feedFrom);
    accounts = Accounts.open(data.resolve("console"));
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .paymentsKept(ConsoleOptions.PAYMENTS_KEPT_MIN)
                .accounts(accounts)
                .reporting(store)
                .build());
    visitor = new Visitor(HttpClient.newHttpClient(), server.url());
    stored();
    visitor.page("/api/proof?min_sequence=" + feed.size());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  /** Waits until the store has all of the feed. */
  private void stored() throws Exception {
    final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!store.status().caughtUp() || store.status().feedSequence() < feed.size()) {
      assertThat(System.nanoTime()).as("the store does not come to the end").isLessThan(endNs);
      // It is not asked before it has begun.
      final String problem = store.status().problem();
      assertThat(problem == null || problem.equals("not begun")).as(problem).isTrue();
      Thread.sleep(20);
    }
  }

  private static List<String> rows(final String page) {
    final List<String> rows = new ArrayList<>();
    final Matcher row = ROW.matcher(page);
    while (row.find()) {
      rows.add(row.group(1));
    }
    return rows;
  }

  private static String next(final String page) {
    final Matcher next = NEXT.matcher(page);
    return next.find() ? next.group(1).replace("&amp;", "&") : null;
  }

  /** All pages from this one on. */
  private List<String> all(final String first) throws Exception {
    final List<String> all = new ArrayList<>();
    for (String at = first; at != null; ) {
      final String page = visitor.page(at);
      all.addAll(rows(page));
      at = next(page);
    }
    return all;
  }

  @Test
  void pagesFollowOneAnotherAndWhatArrivesMovesNothing() throws Exception {
    final String first = visitor.page("/payments?all=1");
    assertThat(first).contains("as of feed sequence", "up to date");
    assertThat(rows(first)).hasSize(StoredPayments.PAGE_ROWS);
    final List<String> before = all("/payments?all=1");
    assertThat(before).hasSizeGreaterThan(500);
    assertThat(new HashSet<>(before)).as("each once").hasSameSizeAs(before);
    for (int i = 0; i < 200; i++) {
      country.step(BEGAN_MS + 100_000 + i * 10L);
    }
    stored();
    assertThat(all(next(first))).isEqualTo(before.subList(StoredPayments.PAGE_ROWS, before.size()));
  }

  @Test
  void filtersNarrowAndStayInTheAddress() throws Exception {
    final List<String> rejected = all("/payments?status=REJECTED");
    assertThat(rejected).isNotEmpty();
    final String page = visitor.page("/payments?status=REJECTED&participant=NAKLKENX&asset=KES");
    assertThat(page).contains("value=\"REJECTED\" selected", "value=\"NAKLKENX\" selected");
    assertThat(rows(page)).isNotEmpty().hasSizeLessThanOrEqualTo(rejected.size());
    final Set<String> cheap = new HashSet<>(all("/payments?asset=KES&amount-to=100.00"));
    final Set<String> dear = new HashSet<>(all("/payments?asset=KES&amount-from=100.01"));
    assertThat(cheap).doesNotContainAnyElementsOf(dear);
    assertThat(all("/payments?to=2023-11-14T22:13")).as("before it began").isEmpty();
    assertThat(visitor.page("/payments?from=2023-11-14T22:13:00Z")).contains("id=\"p-");
    final String some = rejected.get(0);
    assertThat(all("/payments?id=" + some.replace("-", ""))).containsExactly(some);
  }

  @Test
  void whatCannotBeLookedForIsSaid() throws Exception {
    for (final String[] wrong :
        new String[][] {
          {"id=x", "32 hexadecimal digits"},
          {"participant=NOBODY", "No participant has this code"},
          {"status=GONE", "There is no status GONE"},
          {"asset=XXX", "No asset has this code"},
          {"amount-from=1", "Amounts of which asset?"},
          {"asset=KES&amount-from=1,000", "no separators"},
          {"asset=KES&amount-from=2&amount-to=1", "The amounts are from"},
          {"from=yesterday", "A time is UTC"},
          {"reason=%3Cscript%3E", "a code such as NET_DEBIT_CAP"},
        }) {
      final HttpResponse<String> answer = visitor.get("/payments?" + wrong[0]);
      assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
      assertThat(answer.body()).containsIgnoringCase(wrong[1]).doesNotContain("<script>");
      assertThat(visitor.get("/payments.csv?" + wrong[0]).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aForgottenPaymentIsFoundWithItsWay() throws Exception {
    final List<String> all = all("/payments?all=1");
    final String eldest = all.get(all.size() - 1);
    assertThat(visitor.get("/payments?uetr=" + eldest).headers().firstValue("Location"))
        .contains("/payments/" + eldest);
    assertThat(visitor.page("/payments/" + eldest))
        .contains("Its way through", "log <span class=\"num\">", "Still page");
    assertThat(visitor.page("/api/payments/" + eldest)).contains("\"steps\":[{");
    assertThat(visitor.page("/payments?uetr=" + "0".repeat(31) + "1"))
        .contains("kept here or in the reporting store");
    assertThat(visitor.get("/payments/" + new Id128(1, 1)).statusCode()).isEqualTo(404);
  }

  @Test
  void theSameIsAFileForASpreadsheet() throws Exception {
    final HttpResponse<String> csv = visitor.get("/payments.csv?asset=KES");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    final List<String> lines = csv.body().lines().toList();
    assertThat(visitor.page("/payments?asset=KES")).contains("/payments.csv?asset=KES", "curl -s");
    assertThat(lines.get(0)).startsWith("uetr,instruction_id,opened,status,code,reason,asset,");
    assertThat(lines).hasSize(1 + all("/payments?asset=KES").size());
    assertThat(lines.get(1))
        .matches(
            "[0-9a-f-]{36},[0-9a-f-]{36},2023-11-14T22:1[0-9:.]+Z,[A-Z_]+,[A-Z0-9_]*,[A-Z0-9]*,KES,"
                + "[0-9]+\\.[0-9]{2},[0-9]+,.*");
  }

  @Test
  void whatACapOrAWindowWouldHaveDoneIsWorkedOut() throws Exception {
    final String when = "&asset=KES&hours=1&at=2023-11-14T22:30:00";
    final JsonObject cap =
        new JsonObject(visitor.page("/api/what-if/cap?participant=NAKLKENX&cap=0.00" + when));
    assertThat(cap.getLong("payments")).isPositive();
    assertThat(cap.getLong("refused")).as("there is ample").isZero();
    assertThat(cap.getJsonObject("lowest_headroom").getLong("minor")).isPositive();
    final String page = visitor.page("/what-if?what=cap&participant=NAKLKENX&cap=0.00" + when);
    assertThat(page)
        .contains("With a cap of 0.00 KES for NAKLKENX", "Would have been refused")
        .contains("<dd class=\"num\" id=\"refused\">0</dd>")
        .contains("/api/what-if/cap?participant=NAKLKENX&amp;asset=KES&amp;cap=0.00&amp;hours=1");
    final JsonObject window = new JsonObject(visitor.page("/api/what-if/window?" + when));
    long sum = 0;
    for (final Object each : window.getJsonArray("nets")) {
      sum += ((JsonObject) each).getJsonObject("net").getLong("minor");
    }
    assertThat(sum).isZero();
    assertThat(window.getLong("payments")).isGreaterThan(cap.getLong("payments"));
    assertThat(visitor.page("/what-if?what=window" + when)).contains("Less by netting", "owes");
    for (final String wrong :
        List.of(
            "cap=1.234", "cap=-1", "cap=", "cap=1&hours=73", "cap=1&at=12", "cap=1&asset=XXX")) {
      final HttpResponse<String> answer =
          visitor.get("/what-if?what=cap&participant=1&" + wrong + "&asset=KES");
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).as(wrong).contains("role=\"alert\"");
    }
    assertThat(visitor.get("/api/what-if/cap?participant=none&cap=1" + when).body())
        .contains("No participant has this code or number: none");
  }

  @Test
  void aCellIsNeverAFormula() {
    assertThat(CsvExport.line(List.of("=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=b", "")))
        .isEqualTo("'=1+1,'+1,'-1,'@x,'\tx,\"'\rx\",a=b,\r\n");
    assertThat(CsvExport.cell("a,\"b\"\n")).isEqualTo("\"a,\"\"b\"\"\n\"");
  }

  @Test
  void whoSeesOneParticipantFindsThatOnesPaymentsAlone() throws Exception {
    final List<String> all = all("/payments?all=1");
    final List<String> own = all("/payments?participant=NAKLKENX");
    final Accounts.Credentials bank =
        accounts.add(Account.named("bank", EnumSet.of(Role.SUPPORT), Scope.participant(1), 0));
    visitor.submit(
        "/sign-in",
        "/sign-in",
        "name",
        "bank",
        "password",
        bank.password(),
        "code",
        TestCodes.now(bank));
    assertThat(visitor.page("/payments")).contains("bank").doesNotContain("q-participant");
    assertThat(all("/payments")).isEqualTo(own).hasSizeLessThan(all.size());
    assertThat(all("/payments?participant=BARAKENX")).as("asks for others").isEqualTo(own);
    assertThat(visitor.get("/payments.csv").body().lines()).hasSize(1 + own.size());
    all.removeAll(own);
    for (final String other : List.of(all.get(0), all.get(all.size() - 1))) {
      assertThat(visitor.get("/payments/" + other).statusCode()).isEqualTo(404);
      assertThat(visitor.get("/api/payments/" + other).statusCode()).isEqualTo(404);
    }
    assertThat(visitor.page("/payments/" + own.get(own.size() - 1))).contains("Its way through");
  }

  @Test
  void withoutAStoreThePageSaysSoAndWorksOnMemory() throws Exception {
    try (ConsoleServer alone =
        ConsoleServer.start(feed, ConsoleOptions.builder().dev(true).build())) {
      final Visitor there = new Visitor(HttpClient.newHttpClient(), alone.url());
      there.page("/api/proof?min_sequence=" + feed.size());
      final String page = there.page("/payments?status=REJECTED");
      assertThat(page).contains("is switched off", "Last payments").doesNotContain("q-status");
      assertThat(there.get("/payments.csv").statusCode()).isEqualTo(404);
      assertThat(rows(page)).isNotEmpty();
    }
  }
}
