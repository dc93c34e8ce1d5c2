package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages as of a moment: what a console would show whose feed ended there. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class PastTest {
  private static final long SEED = 4_711;
  private static final long BEGAN_MS = 1_700_000_000_000L;
  private static final int STEPS = 800;
  private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]*)\"([^>]*)");

  private final SyntheticFeed feed = new SyntheticFeed();
  private final Events events = new Events(feed);
  private final States states = new States();
  private final long startedMs = System.currentTimeMillis();
  private ConsoleServer server;
  private Visitor visitor;

  /** Says a hash of its own of every sequence, when it may. */
  private static final class States implements StateReplay {
    final Semaphore mayAnswer = new Semaphore(Integer.MAX_VALUE / 2);
    final ConcurrentHashMap<Long, Integer> asked = new ConcurrentHashMap<>();
    volatile String refusal;

    @Override
    public State at(final long sequence) throws IOException {
      asked.merge(sequence, 1, Integer::sum);
      mayAnswer.acquireUninterruptibly();
      if (refusal != null) {
        throw new IOException(refusal);
      }
      return new State(sequence, BEGAN_MS, sequence * 31);
    }

    @Override
    public String command(final long sequence) {
      return "./civicswitch as-of --sequence " + sequence + " --data here";
    }
  }

  @BeforeEach
  void start() throws Exception {
    final SmallCountry country = new SmallCountry(events, SEED);
    country.found(BEGAN_MS);
    for (int i = 1; i <= STEPS; i++) {
      country.step(BEGAN_MS + i * 100L);
    }
    server = console(feed);
    visitor = visitor(server);
    visitor.page("/api/proof?min_sequence=" + feed.size());
  }

  @AfterEach
  void stop() {
    states.mayAnswer.release(1_000);
    server.close();
  }

  private ConsoleServer console(final SyntheticFeed from) {
    return ConsoleServer.start(
        from,
        ConsoleOptions.builder()
            .dev(true)
            .replay(states)
            // Goes on: a proof is taken when some time has passed.
            .clockMs(() -> BEGAN_MS + 240_000 + System.currentTimeMillis() - startedMs)
            .build());
  }

  private static Visitor visitor(final ConsoleServer to) {
    return new Visitor(HttpClient.newHttpClient(), to.url());
  }

  private JsonObject json(final String path) throws Exception {
    return new JsonObject(visitor.page(path));
  }

  /** What the log's first commands put out, and nothing later. */
  private SyntheticFeed cutBehind(final long sequence) {
    return feed.upTo(sequence);
  }

  @Test
  void answersAreThoseOfAConsoleWhoseFeedEndsThere() throws Exception {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 5; i++) {
      final long sequence = 15 + random.nextLong(events.sequence() - 15);
      final SyntheticFeed cut = cutBehind(sequence);
      try (ConsoleServer then = console(cut)) {
        final Visitor there = visitor(then);
        for (final String path : List.of("/api/proof", "/api/positions", "/api/envelopes")) {
          final JsonObject past = json(path + "?as_of=" + sequence);
          final JsonObject moment = (JsonObject) past.remove("moment");
          assertThat(moment.getLong("log_sequence")).isEqualTo(sequence);
          final JsonObject expected =
              new JsonObject(there.page(path + "?min_sequence=" + cut.size()));
          if (path.equals("/api/envelopes")) {
            // How fast one goes is seen from now; there it is later.
            List.of(past, expected)
                .forEach(
                    one ->
                        one.getJsonArray("envelopes")
                            .forEach(
                                row -> {
                                  ((JsonObject) row).remove("per_second");
                                  ((JsonObject) row).remove("eta");
                                }));
          }
          assertThat(past).as("%s at %s", path, sequence).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aPageSaysItsMomentAndHashKeepsItInItsLinksAndDoesNothing() throws Exception {
    final String path = "/liquidity?as_of=200";
    states.mayAnswer.drainPermits();
    assertThat(visitor.page(path))
        .contains("As of log sequence <span class=\"num\">200</span>", " ago.")
        .contains("being computed, load the page again")
        .contains("./civicswitch as-of --sequence 200 --data here")
        .contains("href=\"/liquidity\" data-now");
    states.mayAnswer.release(1_000);
    final String hash = String.format("%016x", 200 * 31L);
    while (!visitor.page(path).contains("data-hash=\"" + hash + "\"")) {
      Thread.onSpinWait();
    }
    assertThat(states.asked).as("made once").containsOnlyKeys(200L).containsEntry(200L, 1);
    for (final String each :
        List.of("/", "/payments", "/benefits", "/liquidity", "/participants")) {
      final String page = visitor.page(each + "?as_of=200");
      assertThat(page)
          .contains(hash, "Still page")
          .doesNotContain("method=\"post\"", "/changes/", "sse-connect=\"/", "Start traffic");
      final Matcher links = LINK.matcher(page);
      while (links.find()) {
        if (!links.group(1).startsWith("/assets/") && !links.group(2).contains("data-now")) {
          assertThat(links.group(1)).as(each).contains("as_of=200");
        }
      }
      assertThat(page)
          .doesNotContain("data-series=\"/api/series\"")
          .contains("<input type=\"hidden\" name=\"as_of\" value=\"200\">");
    }
    assertThat(visitor.page("/liquidity"))
        .contains("name=\"as_of\"")
        .doesNotContain("data-now", "only as it is now");
    assertThat(visitor.page("/what-if?as_of=200")).contains("This page is there only as it is now");
  }

  @Test
  void pagesTellTheLineThatAsksTheSameInAShell() throws Exception {
    final String curl = "curl -s &#39;" + server.url() + "/api/positions";
    assertThat(visitor.page("/liquidity").replace("'", "&#39;"))
        .contains(curl + "&#39;", "Copy as curl")
        .contains("./civicswitch as-of --sequence " + events.sequence() + " --data here");
    assertThat(visitor.page("/liquidity?as_of=200").replace("'", "&#39;"))
        .contains(curl + "?as_of=200&#39;");
    assertThat(visitor.page("/benefits")).contains("/api/envelopes");
    assertThat(visitor.page("/payments?status=REJECTED")).as("no store").doesNotContain("curl");
  }

  @Test
  void aPaymentIsFoundAsItStoodThen() throws Exception {
    final Matcher row =
        Pattern.compile("href=\"/payments/([0-9a-f-]{36})\\?as_of=200\"")
            .matcher(visitor.page("/payments?as_of=200"));
    assertThat(row.find()).isTrue();
    final String uetr = row.group(1);
    final JsonObject then = json("/api/payments/" + uetr + "?as_of=200");
    then.getJsonArray("steps")
        .forEach(
            step ->
                assertThat(((JsonObject) step).getLong("log_sequence")).isLessThanOrEqualTo(200));
    assertThat(visitor.page("/payments/" + uetr + "?as_of=200")).contains("Its way through");
    assertThat(visitor.get("/payments?as_of=200&uetr=" + uetr).headers().firstValue("Location"))
        .contains("/payments/" + uetr + "?as_of=200");
    assertThat(visitor.get("/payments/" + uetr + "?as_of=5").statusCode()).isEqualTo(404);
  }

  @Test
  void aTimeIsTheLastCommandAtOrBeforeIt() throws Exception {
    final JsonObject at = json("/api/positions?as_of=2023-11-14T22:13:30Z");
    final long sequence = at.getJsonObject("as_of").getLong("log_sequence");
    assertThat(at.getJsonObject("moment").getLong("log_sequence")).isEqualTo(sequence);
    assertThat(at.getJsonObject("as_of").getString("time"))
        .isBetween("2023-11-14T22:13:29", "2023-11-14T22:13:30Z");
    final JsonObject same = json("/api/positions?as_of=" + sequence);
    assertThat(same.getJsonArray("positions")).isEqualTo(at.getJsonArray("positions"));
    for (final String typed :
        List.of(
            "2023-11-14T22:13:30", "2023-11-14%2022:13:30%20UTC", "2023-11-14T23:13:30%2B01:00")) {
      assertThat(json("/api/positions?as_of=" + typed).getJsonArray("positions"))
          .isEqualTo(at.getJsonArray("positions"));
    }
  }

  @Test
  void whatIsNoMomentOrHasNoneIsToldSo() throws Exception {
    final long last = events.sequence();
    problem("/api/positions?as_of=" + (last + 1), 404, "There is no sequence " + (last + 1));
    problem("/api/positions?as_of=2033-01-01T00:00:00Z", 404, "is in the future");
    problem("/api/positions?as_of=2020-01-01T00:00:00Z", 404, "Nothing had happened yet.");
    problem("/api/positions?as_of=0", 400, "A moment is a sequence of the log, from 1, or a time");
    problem("/api/positions?as_of=%3Cb%3E", 400, "and not: <b>");
    assertThat(visitor.get("/?as_of=%3Cb%3E").body()).doesNotContain("<b>").contains("&lt;b&gt;");
    assertThat(visitor.get("/?as_of=").statusCode()).as("nothing typed").isEqualTo(200);
    states.refusal = "it takes more memory than there is";
    while (!visitor.page("/?as_of=50").contains("not known here: " + states.refusal)) {
      Thread.onSpinWait();
    }
  }

  private void problem(final String path, final int status, final String detail) throws Exception {
    final HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("detail")).as(path).contains(detail);
  }

  @Test
  void aFeedThatWasCutSaysFromWhereOnThereIsAMoment() throws Exception {
    feed.forgetBefore(100);
    assertThat(visitor.get("/api/positions?as_of=2").body())
        .contains("That is before what is kept: the feed begins at log sequence");
    assertThat(visitor.page("/?as_of=300")).contains("The feed kept here begins at sequence 100");
  }

  @Test
  void onlyTheLastFewMomentsAreKept() {
    final Board live = new Board(100, () -> 0);
    final FeedTail tail = new FeedTail(feed, live, 1);
    tail.start();
    try (StateHashes hashes = new StateHashes(null, () -> 0);
        Pasts pasts = new Pasts(feed, 1, live, hashes)) {
      while (live.read(Projection::asOf).feedSequence() < feed.size()) {
        Thread.onSpinWait();
      }
      final Past first = pasts.get(new AsOfPoint(20, Long.MAX_VALUE), 0).join();
      assertThat(pasts.get(new AsOfPoint(20, Long.MAX_VALUE), 0).join()).isSameAs(first);
      for (int i = 0; i < 3 * Pasts.KEPT; i++) {
        assertThat(pasts.get(new AsOfPoint(30 + i, Long.MAX_VALUE), 0).join().sequence())
            .isEqualTo(30 + i);
      }
      while (pasts.size() > Pasts.KEPT) {
        Thread.onSpinWait();
      }
      assertThat(pasts.get(new AsOfPoint(20, Long.MAX_VALUE), 0).join()).isNotSameAs(first);
      assertThat(hashes.of(20).why()).isEqualTo("this console cannot replay the log");
    } finally {
      tail.close();
    }
  }

  @Test
  void onlyTheLastHashesAreKeptAndOnlySomeWait() {
    states.mayAnswer.drainPermits();
    try (StateHashes hashes = new StateHashes(states, () -> 0)) {
      for (int i = 1; i <= StateHashes.WAITING_MAX + 1; i++) {
        assertThat(hashes.of(i).why()).isEmpty();
        while (states.asked.isEmpty()) {
          Thread.onSpinWait();
        }
      }
      assertThat(hashes.of(99).why()).contains("others are being computed first");
      states.mayAnswer.release(10_000);
      for (long i = 1; i <= StateHashes.KEPT + 10; i++) {
        while (hashes.of(i).hash().isEmpty()) {
          Thread.onSpinWait();
        }
      }
      assertThat(hashes.of(1).hash()).as("forgotten, and made anew").isEmpty();
    }
  }
}
