package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another cap would have done, against the plainest way to say it. */
@Tag("slow")
final class WhatIfTest {
  /** No payment of the simulation comes near it. */
  private static final long HUGE = 1L << 50;

  @TempDir private Path directory;
  private ReportingStore store;
  private List<PaymentRow> rows;
  private long endMs;

  @BeforeEach
  void open() throws Exception {
    store = ReportingStore.open(ReportingSettings.embedded(directory.resolve("store")));
    StoreContract.project(store, StoreContract.feed(), 500);
    rows = new ArrayList<>(StoreContract.all(store, PaymentQuery.all(), 500));
    rows.sort(Comparator.comparingLong(PaymentRow::number));
    endMs = rows.get(rows.size() - 1).openedMs() + 1;
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Who pays, in which asset. */
  private List<PaymentRow> payers() {
    final Map<List<Long>, PaymentRow> payers = new HashMap<>();
    for (final PaymentRow row : rows) {
      if (draws(row)) {
        payers.putIfAbsent(List.of(row.debtorAgent(), row.asset()), row);
      }
    }
    return List.copyOf(payers.values());
  }

  private static boolean draws(final PaymentRow row) {
    return row.settlementModel().equals("PREFUNDED_GROSS") && row.envelope() == null;
  }

  private long availableBefore(final PaymentRow row, final long participant) throws Exception {
    return store
        .positions()
        .at(participant, row.asset(), row.number() - 1)
        .map(PositionHistory.Position::available)
        .orElse(0L);
  }

  /** Payment by payment, each from the exact position before it. */
  private WhatIf.Cap plainly(final long participant, final long asset, final long cap)
      throws Exception {
    final Set<Long> own = store.positions().settlingOn(participant);
    final List<PaymentRow> refused = new ArrayList<>();
    long asked = 0;
    long lowest = Long.MAX_VALUE;
    for (final PaymentRow row : rows) {
      final boolean neverTook =
          row.finalFeedSequence() != null
              && row.finalFeedSequence() == row.number()
              && !WhatIf.isPosted(row);
      if (!own.contains(row.debtorAgent()) || row.asset() != asset || !draws(row) || neverTook) {
        continue;
      }
      asked++;
      long headroom = availableBefore(row, participant) + cap;
      for (final PaymentRow before : refused) {
        final boolean givenBack =
            before.finalFeedSequence() != null
                && before.finalFeedSequence() < row.number()
                && !WhatIf.isPosted(before);
        headroom += givenBack ? 0 : before.amount() - before.returnedAmount();
        // Nor would it have come in, where it went to one who settles on the same position.
        headroom -=
            own.contains(before.creditorAgent())
                    && WhatIf.isPosted(before)
                    && before.finalFeedSequence() < row.number()
                ? before.amount()
                : 0;
      }
      if (row.amount() > headroom) {
        refused.add(row);
        lowest = Math.min(lowest, headroom);
      } else {
        lowest = Math.min(lowest, headroom - row.amount());
      }
    }
    return new WhatIf.Cap(
        0,
        0,
        asked,
        0,
        refused.size(),
        refused.stream().mapToLong(PaymentRow::amount).sum(),
        0,
        0,
        0,
        lowest,
        0,
        List.of(),
        0,
        0);
  }

  private int hours() {
    final long spanMs = endMs - rows.get(0).openedMs();
    return (int) Math.min(WhatIf.HOURS_MAX, spanMs / 3_600_000 + 1);
  }

  @Test
  void whatWouldHaveBeenRefusedIsWhatThePlainestWayRefuses() throws Exception {
    assertThat(endMs - rows.get(0).openedMs()).isLessThan(WhatIf.HOURS_MAX * 3_600_000L);
    int compared = 0;
    int refusing = 0;
    for (final PaymentRow payer : payers()) {
      final long participant = payer.debtorAgent();
      for (final long cap : new long[] {HUGE, 0, 1_000_000}) {
        final WhatIf.Cap plainly = plainly(participant, payer.asset(), cap);
        final WhatIf.Cap found =
            store.whatIf().cap(participant, payer.asset(), cap, hours(), endMs);
        if (plainly.asked() == 0) {
          continue;
        }
        assertThat(List.of(found.asked(), found.refused(), found.refusedMinor(), found.lowest()))
            .as("%d in %d under %d", participant, payer.asset(), cap)
            .containsExactly(
                plainly.asked(), plainly.refused(), plainly.refusedMinor(), plainly.lowest());
        assertThat(found.listed()).hasSize((int) Math.min(WhatIf.LISTED, found.refused()));
        assertThat(found.refused() == 0 || cap != HUGE).isTrue();
        compared++;
        refusing += found.refused() > 0 ? 1 : 0;
      }
    }
    assertThat(compared).isGreaterThan(5);
    assertThat(refusing).isPositive();
  }

  @Test
  void aWindowSumsToZeroAndIsWhatBecameFinalInIt() throws Exception {
    final long asset = payers().get(0).asset();
    final WhatIf.Window window = store.whatIf().window(asset, hours(), endMs);
    final long gross =
        rows.stream()
            .filter(row -> row.asset() == asset && WhatIf.isPosted(row) && row.finalMs() < endMs)
            .mapToLong(PaymentRow::amount)
            .sum();
    assertThat(window.gross()).isEqualTo(gross).isPositive();
    assertThat(window.nets().stream().mapToLong(WhatIf.Net::net).sum()).isZero();
    assertThat(window.nets().stream().mapToLong(WhatIf.Net::paid).sum()).isEqualTo(gross);
    assertThat(window.net()).isLessThanOrEqualTo(gross);
    final long middleMs = rows.get(rows.size() / 2).openedMs();
    assertThat(store.whatIf().window(asset, hours(), middleMs).count()).isLessThan(window.count());
  }

  @Test
  void whatCannotBeWorkedOutIsNamed() {
    assertThatThrownBy(() -> store.whatIf().cap(1, 1, -1, 1, endMs))
        .hasMessage("a cap is 0 or more, not -1");
    assertThatThrownBy(() -> store.whatIf().cap(1, 1, 0, 0, endMs))
        .hasMessage("hours are 1 to 72, not 0");
    assertThatThrownBy(() -> store.whatIf().window(1, WhatIf.HOURS_MAX + 1, endMs))
        .hasMessage("hours are 1 to 72, not 73");
  }
}
