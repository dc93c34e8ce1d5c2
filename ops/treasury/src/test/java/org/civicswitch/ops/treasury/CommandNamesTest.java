package org.civicswitch.ops.treasury;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommandNamesTest {
  private static final int FIRST_EVENT = 100;

  /** The schema is the truth. */
  @Test
  void everyCommandHasItsName() throws Exception {
    final Path schema =
        Path.of(System.getProperty("user.dir"))
            .resolve("../../switch-core/src/main/sbe/switch.xml")
            .normalize();
    final Matcher messages =
        Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"")
            .matcher(Files.readString(schema));
    int seen = 0;
    while (messages.find()) {
      final int template = Integer.parseInt(messages.group(2));
      if (template < FIRST_EVENT) {
        assertThat(CommandNames.of(template)).isEqualTo(messages.group(1));
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(40);
  }
}
