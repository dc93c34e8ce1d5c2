package org.civicswitch.gateway.kit.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for texts in every file below a directory. */
final class ClearText {
  private ClearText() {}

  static void assertAbsent(Path directory, String... texts) throws IOException {
    final List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    for (final Path file : files) {
      final String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      for (final String text : texts) {
        assertThat(
                content.contains(
                    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
            .as("%s contains %s", file, text)
            .isFalse();
      }
    }
  }
}
