package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.VoucherState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the money is, for anybody. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
final class PublicPageTest {
  private static final long SEED = 5;
  private static final long HOUR_MS = 3_600_000;
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final Id128 RUN = new Id128(7, 7);
  private static final int LINES = 40;

  private final SyntheticFeed feed = new SyntheticFeed();
  private final Events events = new Events(feed);
  private final AtomicLong clockMs = new AtomicLong(NOW_MS);
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() {
    events.command(NOW_MS - 100 * HOUR_MS).asset(1, AssetKind.CURRENCY, 2, 0, "KES");
    events.command(0).asset(2, AssetKind.BUDGET_AUTHORITY, 2, 1, "KES-AUTH");
    events.command(0).participant(5, 0, "TREAKENX", "National Treasury");
    events.command(0).programme(1, 5, 1, 2, 1_000_000_00, 900_000_00, 100_000_00, 700_00);
    events.command(0).envelope(RUN, 1, EnvelopeState.DRAFT, LINES, LINES * 100L, 0, 0, 0, 0, 0);
    for (int line = 1; line <= LINES; line++) {
      events.command(0).line(RUN, line, 100L * line);
    }
    server =
        ConsoleServer.start(feed, ConsoleOptions.builder().dev(true).clockMs(clockMs::get).build());
    visitor = new Visitor(HttpClient.newHttpClient(), server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void hold(final int from, final int to, final Code code, final long atMs) {
    for (int line = from; line <= to; line++) {
      events.command(atMs).held(RUN, line, code);
    }
  }

  private void settle(final int from, final int to) {
    for (int line = from; line <= to; line++) {
      events
          .command(0)
          .reserved(new Id128(9, line), 5, 1, 1, 100L * line, RUN, line)
          .settled(new Id128(9, line), 5, 1, 1, 100L * line, RUN, line, 1);
    }
  }

  /** Of the one programme there is, when all events are in and what was kept is old. */
  private JsonObject programme() throws Exception {
    visitor.page("/api/positions?min_sequence=" + feed.size());
    clockMs.addAndGet(PublicRoutes.SECONDS_KEPT * 1000);
    return new JsonObject(visitor.page(PublicRoutes.API))
        .getJsonArray("programmes")
        .getJsonObject(0);
  }

  private static JsonObject figure(final JsonObject programme, final String name) {
    return programme.getJsonObject("money").getJsonObject(name);
  }

  private static long minor(final JsonObject figure) {
    return figure.getJsonObject("amount").getLong("minor");
  }

  @Test
  void moneyIsWhereTheFeedSaysItIs() throws Exception {
    assertThat(figure(programme(), "announced").getLong("payments")).isEqualTo(LINES);
    events.command(0).envelope(RUN, 1, EnvelopeState.RELEASED, LINES, LINES * 100L, 0, 0, 0, 0, 0);
    settle(1, 10);
    for (int line = 11; line <= 20; line++) {
      events.command(0).reserved(new Id128(9, line), 5, 1, 1, 100L * line, RUN, line);
    }
    for (int voucher = 1; voucher <= 6; voucher++) {
      events.command(0).voucher(new Id128(8, voucher), 1, 3, VoucherState.ACTIVE, 500, 500);
    }
    for (int voucher = 1; voucher <= 5; voucher++) {
      events.command(0).redeemed(new Id128(8, voucher), 1, 3, 200, 300);
      events.command(0).redeemed(new Id128(8, voucher), 1, 3, 100, 200);
    }
    for (int line = 1; line <= 10; line++) {
      events
          .command(0)
          .returned(
              new Id128(9, line),
              new Id128(6, line),
              1,
              5,
              1,
              100L * line,
              PaymentState.RETURNED,
              RUN);
    }
    final JsonObject programme = programme();
    assertThat(minor(figure(programme, "authorised"))).isEqualTo(1_000_000_00);
    assertThat(figure(programme, "announced").getLong("payments")).isZero();
    assertThat(figure(programme, "paid").getLong("payments")).isEqualTo(10);
    assertThat(minor(figure(programme, "paid"))).isEqualTo(5_500);
    assertThat(figure(programme, "under_way").getLong("payments")).isEqualTo(10);
    assertThat(minor(figure(programme, "under_way"))).isEqualTo(15_500);
    assertThat(figure(programme, "vouchers_outstanding").getLong("payments")).isEqualTo(6);
    // As it was behind the tenth of sixteen changes: six issued, two redeemed twice.
    assertThat(minor(figure(programme, "vouchers_outstanding"))).isEqualTo(2_400);
    assertThat(figure(programme, "vouchers_redeemed").getLong("payments")).isEqualTo(10);
    assertThat(minor(figure(programme, "vouchers_redeemed"))).isEqualTo(1_500);
    assertThat(figure(programme, "returned").getLong("payments")).isEqualTo(10);
    assertThat(minor(figure(programme, "returned"))).isEqualTo(5_500);
    assertThat(figure(programme, "cash").getJsonObject("amount")).isNotNull();
  }

  @Test
  void heldPaymentsSayWhyAndForHowLong() throws Exception {
    hold(1, 3, Code.SUBJECT_NOT_ACTIVE, NOW_MS - 90 * HOUR_MS);
    hold(4, 9, Code.SUBJECT_NOT_ACTIVE, NOW_MS - 30 * HOUR_MS);
    hold(10, 10, Code.SUBJECT_NOT_ACTIVE, NOW_MS - 2 * HOUR_MS);
    hold(10, 10, Code.OK, NOW_MS - HOUR_MS);
    final JsonObject programme = programme();
    // One has gone since the tenth came, and is not told alone.
    assertThat(figure(programme, "held").getLong("payments")).isEqualTo(10);
    assertThat(minor(figure(programme, "held"))).isEqualTo(5_500);
    final JsonArray why = programme.getJsonArray("held_why");
    assertThat(why).hasSize(1);
    assertThat(why.getJsonObject(0).getString("median_age")).isEqualTo("1 day");
    assertThat(why.getJsonObject(0).getString("oldest_age")).isEqualTo("3 days");
    assertThat(visitor.page(PublicRoutes.PAGE))
        .contains("A register reported something about the person", "1 day", "3 days")
        .contains("<td class=\"amount\">10</td>", "55.00 <abbr>KES</abbr>");
    events
        .command(NOW_MS)
        .envelope(RUN, 1, EnvelopeState.CANCELLED, LINES, LINES * 100L, 0, 0, 0, 0, 9);
    final JsonObject cancelled = programme();
    assertThat(figure(cancelled, "held").getLong("payments")).isZero();
    assertThat(cancelled.getJsonArray("held_why")).isEmpty();
  }

  /** Ten were told of, and four are left: when those began is theirs alone. */
  @Test
  void agesOfAFewAreNotToldWhateverWasToldBefore() throws Exception {
    hold(1, 10, Code.VERDICT_EXPIRED, NOW_MS - 90 * HOUR_MS);
    hold(1, 6, Code.OK, NOW_MS - HOUR_MS);
    final JsonObject reason = programme().getJsonArray("held_why").getJsonObject(0);
    assertThat(reason.getLong("payments")).isEqualTo(10);
    assertThat(reason.getValue("median_age")).isNull();
    assertThat(reason.getValue("oldest_age")).isNull();
    assertThat(visitor.page(PublicRoutes.PAGE)).contains("<td>not told</td><td>not told</td>");
  }

  @Test
  void aFewAreNotToldNorWhatTheyCouldBeWorkedOutFrom() throws Exception {
    hold(1, 12, Code.SUBJECT_NOT_ACTIVE, NOW_MS - 9 * HOUR_MS);
    hold(13, 18, Code.VERDICT_EXPIRED, NOW_MS - 9 * HOUR_MS);
    hold(19, 21, Code.VERDICT_MISSING, NOW_MS - 9 * HOUR_MS);
    settle(30, 31);
    final JsonObject programme = programme();
    assertThat(figure(programme, "held").getLong("payments")).isEqualTo(10);
    for (final Object each : programme.getJsonArray("held_why")) {
      final JsonObject reason = (JsonObject) each;
      if (reason.getString("reason").equals("SUBJECT_NOT_ACTIVE")) {
        assertThat(reason.getLong("payments")).isEqualTo(10);
      } else {
        assertThat(reason.getBoolean("told")).isFalse();
        assertThat(reason.getValue("payments")).isNull();
        assertThat(reason.getValue("amount")).isNull();
        assertThat(reason.getValue("oldest_age")).isNull();
      }
    }
    assertThat(figure(programme, "paid").getBoolean("told")).isFalse();
    assertThat(figure(programme, "paid").getValue("amount")).isNull();
    assertThat(figure(programme, "cash").getValue("amount")).as("tells what was paid").isNull();
    assertThat(visitor.page(PublicRoutes.PAGE)).contains("too few to tell", "not told");
  }

  /** Who reads the page again and again learns of ten payments together, and of no single one. */
  @Test
  void nothingIsToldOfOneByLookingTwice() throws Exception {
    events.command(0).envelope(RUN, 1, EnvelopeState.RELEASED, LINES, LINES * 100L, 0, 0, 0, 0, 0);
    long cash = 1_000_000_00;
    String before = null;
    for (int line = 1; line <= LINES; line++) {
      settle(line, line);
      cash -= 100L * line;
      events.command(0).programme(1, 5, 1, 2, cash, 900_000_00, 100_000_00, 700_00);
      final String now = programme().getJsonObject("money").encode();
      if (before != null && line % SmallCounts.MOVES != 0 && line % SmallCounts.FEWEST != 0) {
        assertThat(now).as("behind payment " + line).isEqualTo(before);
      }
      before = now;
    }
    final JsonObject end = programme();
    assertThat(figure(end, "paid").getLong("payments")).isEqualTo(LINES);
    assertThat(minor(figure(end, "cash"))).isEqualTo(cash);
  }

  @Test
  void whatIsNotToldIsAtLeastTwoPartsAndFive() {
    final SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 10_000; round++) {
      final List<Long> parts = new ArrayList<>();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        parts.add(1 + random.nextLong(random.nextBoolean() ? 6 : 30));
      }
      final boolean[] hidden = SmallCounts.hidden(parts);
      long sum = 0;
      int count = 0;
      for (int i = 0; i < hidden.length; i++) {
        assertThat(hidden[i] || parts.get(i) >= SmallCounts.FEWEST).as("%s", parts).isTrue();
        sum += hidden[i] ? parts.get(i) : 0;
        count += hidden[i] ? 1 : 0;
      }
      assertThat(count == 0 || count == hidden.length || (count >= 2 && sum >= SmallCounts.FEWEST))
          .as("%s", parts)
          .isTrue();
    }
  }

  @Test
  void itIsKeptForSomeSecondsAndCarriesNoCookie() throws Exception {
    visitor.page("/api/positions?min_sequence=" + feed.size());
    final HttpResponse<String> first = visitor.get(PublicRoutes.PAGE);
    assertThat(first.headers().firstValue("Cache-Control")).contains("public, max-age=10");
    assertThat(first.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(first.body()).doesNotContain("<script", "<form");
    settle(1, 10);
    visitor.page("/api/positions?min_sequence=" + feed.size());
    assertThat(visitor.page(PublicRoutes.PAGE)).isEqualTo(first.body());
    clockMs.addAndGet(PublicRoutes.SECONDS_KEPT * 1000);
    assertThat(visitor.page(PublicRoutes.PAGE)).isNotEqualTo(first.body()).contains("55.00");
  }
}
