package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeConfigTest {
  @TempDir private Path directory;

  @Test
  void singleSettingsGoOverTheFileAndTheFileOverTheDefaults() throws Exception {
    final Path file = directory.resolve("node.conf");
    Files.writeString(file, "civicswitch { iso20022.port = 1, console.port = 2 }");
    final NodeConfig config = NodeConfig.load(file, Map.of("iso20022.port", "3"));
    assertThat(config.port("iso20022")).isEqualTo(3);
    assertThat(config.port("console")).isEqualTo(2);
    assertThat(config.port("ops")).isEqualTo(8081);
  }

  @Test
  void whatIsWrongIsNamedBeforeAnythingStarts() {
    assertWrong("consle.port", "1", "unknown setting civicswitch.consle.port");
    assertWrong("iso20022.port", "abc", "iso20022.port");
    assertWrong("console.port", "65536", "console.port is no port: 65536");
    assertWrong("console.port", "-1", "console.port is no port: -1");
    assertThatThrownBy(() -> NodeConfig.load(directory.resolve("absent.conf"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.conf");
  }

  private static void assertWrong(final String key, final String value, final String said) {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
