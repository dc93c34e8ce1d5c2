package org.civicswitch.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.civicswitch.core.protocol.LifeEventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifeEventNoticeTest {
  private static final String GOOD = Notices.death("D-1", "NID:CIV-00000042").encode();

  @Test
  void readsEveryField() throws Exception {
    final LifeEventNotice notice = parse(GOOD);
    assertThat(notice.eventId()).isEqualTo("D-1");
    assertThat(notice.kind()).isEqualTo(LifeEventKind.DEATH);
    assertThat(notice.person().text()).isEqualTo("nid:civ-00000042");
    assertThat(notice.occurredOn()).isEqualTo(LocalDate.of(2026, 11, 23));
    assertThat(notice.recordedAt()).isEqualTo(Instant.parse("2026-11-23T10:15:00Z"));
    assertThat(notice.createdAt()).isEqualTo(Instant.ofEpochMilli(1_795_000_000_000L));
    assertThat(notice.reverses()).isNull();
    assertThat(parse(GOOD.replace("10:15:00Z", "12:15:00+02:00"))).isEqualTo(notice);
    assertThat(parse(" \n" + GOOD + "\n ")).isEqualTo(notice);
  }

  @ParameterizedTest
  @CsvSource({
    "death, DEATH, false",
    "suspension, SUSPENSION, false",
    "death_reversal, DEATH_REVERSAL, true",
    "suspension_lifted, SUSPENSION_LIFTED, true"
  })
  void onlyWhatTakesBackNamesWhat(
      final String kind, final LifeEventKind expected, final boolean takesBack) throws Exception {
    final String without = GOOD.replace("\"death\"", "\"" + kind + "\"");
    final String with = Notices.death("D-1", "nid:1").put("kind", kind).put("reverses", "D-0") + "";
    assertThat(parse(takesBack ? with : without).kind()).isEqualTo(expected);
    assertThat(refusal(takesBack ? without : with)).contains("reverses").contains(kind);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("missing", GOOD.replace("event_id", "reverses"), "reverses"),
        Arguments.of("null", GOOD.replace("\"D-1\"", "null"), "event_id"),
        Arguments.of("number", GOOD.replace("\"D-1\"", "17"), "event_id is not text"),
        Arguments.of("boolean", GOOD.replace("\"death\"", "true"), "kind is not text"),
        Arguments.of("object", GOOD.replace("\"NID:CIV-00000042\"", "{}"), "person_id is not"),
        Arguments.of("array", GOOD.replace("\"2026-11-23\"", "[1]"), "occurred_on is not text"),
        Arguments.of("empty id", GOOD.replace("D-1", " "), "event_id must have 1 to 64"),
        Arguments.of("long id", GOOD.replace("D-1", "x".repeat(65)), "event_id must have 1 to 64"),
        Arguments.of("kind", GOOD.replace("death", "birth"), "kind is none of"),
        Arguments.of("person", GOOD.replace("NID:", ""), "person_id: an identifier is"),
        Arguments.of("no such day", GOOD.replace("\"2026-11-23\"", "\"2026-02-30\""), "occurred"),
        Arguments.of("far day", GOOD.replace("\"2026-11-23\"", "\"+999999999-01-01\""), "1900"),
        Arguments.of("old day", GOOD.replace("\"2026-11-23\"", "\"1899-12-31\""), "1900 to 9999"),
        Arguments.of("no zone", GOOD.replace("10:15:00Z", "10:15:00"), "recorded_at is not a time"),
        Arguments.of(
            "far time",
            GOOD.replace("2026-11-23T10:15:00Z", "+999999999-12-31T23:59:59Z"),
            "recorded_at must lie"),
        Arguments.of("unknown", GOOD.replace("{", "{\"name\":\"x\","), "unknown field 'name'"),
        Arguments.of("duplicate", GOOD.replace("{", "{\"event_id\":\"D-2\","), "not JSON"),
        Arguments.of("trailing token", GOOD + "{}", "not JSON"),
        Arguments.of("trailing text", GOOD + "x", "not JSON"),
        Arguments.of("cut", GOOD.substring(0, GOOD.length() - 1), "not JSON"),
        Arguments.of("empty", "", "not a JSON object"),
        Arguments.of("blank", "  ", "not a JSON object"),
        Arguments.of("list", "[" + GOOD + "]", "not a JSON object"),
        Arguments.of("text", "\"death\"", "not a JSON object"),
        Arguments.of("null alone", "null", "not a JSON object"),
        Arguments.of("not a number", GOOD.replace("\"D-1\"", "NaN"), "not JSON"),
        Arguments.of("comment", GOOD.replace("{", "{/**/"), "not JSON"),
        Arguments.of("nine deep", "[".repeat(9) + "]".repeat(9), "not JSON"),
        Arguments.of("far deep", "{\"a\":".repeat(12_000), "not JSON"),
        Arguments.of("huge text", GOOD.replace("D-1", "x".repeat(60_000)), "not JSON"),
        Arguments.of("huge name", "{\"" + "x".repeat(60_000) + "\":1}", "not JSON"),
        Arguments.of("huge number", GOOD.replace("\"D-1\"", "9".repeat(60_000)), "not JSON"),
        Arguments.of("exponent", GOOD.replace("\"D-1\"", "1e999999999"), "event_id is not text"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWhatIsNotANotice(final String what, final String body, final String message) {
    assertThat(refusal(body)).as(what).contains(message).hasSizeLessThan(300);
  }

  @Test
  void refusesBytesThatAreNoText() {
    final byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    bytes[GOOD.indexOf("D-1")] = (byte) 0xFF;
    assertThat(refusal(bytes)).contains("not JSON");
  }

  @Test
  void neverRepeatsThePersonsNumber() {
    assertThat(refusal(GOOD.replace("NID:CIV-00000042", "CIV-SECRET"))).doesNotContain("SECRET");
    assertThat(refusal(GOOD.replace("NID:", "phone:"))).doesNotContain("00000042");
    assertThat(refusal(GOOD + "CIV-SECRET")).doesNotContain("SECRET");
  }

  @Test
  void whateverIsChangedTheAnswerIsANoticeOrARefusal() {
    final long seed = 20261123;
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      final byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        LifeEventNotice.parse(bytes);
      } catch (final NoticeRefused e) {
        assertThat(e.status()).as("seed %d, round %d", seed, i).isEqualTo(400);
      } catch (final RuntimeException e) {
        throw new AssertionError("seed " + seed + ", round " + i, e);
      }
    }
  }

  private static LifeEventNotice parse(final String body) throws NoticeRefused {
    return LifeEventNotice.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(final String body) {
    return refusal(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(final byte[] body) {
    final NoticeRefused refused =
        catchThrowableOfType(NoticeRefused.class, () -> LifeEventNotice.parse(body));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.type()).isEqualTo("Client.InvalidRequest");
    return refused.getMessage();
  }
}
