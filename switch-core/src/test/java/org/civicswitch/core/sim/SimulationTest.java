package org.civicswitch.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /** These alone are the quick set's; the slow one begins anywhere. */
  private static final long QUICK_SEED = 1;

  private static void print(final SimReport report) {
    if (report.failed()) {
      System.out.println("simulation seed " + report.seed() + " failed: " + report.failure());
      report.failure().printStackTrace(System.out);
    }
  }

  private static SimSummary run(final long firstSeed, final int seeds) {
    final SimSummary summary = SimSummary.run(firstSeed, seeds, SimulationTest::print);
    System.out.println(summary);
    assertThat(summary.failed()).as("seeds that failed").isEmpty();
    assertThat(summary.commands()).isGreaterThanOrEqualTo((long) seeds * SimSummary.COMMANDS);
    assertThat(summary.crashes()).isGreaterThanOrEqualTo((long) seeds * SimSummary.CRASHES);
    return summary;
  }

  @Test
  void tenLives() {
    run(QUICK_SEED, 10);
  }

  /** A spare whose force had failed was taken again, and its old header came back. */
  @Test
  void aLifeThatOnceFailed() {
    run(-6172909373602210652L, 1);
  }

  /** Segments were exchanged of which one had been given back by a host that died over it. */
  @Test
  void aLifeWithAMishapToWhatWasNotThere() {
    run(1768, 1);
  }

  @Test
  void theSameSeedLivesTheSameLife() {
    final SimReport first = Simulation.run(77, 800, 3);
    final SimReport second = Simulation.run(77, 800, 3);
    assertThat(first.failure()).isNull();
    assertThat(second).isEqualTo(first);
    assertThat(Simulation.run(78, 800, 3).digest()).isNotEqualTo(first.digest());
  }

  @Test
  void aRunThatWasStoppedGoesOnAsIfItHadNot() {
    final List<Long> seeds = new ArrayList<>();
    final List<SimSummary> stops = new ArrayList<>();
    SimSummary.none().goOn(5, 1, 1, report -> seeds.add(report.seed()), stops::add);
    final SimSummary whole =
        stops.get(0).goOn(5, 3, 2, report -> seeds.add(report.seed()), stops::add);
    assertThat(seeds).containsExactly(5L, 6L, 7L);
    assertThat(whole).isEqualTo(SimSummary.run(5, 3, report -> {}));
    assertThat(stops).last().isEqualTo(whole);
    assertThat(whole.missingCodes()).doesNotContain("OK").contains("THROTTLED");
  }

  @Test
  @Tag("slow")
  void aHundredLivesFromAnywhere() {
    final SimSummary summary = run(new SplittableRandom().nextLong(), 100);
    assertThat(summary.faults())
        .containsKeys(
            "crash",
            "kill",
            "lost",
            "torn",
            "flipped",
            "misdirected",
            "names_lost",
            "force_failed",
            "no_space",
            "damaged",
            "crash_in_recovery",
            "feed_tail_lost",
            "outcome_lost",
            "unacknowledged_survived",
            "snapshot",
            "snapshot_early",
            "read_failed",
            "file_missing",
            "files_swapped",
            "segment_rotten_refused",
            "feed_behind_refused",
            "clock_back");
  }
}
