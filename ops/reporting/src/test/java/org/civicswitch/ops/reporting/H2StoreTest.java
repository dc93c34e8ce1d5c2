package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on embedded H2. */
@Tag("slow")
final class H2StoreTest extends StoreContract {
  @TempDir private Path directory;
  private int stores;

  @Override
  ReportingSettings fresh() {
    return ReportingSettings.embedded(directory.resolve("store-" + stores++));
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    final ReportingSettings good = fresh();
    for (final int days : new int[] {-1, 1, 30, 36_501}) {
      assertThatThrownBy(() -> good.withRetentionDays(days))
          .hasMessageContaining("retention-days must be 31 to 36500, not " + days);
    }
    assertThat(good.withRetentionDays(0).retentionDays()).isZero();
    assertThatThrownBy(() -> good.withSearch(0, 4)).hasMessageContaining("search-seconds");
    assertThatThrownBy(() -> good.withSearch(601, 4)).hasMessageContaining("search-seconds");
    assertThatThrownBy(() -> good.withSearch(1, 0)).hasMessageContaining("connections");
    assertThatThrownBy(() -> good.withSearch(1, 65)).hasMessageContaining("connections");
    assertThatThrownBy(() -> ReportingSettings.postgres("jdbc:mysql://x/y?password=p", "u", "p"))
        .hasMessageContaining("must begin with jdbc:postgresql:, not: jdbc:mysql://x/y")
        .hasMessageNotContaining("password");
    assertThatThrownBy(() -> ReportingSettings.embedded(directory.resolve("a;b")))
        .hasMessageContaining("';'");
  }

  @Test
  void aDatabaseThatIsNotThereIsSaid() {
    assertThatThrownBy(
            () ->
                ReportingStore.open(
                    ReportingSettings.postgres("jdbc:postgresql://127.0.0.1:1/none", "u", "")))
        .isInstanceOf(java.io.IOException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none cannot be opened");
  }

  @Test
  void aStoreIsLookedAtWithoutMakingOne() throws Exception {
    final ReportingSettings settings = fresh();
    assertThat(ReportingStore.look(settings)).isEmpty();
    assertThat(directory).isEmptyDirectory();
    try (ReportingStore store = ReportingStore.open(settings)) {
      project(store, feed().upTo(100), 100);
    }
    assertThat(ReportingStore.look(settings).orElseThrow().feedSequence()).isEqualTo(100);
  }

  @Test
  void aStoreThatCannotBeOpenedIsTriedAgainAndSaid() throws Exception {
    final ReportingSettings nowhere =
        ReportingSettings.postgres("jdbc:postgresql://127.0.0.1:1/none", "u", "");
    try (Projector projector = Projector.start(nowhere, feed()::reader)) {
      final long end = System.nanoTime() + 60_000_000_000L;
      while (!String.valueOf(projector.status().problem()).contains("cannot be opened")) {
        assertThat(System.nanoTime() - end).isNegative();
        Thread.sleep(5);
      }
      assertThat(projector.status().lagMs()).as("never taken to be up to date").isPositive();
      assertThatThrownBy(projector::store)
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining("the reporting store is not open");
    }
  }
}
