package org.civicswitch.ops.funds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementArchiveTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 4);

  @TempDir private Path parent;

  private static byte[] csv(
      final String account,
      final String opening,
      final String entry,
      final String closing,
      final int day) {
    final String line = "," + account + ",EUR,2026-01-0" + day + ",";
    return ("kind,account,currency,date,amount,reference\n"
            + "opening"
            + line
            + opening
            + ",\n"
            + "entry"
            + line
            + entry
            + ",B"
            + day
            + "\n"
            + "closing"
            + line
            + closing
            + ",S"
            + day
            + "\n")
        .getBytes(UTF_8);
  }

  @Test
  void keepsWhatFollowsAndRefusesWhatDoesNot() throws Exception {
    final Path directory = parent.resolve("funds");
    final StatementArchive archive = StatementArchive.open(directory);
    final byte[] first = csv("XX01", "0.00", "5.00", "5.00", 1);
    assertThat(archive.add(first, TODAY)).hasSize(1);
    assertThat(archive.add(first, TODAY)).as("the same file").isEmpty();
    assertThatThrownBy(() -> archive.add(csv("XX02", "5.00", "1.00", "6.00", 2), TODAY))
        .hasMessageContaining("the settlement account in EUR is XX01");
    assertThatThrownBy(() -> archive.add(csv("XX01", "6.00", "1.00", "7.00", 3), TODAY))
        .hasMessageContainingAll(
            "begins at 6.00 EUR", "ended at 5.00 EUR", "one between them is missing");
    assertThatThrownBy(() -> archive.add(csv("XX01", "0.00", "6.00", "6.00", 1), TODAY))
        .hasMessageContaining("is there already, with other content");
    assertThatThrownBy(() -> archive.add(csv("XX01", "5.00", "1.00", "6.00", 6), TODAY))
        .hasMessageContaining("to 2026-01-06, a day to come");
    assertThatThrownBy(() -> archive.add("nonsense".getBytes(UTF_8), TODAY))
        .isInstanceOf(StatementRefused.class);
    assertThat(archive.add(csv("XX01", "5.00", "-1.00", "4.00", 2), TODAY)).hasSize(1);

    final StatementArchive again = StatementArchive.open(directory);
    assertThat(again.statements()).isEqualTo(archive.statements()).hasSize(2);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    final Path directory = parent.resolve("funds");
    StatementArchive.open(directory).add(csv("XX01", "0.00", "5.00", "5.00", 1), TODAY);
    Files.write(directory.resolve("000001.statement"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> StatementArchive.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("000001.statement");
  }

  @Test
  void aLostFileIsNoticed() throws Exception {
    final Path directory = parent.resolve("funds");
    final StatementArchive archive = StatementArchive.open(directory);
    for (int day = 1; day <= 3; day++) {
      archive.add(csv("XX01", day - 1 + ".00", "1.00", day + ".00", day), TODAY);
    }
    Files.delete(directory.resolve("000002.statement"));
    assertThatThrownBy(() -> StatementArchive.open(directory))
        .hasMessageContainingAll("000003.statement", "one between them is missing");
  }
}
