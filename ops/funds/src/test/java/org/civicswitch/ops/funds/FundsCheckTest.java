package org.civicswitch.ops.funds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.gateway.kit.Id128;
import org.junit.jupiter.api.Test;

class FundsCheckTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private final List<Movement> movements = new ArrayList<>();

  private static Id128 token(final String reference) {
    return Id128.of(
        UUID.nameUUIDFromBytes(reference.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private void moved(
      final LocalDate day, final LiquidityKind kind, final long amount, final String reference) {
    movements.add(
        new Movement(
            movements.size() + 1,
            day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + 1,
            /* collateral= */ false,
            101,
            978,
            amount,
            kind,
            token(reference)));
  }

  private static Statement.Entry entry(
      final LocalDate day, final long amount, final String... references) {
    return new Statement.Entry("line 7", day, amount, Arrays.asList(references));
  }

  private static Statement statement(
      final LocalDate from,
      final long opening,
      final LocalDate to,
      final Statement.Entry... entries) {
    final long closing = opening + Arrays.stream(entries).mapToLong(Statement.Entry::amount).sum();
    return new Statement("S " + to, "XX01", "EUR", from, opening, to, closing, List.of(entries));
  }

  private FundsReport compare(final Statement... statements) {
    final List<FundsReport> reports =
        new FundsCheck(
                new Movements() {
                  @Override
                  public List<Movement> movements(final String currency) {
                    return currency.equals("EUR") ? movements : List.of();
                  }

                  @Override
                  public List<String> currencies() {
                    return List.of("EUR");
                  }

                  @Override
                  public String participant(final int number) {
                    return "AURBXX2A";
                  }
                },
                FundsCheckTest::token,
                DAY.plusDays(10))
            .run(List.of(statements));
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).unexplained()).as("whatever the breaks").isZero();
    return reports.get(0);
  }

  private static Break only(final FundsReport report) {
    assertThat(report.agrees()).isFalse();
    assertThat(report.breaks()).hasSize(1);
    return report.breaks().get(0);
  }

  @Test
  void withoutAStatementEverythingAwaitsOneForDays() {
    moved(DAY.plusDays(7), LiquidityKind.IN, 100, "A");
    final FundsReport report = compare();
    assertThat(report.agrees()).isTrue();
    assertThat(report.awaiting()).isEqualTo(100);
    assertThat(report.closingDate()).isNull();
    moved(DAY.plusDays(6), LiquidityKind.IN, 3, "B");
    final Break late = only(compare());
    assertThat(late.kind()).isEqualTo(Break.Kind.NO_STATEMENT);
    assertThat(late.amount()).isEqualTo(-3);
    assertThat(late.suggestion()).contains("funds import");
  }

  @Test
  void anIdAsReferenceIsTextLikeAnyOther() {
    final String uetr = "eb6305c9-1f7f-49de-aed0-16487c27b42d";
    moved(DAY, LiquidityKind.IN, 100, uetr);
    assertThat(compare(statement(DAY, 0, DAY, entry(DAY, 100, uetr))).agrees()).isTrue();
  }

  @Test
  void theReferenceThatFitsBestCounts() {
    moved(DAY, LiquidityKind.IN, 100, "A");
    moved(DAY, LiquidityKind.IN, 70, "B");
    final FundsReport report =
        compare(statement(DAY, 0, DAY, entry(DAY, 70, "A", "B"), entry(DAY, 100, "B", "A")));
    assertThat(report.agrees()).isTrue();
    assertThat(report.matched()).isEqualTo(2);
  }

  @Test
  void whatTheBankUndoesIsUndone() {
    moved(DAY, LiquidityKind.IN, 100, "A");
    final Statement.Entry in = entry(DAY, 100, "A");
    final Statement.Entry back = entry(DAY, -100, "A");
    assertThat(compare(statement(DAY, 0, DAY, in, in, back)).agrees())
        .as("a second time, and its correction")
        .isTrue();
    final Break gone = only(compare(statement(DAY, 0, DAY, in, back)));
    assertThat(gone.kind()).isEqualTo(Break.Kind.TAKEN_BACK);
    assertThat(gone.amount()).isEqualTo(-100);
    assertThat(compare(statement(DAY, 0, DAY, in, back, in)).agrees()).isTrue();
    movements.clear();
    assertThat(compare(statement(DAY, 0, DAY, entry(DAY, 5, "X"), entry(DAY, -5, "X"))).agrees())
        .isTrue();
  }

  @Test
  void anOpeningBalanceMayBeDatedByTheDayBefore() {
    moved(DAY.minusDays(1), LiquidityKind.IN, 100, "A");
    moved(DAY, LiquidityKind.IN, 1, "B");
    assertThat(compare(statement(DAY.minusDays(1), 100, DAY, entry(DAY, 1, "B"))).agrees())
        .isTrue();
  }

  @Test
  void whatBothKnowIsMatchedByAnyReference() {
    moved(DAY, LiquidityKind.IN, 100, "A");
    moved(DAY, LiquidityKind.OUT_RESERVE, 30, "B");
    moved(DAY, LiquidityKind.OUT_CONFIRM, 30, "B");
    moved(DAY, LiquidityKind.OUT_RESERVE, 20, "C");
    final FundsReport report =
        compare(
            statement(
                DAY,
                0,
                DAY.plusDays(1),
                entry(DAY, 100, "BANK-1", token("A").toString()),
                entry(DAY, -30, "B")));
    assertThat(report.agrees()).isTrue();
    assertThat(report.matched()).isEqualTo(2);
    assertThat(report.atBank()).isEqualTo(70);
    assertThat(report.inSwitch()).isEqualTo(70);
    assertThat(report.reservedOut()).isEqualTo(20);
    assertThat(report.awaiting()).isZero();
  }

  @Test
  void whatMovedOnTheLastDayOrLaterIsForTheNextStatement() {
    moved(DAY, LiquidityKind.IN, 100, "A");
    moved(DAY.plusDays(7), LiquidityKind.IN, 7, "B");
    final Statement first = statement(DAY, 0, DAY.plusDays(7), entry(DAY, 100, "A"));
    assertThat(compare(first).awaiting()).isEqualTo(7);
    assertThat(compare(first).agrees()).isTrue();
    final Break gone = only(compare(first, statement(DAY.plusDays(8), 100, DAY.plusDays(8))));
    assertThat(gone.kind()).isEqualTo(Break.Kind.NOT_AT_BANK);
    assertThat(gone.amount()).isEqualTo(-7);
    assertThat(gone.where()).isEqualTo("sequence 2");
    assertThat(gone.ageDays()).isEqualTo(3);
    assertThat(gone.suggestion()).contains("AURBXX2A");
  }

  @Test
  void whatTheSwitchDoesNotKnowSaysHowToBookIt() {
    final Break unknown = only(compare(statement(DAY, 0, DAY, entry(DAY, 1234, "B-77", "other"))));
    assertThat(unknown.kind()).isEqualTo(Break.Kind.NOT_IN_SWITCH);
    assertThat(unknown.where()).isEqualTo("line 7");
    assertThat(unknown.suggestion())
        .isEqualTo(
            "./civicswitch operate liquidity in --participant BIC --asset EUR --amount 12.34"
                + " --reference 'B-77'");
    assertThat(only(compare(statement(DAY, 0, DAY, entry(DAY, 5, "a'; rm -rf /")))).suggestion())
        .endsWith("--reference REFERENCE");
    assertThat(only(compare(statement(DAY, 0, DAY, entry(DAY, -5)))).suggestion())
        .contains("ask the bank");
  }

  @Test
  void whatWasPaidOutAndNotConfirmedSaysHowToConfirmIt() {
    moved(DAY.minusDays(1), LiquidityKind.IN, 100, "A");
    moved(DAY, LiquidityKind.OUT_RESERVE, 30, "B");
    final Break paid = only(compare(statement(DAY, 100, DAY, entry(DAY, -30, "B"))));
    assertThat(paid.kind()).isEqualTo(Break.Kind.NOT_CONFIRMED);
    assertThat(paid.suggestion())
        .contains("liquidity confirm --participant AURBXX2A", "0.30", "'B'");
  }

  @Test
  void collateralThatWasPaidOutIsConfirmedAsCollateral() {
    for (final int whose : new int[] {101, 0}) {
      movements.clear();
      movements.add(new Movement(1, 1, true, whose, 978, 100, LiquidityKind.IN, token("A")));
      movements.add(
          new Movement(2, 1, true, whose, 978, 30, LiquidityKind.OUT_RESERVE, token("B")));
      final Break paid = only(compare(statement(DAY, 100, DAY, entry(DAY, -30, "B"))));
      assertThat(paid.suggestion())
          .contains(
              whose == 0
                  ? "operate default-fund move confirm --asset EUR"
                  : "operate collateral move confirm --participant AURBXX2A --asset EUR");
      assertThat(paid.booking())
          .isEqualTo(new Break.Booking(true, "confirm", whose == 0 ? "" : "AURBXX2A", 30, "B"));
    }
  }

  @Test
  void aBreakKeepsItsIdWhileItIsTheSameEntry() {
    final Break before = only(compare(statement(DAY, 0, DAY, entry(DAY, 1234, "B-77"))));
    moved(DAY, LiquidityKind.IN, 1000, "B-77");
    final Break after = only(compare(statement(DAY, 0, DAY, entry(DAY, 1234, "B-77"))));
    assertThat(after.kind()).isEqualTo(Break.Kind.AMOUNT);
    assertThat(after.id()).hasSize(Break.ID_CHARACTERS).isEqualTo(before.id());
  }

  @Test
  void anotherAmountAndASecondTimeAreBreaks() {
    moved(DAY, LiquidityKind.IN, 100, "A");
    final Break other = only(compare(statement(DAY, 0, DAY, entry(DAY, 90, "A"))));
    assertThat(other.kind()).isEqualTo(Break.Kind.AMOUNT);
    assertThat(other.amount()).isEqualTo(-10);
    final Break twice =
        only(compare(statement(DAY, 0, DAY, entry(DAY, 100, "A"), entry(DAY, 100, "A"))));
    assertThat(twice.kind()).isEqualTo(Break.Kind.TWICE);
    assertThat(twice.amount()).isEqualTo(100);
  }

  @Test
  void whatCameBeforeTheFirstStatementIsItsOpeningBalance() {
    moved(DAY.minusDays(3), LiquidityKind.IN, 100, "A");
    moved(DAY.minusDays(3), LiquidityKind.IN, 9, "LATE");
    assertThat(compare(statement(DAY, 100, DAY, entry(DAY, 9, "LATE"))).agrees()).isTrue();
    final Break opening = only(compare(statement(DAY, 50, DAY, entry(DAY, 9, "LATE"))));
    assertThat(opening.kind()).isEqualTo(Break.Kind.OPENING);
    assertThat(opening.amount()).isEqualTo(-50);
  }

  /** Whatever bank and switch say, the breaks add up to what they differ by. */
  @Test
  void breaksExplainEverything() {
    for (long seed = 1; seed <= 300; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      movements.clear();
      for (int i = 0; i < 18; i++) {
        final LocalDate day = DAY.plusDays(random.nextInt(8));
        final long amount = random.nextLong(1, 6);
        if (random.nextBoolean()) {
          moved(day, LiquidityKind.IN, amount, "R" + i);
        } else {
          moved(day, LiquidityKind.OUT_RESERVE, amount, "R" + i);
          final int ending = random.nextInt(3);
          if (ending < 2) {
            moved(
                day,
                ending == 0 ? LiquidityKind.OUT_CONFIRM : LiquidityKind.OUT_CANCEL,
                amount,
                "R" + i);
          }
        }
      }
      final List<Statement> statements = new ArrayList<>();
      long balance = random.nextInt(20);
      for (int day = 2; day < 6; day++) {
        final Statement.Entry[] entries = new Statement.Entry[random.nextInt(8)];
        for (int i = 0; i < entries.length; i++) {
          entries[i] =
              entry(DAY.plusDays(day), random.nextInt(-5, 6), "X", "R" + random.nextInt(18));
        }
        final Statement next = statement(DAY.plusDays(day), balance, DAY.plusDays(day), entries);
        balance = next.closing();
        statements.add(next);
      }
      assertThat(compare(statements.toArray(new Statement[0])).atBank())
          .as("seed %d", seed)
          .isEqualTo(balance);
    }
  }
}
