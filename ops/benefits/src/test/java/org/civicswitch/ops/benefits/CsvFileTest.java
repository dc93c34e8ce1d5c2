package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileTest {
  @TempDir private Path directory;

  @Test
  void onlyForASpreadsheetIsAFormulaMadeHarmless() throws Exception {
    final Path file = directory.resolve("a.csv");
    final String[] cells = {"=1+1", "+1", "-1", "@x", "\tx", "\rx", "1=1", ""};
    try (CsvFile csv = CsvFile.create(file, false)) {
      csv.row(cells.clone());
    }
    assertThat(Files.readString(file)).startsWith("=1+1,+1,-1,@x,");
    try (CsvFile csv = CsvFile.create(file, true)) {
      csv.row(cells.clone());
    }
    assertThat(Files.readString(file))
        .isEqualTo("'=1+1,'+1,'-1,'@x,'\tx,\"'\rx\",1=1,\n".replace("\n", lineEnd(file)));
  }

  private static String lineEnd(final Path file) throws Exception {
    return Files.readString(file).endsWith("\r\n") ? "\r\n" : "\n";
  }
}
