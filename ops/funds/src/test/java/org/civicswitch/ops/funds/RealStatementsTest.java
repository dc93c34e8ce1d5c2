package org.civicswitch.ops.funds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Statements as banks and the tests of others have them, where they are at hand. */
class RealStatementsTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("user.dir")).resolve("../../../shared/inputs/iso20022/samples");

  @Test
  void eachIsReadOrSaysWhatIsWrong() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(SAMPLES), "real messages are not here");
    int read = 0;
    final List<String> refused = new ArrayList<>();
    final List<Path> files;
    try (Stream<Path> all = Files.walk(SAMPLES)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (final Path file : files) {
      final byte[] bytes = Files.readAllBytes(file);
      final String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (!text.contains("xsd:camt.053.001.")) {
        continue;
      }
      try {
        read += StatementReader.read(bytes).size();
      } catch (final StatementRefused e) {
        assertThat(e.getMessage()).as(file.toString()).isNotBlank();
        refused.add(file.getFileName() + ": " + e.getMessage());
      }
    }
    assertThat(read).as("refused: %s", String.join("\n", refused)).isGreaterThan(20);
  }
}
