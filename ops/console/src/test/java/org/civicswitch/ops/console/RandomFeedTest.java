package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.civicswitch.core.feed.FeedReader;
import org.junit.jupiter.api.Test;

/** Long random feeds against books that were kept in the simplest way by who made the feed. */
class RandomFeedTest {
  private static final int SEEDS = 20;
  private static final int STEPS = 3_000;

  @Test
  void projectionsAgreeWithTheBooksOfWhoeverMadeTheFeed() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      final SyntheticFeed feed = new SyntheticFeed();
      final SmallCountry country = new SmallCountry(new Events(feed), seed);
      final SplittableRandom random = new SplittableRandom(~seed);
      final Projection projection = new Projection(500);
      final FeedReader reader = feed.feedFrom(1);
      long nowMs = 1_000_000;
      country.found(nowMs);
      for (int step = 0; step < STEPS; step++) {
        nowMs += random.nextInt(20);
        country.step(nowMs);
        if (random.nextInt(10) == 0) {
          reader.poll(projection::apply, 1 + random.nextInt(200));
        }
      }
      reader.poll(projection::apply, Integer.MAX_VALUE);
      projection.prove();
      compare("seed " + seed, country, projection, feed.size());
    }
  }

  private static void compare(
      final String seed,
      final SmallCountry country,
      final Projection projection,
      final long feedSequence) {
    assertThat(projection.asOf().feedSequence()).as(seed).isEqualTo(feedSequence);
    for (final Positions.Position position : projection.positions.all()) {
      final int participant = (int) position.key.participant();
      final int asset = (int) position.key.asset();
      final String which = seed + " participant " + participant + " asset " + asset;
      assertThat(position.posted())
          .as(which)
          .isEqualTo(country.credits[participant][asset] - country.debits[participant][asset]);
      assertThat(position.reserved()).as(which).isEqualTo(country.pending[participant][asset]);
    }
    for (final FundsProof.Funds funds : projection.proof().funds()) {
      assertThat(funds.holds()).as(seed).isTrue();
      assertThat(funds.settlementAccount())
          .as(seed)
          .isEqualTo(country.settlementAccount[(int) funds.asset()]);
    }
    final Programmes.Programme programme = projection.programmes.at(SmallCountry.PROGRAMME);
    assertThat(programme.cash).as(seed).isEqualTo(country.programmeCash);
    assertThat(programme.reserved).as(seed).isEqualTo(country.programmePending);
    assertThat(programme.voucherReserve).as(seed).isEqualTo(country.voucherReserve);
    assertThat(projection.rates.settledTotal).as(seed).isEqualTo(country.settled);
    assertThat(projection.rates.rejectedTotal).as(seed).isEqualTo(country.rejected);
    assertThat(projection.rates.expiredTotal).as(seed).isEqualTo(country.expired);
    assertThat(projection.payments.size()).as(seed).isLessThanOrEqualTo(500);
  }
}
