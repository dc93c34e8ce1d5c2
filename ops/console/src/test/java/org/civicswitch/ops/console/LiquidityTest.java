package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long liquidity lasts, and what came and went. */
final class LiquidityTest {
  private static final long BEGAN_MS = 1_700_000_000_000L;

  @Test
  void whatFallsEvenlyIsGoneWhenOneWouldSay() {
    final Trend trend = new Trend();
    assertThat(trend.secondsLeft(0, 100, 100)).as("nothing known").isEqualTo(-1);
    for (int i = 0; i < 100; i++) {
      trend.look(i * Trend.EVERY_MS, 10_000 - 10L * i);
    }
    final long nowMs = 99 * Trend.EVERY_MS;
    assertThat(trend.secondsLeft(nowMs, 9_010, 500)).as("10 each 10 s").isEqualTo(500);
    assertThat(trend.secondsLeft(nowMs, 9_010, 0)).isZero();
    assertThat(trend.secondsLeft(nowMs, 9_010, -5)).isZero();
    assertThat(trend.secondsLeft(nowMs, 20_000, 500)).as("it rose").isEqualTo(-1);
    final Trend young = new Trend();
    young.look(0, 100);
    assertThat(young.secondsLeft(29_999, 50, 100)).as("too early to say").isEqualTo(-1);
    assertThat(young.secondsLeft(30_000, 50, 100)).isEqualTo(60);
  }

  @Test
  void positionsAndMovesAreShownWithTheirFigures() {
    final SyntheticFeed feed = new SyntheticFeed();
    final SmallCountry country = new SmallCountry(new Events(feed), 42);
    country.found(BEGAN_MS);
    for (int i = 0; i < 500; i++) {
      country.step(BEGAN_MS + i * 1_000L);
    }
    final Projection projection = new Projection(1_000);
    feed.feedFrom(1).poll(projection::apply, (int) feed.size());
    final Views.Liquidity all = LiquidityViews.of(projection, 0);
    assertThat(all.rows()).hasSize(8);
    assertThat(all.rows())
        .allSatisfy(
            row -> {
              final Views.Position p = row.position();
              assertThat(p.headroom().minor())
                  .isEqualTo(p.posted().minor() - p.reserved().minor() + p.netDebitCap().minor());
              assertThat(row.left()).isNotEmpty();
            });
    assertThat(all.rows())
        .extracting(Views.LiquidityRow::left)
        .anyMatch(t -> !t.equals("Not falling"));
    assertThat(all.moves()).isNotEmpty();
    final Views.Liquidity own = LiquidityViews.of(projection, 1);
    assertThat(own.rows()).extracting(row -> row.position().participant()).containsOnly("NAKLKENX");
    assertThat(own.moves()).extracting(Views.Move::participant).containsOnly("NAKLKENX");
    assertThat(LiquidityViews.of(projection, -1).rows()).isEqualTo(List.of());
  }
}
