package org.civicswitch.ops.console;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
class ConsoleServerTest {
  private static final int PAGE_BYTES_MAX = 150_000;

  private final SyntheticFeed feed = new SyntheticFeed();
  private final Events events = new Events(feed);
  private final SmallCountry country = new SmallCountry(events, 42);
  private final AtomicBoolean traffic = new AtomicBoolean();
  private final AtomicBoolean diskOk = new AtomicBoolean(true);
  private final HttpClient http = HttpClient.newHttpClient();
  private ConsoleServer server;

  @BeforeEach
  void start() {
    country.found(1_000_000);
    for (int i = 0; i < 500; i++) {
      country.step(1_000_000 + i * 10);
    }
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .banner("DEMO")
                .version("1.2.3")
                .traffic(new SwitchTraffic(traffic))
                .health(health())
                .build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyPageAnswersAndIsReadableWithoutScripts() throws Exception {
    final String home = page("/");
    assertThat(home)
        .contains("Nakala Bank", "Every unit on the settlement account", "CHILD-GRANT", "DEMO")
        .contains("UTC", "version 1.2.3".substring(8));
    final String payment = find(home, "/payments/[0-9a-f-]{36}");
    assertThat(page(payment))
        .contains("Its way through", "position", payment.substring(10))
        .contains("<code>pacs.008</code>", "switch →", "message CSW");
    final String envelope = find(home, "/envelopes/[0-9a-f-]{36}");
    assertThat(page(envelope)).contains("100,000", "250,000,000.00");
    assertThat(page("/benefits")).contains("CHILD-GRANT", "FOOD", "Registry: death");
    assertThat(page("/payments")).contains("Find by UETR");
  }

  @Test
  void searchGoesToThePaymentOrSaysThatThereIsNone() throws Exception {
    final String payment = find(page("/"), "/payments/[0-9a-f-]{36}");
    final String digits = payment.substring(10).replace("-", "");
    final HttpResponse<String> found = get("/payments?uetr=" + digits);
    assertThat(found.statusCode()).isEqualTo(303);
    assertThat(found.headers().firstValue("Location")).contains(payment);
    assertThat(page("/payments?uetr=" + "0".repeat(32))).contains("No payment with this UETR");
    assertThat(page("/payments?uetr=%3Cscript%3E"))
        .contains("32 hexadecimal digits", "&lt;script")
        .doesNotContain("<script>");
  }

  @Test
  void whatIsNotThereIsSaidInTheFormThatWasAskedFor() throws Exception {
    final HttpResponse<String> page = get("/nothing");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("<html");
    for (final String path :
        List.of("/payments/" + new Id128(1, 1), "/payments/x", "/envelopes/x", "/assets/x.js")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    final HttpResponse<String> problem = get("/api/payments/" + new Id128(1, 1));
    assertThat(problem.statusCode()).isEqualTo(404);
    assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new JsonObject(problem.body()).getInteger("status")).isEqualTo(404);
  }

  @Test
  void aPageWithAllItLoadsIsSmallAndLoadsNothingElse() throws Exception {
    final HttpResponse<byte[]> home =
        http.send(request("/").header("Accept-Encoding", "gzip").build(), ofByteArray());
    int bytes = home.body().length;
    final Set<String> loaded = new HashSet<>();
    final Matcher links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page("/"));
    while (links.find()) {
      final String link = links.group(1);
      assertThat(link).matches("[/#].*").doesNotStartWith("//");
      if (link.startsWith("/assets/") && loaded.add(link)) {
        final HttpResponse<byte[]> asset =
            http.send(request(link).header("Accept-Encoding", "gzip").build(), ofByteArray());
        assertThat(asset.statusCode()).as(link).isEqualTo(200);
        assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        bytes += asset.body().length;
      }
    }
    assertThat(loaded).hasSizeGreaterThan(7);
    assertThat(bytes).isLessThan(PAGE_BYTES_MAX);
  }

  @Test
  void everyAnswerForbidsWhatIsNotItsOwn() throws Exception {
    for (final String path : List.of("/", "/nothing", "/api/proof", "/assets/console.css")) {
      final HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }
    assertThat(page("/")).doesNotContain("<style", "onclick=", " style=");
  }

  @Test
  void programsGetIntegersAndDecimalsAndWhatTheyAreAsOf() throws Exception {
    final long all = feed.size();
    final JsonObject proof = json("/api/proof?min_sequence=" + all);
    assertThat(proof.getBoolean("holds")).isTrue();
    assertThat(proof.getJsonObject("as_of").getLong("feed_sequence")).isEqualTo(all);
    final JsonObject kes = proof.getJsonArray("currencies").getJsonObject(0);
    assertThat(kes.getJsonObject("settlement_account").getLong("minor")).isEqualTo(55_000_000_000L);
    assertThat(kes.getJsonObject("settlement_account").getString("decimal"))
        .isEqualTo("550000000.00");
    final JsonObject positions = json("/api/positions?min_sequence=" + all);
    assertThat(positions.getJsonArray("positions")).hasSize(8);
    final String payment = find(page("/"), "/payments/[0-9a-f-]{36}");
    assertThat(json("/api" + payment).getJsonArray("steps")).isNotEmpty();
    assertThat(json("/api/envelopes").getJsonArray("envelopes")).hasSize(1);
    assertThat(json("/api/series").getJsonArray("second")).hasSize(Rates.SECONDS);
  }

  @Test
  void anAnswerWaitsForTheSequenceItWasAskedFor() throws Exception {
    final long next = feed.size() + 1;
    final CompletableFuture<HttpResponse<String>> waiting =
        http.sendAsync(request("/api/positions?min_sequence=" + next).build(), ofString());
    assertThat(get("/api/positions?min_sequence=zwei").statusCode()).isEqualTo(400);
    assertThat(waiting).isNotDone();
    while (feed.size() < next) {
      country.step(2_000_000);
    }
    final HttpResponse<String> answer = waiting.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getJsonObject("as_of").getLong("feed_sequence"))
        .isGreaterThanOrEqualTo(next);
  }

  @Test
  void anAnswerDoesNotWaitForEver() throws Exception {
    final HttpResponse<String> answer = get("/api/proof?min_sequence=" + Long.MAX_VALUE);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void trafficObeysThePageAndNobodyElse() throws Exception {
    final HttpResponse<String> home = get("/");
    final String cookie = home.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).contains("HTTPOnly", "SameSite=Strict");
    final String pair = cookie.substring(0, cookie.indexOf(';'));
    final String token = find(home.body(), "(?<=name=\"csrf\" value=\")[0-9a-f]{64}");
    assertThat(post("run=start", pair)).isEqualTo(403);
    assertThat(post("run=start&csrf=" + token, "console=other")).isEqualTo(403);
    assertThat(traffic).isFalse();
    assertThat(post("run=start&csrf=" + token, pair)).isEqualTo(303);
    assertThat(traffic).isTrue();
    assertThat(post("run=sideways&csrf=" + token, pair)).isEqualTo(400);
    assertThat(post("run=stop&csrf=" + token, pair)).isEqualTo(303);
    assertThat(traffic).isFalse();
    assertThat(post("run=" + "x".repeat(5_000), pair)).isEqualTo(413);
  }

  @Test
  void theStreamSendsWhatChangedAndEndsWhenTheConsoleStops() throws Exception {
    try (BufferedReader stream = stream("/events?view=home")) {
      assertThat(until(stream, "event: proof")).isTrue();
      assertThat(until(stream, "event: series")).isTrue();
      country.step(3_000_000);
      events.command(3_000_000).participant(9, 0, "LATEKENX", "Latecomer");
      events.command(3_000_000).position(9, SmallCountry.KES, 1, 0, 0, 0, 0);
      assertThat(until(stream, "Latecomer")).isTrue();
      final CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      assertThat(until(stream, "event: closing")).isTrue();
      assertThat(until(stream, "never said")).as("the stream ends").isFalse();
      closing.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void streamsOfOtherPagesFollowTheirSubject() throws Exception {
    final String home = page("/");
    final String payment = find(home, "/payments/[0-9a-f-]{36}").substring(10);
    for (final String view :
        List.of(
            "payments",
            "benefits",
            "payment&id=" + payment,
            "envelope&id=" + SmallCountry.ENVELOPE)) {
      try (BufferedReader stream = stream("/events?view=" + view)) {
        assertThat(until(stream, "event: asof")).as(view).isTrue();
      }
    }
    assertThat(get("/events?view=nothing").statusCode()).isEqualTo(404);
    assertThat(get("/events?view=payment&id=x").statusCode()).isEqualTo(404);
  }

  @Test
  void machinesAskOnTheirOwnListener() throws Exception {
    assertThat(ops("/livez").statusCode()).isEqualTo(200);
    assertThat(ops("/readyz").statusCode()).isEqualTo(200);
    assertThat(new JsonObject(ops("/version").body()).getString("version")).isEqualTo("1.2.3");
    json("/api/proof?min_sequence=" + feed.size());
    assertThat(ops("/metrics").body())
        .contains("civicswitch_payments_total{state=\"settled\"} " + country.settled + ".0")
        .contains("civicswitch_proof_holds 1.0")
        .contains("participant=\"NAKLKENX\"")
        .contains("civicswitch_commands_refused_total{code=\"DUPLICATE\"}");
    diskOk.set(false);
    final HttpResponse<String> unready = ops("/readyz");
    assertThat(unready.statusCode()).isEqualTo(503);
    assertThat(unready.body()).contains("disk is full");
    diskOk.set(true);
    server.stopping();
    assertThat(ops("/readyz").statusCode()).isEqualTo(503);
    assertThat(ops("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreWellFormedAndHaveValues() throws Exception {
    System.gc();
    final Set<String> typed = new HashSet<>();
    final Pattern type = Pattern.compile("# TYPE ([a-z0-9_]+) (counter|gauge)");
    final Pattern sample =
        Pattern.compile(
            "([a-z0-9_]+)(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? -?[0-9.]+(E-?[0-9]+)?");
    for (final String line : ops("/metrics").body().lines().toList()) {
      final Matcher types = type.matcher(line);
      final Matcher samples = sample.matcher(line);
      if (types.matches()) {
        assertThat(typed.add(types.group(1))).as("once: %s", line).isTrue();
      } else if (!line.startsWith("# HELP ")) {
        assertThat(samples.matches()).as(line).isTrue();
        assertThat(typed).contains(samples.group(1));
      }
    }
    assertThat(typed).contains("civicswitch_console_streams", "jvm_memory_used_bytes");
  }

  @Test
  void aFeedThatBeginsLaterIsSaidToBeIncomplete() throws Exception {
    server.close();
    feed.forgetBefore(100);
    server = ConsoleServer.start(feed, ConsoleOptions.builder().dev(true).build());
    json("/api/positions?min_sequence=" + feed.size());
    assertThat(page("/")).contains("begins at sequence 100");
  }

  private Health health() {
    return new Health() {
      @Override
      public boolean live() {
        return true;
      }

      @Override
      public List<Check> checks() {
        return List.of(new Check("disk", diskOk.get(), diskOk.get() ? "" : "disk is full"));
      }
    };
  }

  private BufferedReader stream(final String path) throws Exception {
    final HttpResponse<java.io.InputStream> response =
        http.send(request(path).build(), ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Reads on until a line has this text; false when the stream ends before. */
  private static boolean until(final BufferedReader stream, final String text) throws Exception {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.contains(text)) {
        return true;
      }
    }
    return false;
  }

  private int post(final String form, final String cookie) throws Exception {
    return http.send(
            request("/traffic")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            ofString())
        .statusCode();
  }

  private String page(final String path) throws Exception {
    json("/api/proof?min_sequence=" + feed.size());
    final HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private JsonObject json(final String path) throws Exception {
    final HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> get(final String path) throws Exception {
    return http.send(request(path).build(), ofString());
  }

  private HttpResponse<String> ops(final String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.opsUrl() + path)).build(), ofString());
  }

  private HttpRequest.Builder request(final String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static String find(final String text, final String pattern) {
    final Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group();
  }
}
