package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.DirectoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDirectoryTest {
  @TempDir private Path directory;

  @Test
  void emptiesADevelopmentSwitchs() throws Exception {
    Files.createDirectories(LocalSwitch.journalDirectory(directory));
    Files.createDirectories(directory.resolve("dev/ca"));
    Files.writeString(directory.resolve("dev/ca/ca.pem"), "a certificate");
    DemoDirectory.empty(directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesWhatIsNotASwitchs() throws Exception {
    Files.createDirectories(LocalSwitch.journalDirectory(directory));
    Files.writeString(directory.resolve("thesis.txt"), "five years");
    assertThatThrownBy(() -> DemoDirectory.empty(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing was deleted");
    assertThat(directory.resolve("thesis.txt")).exists();
  }

  @Test
  void leavesWhatARunningSwitchHolds() throws Exception {
    Files.createDirectories(directory.resolve("dev"));
    final DirectoryStorage running = DirectoryStorage.open(LocalSwitch.journalDirectory(directory));
    try {
      assertThatThrownBy(() -> DemoDirectory.empty(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process");
    } finally {
      running.close();
    }
    assertThat(directory.resolve("dev")).exists();
  }

  @Test
  void anAbsentOneIsEmptyAlready() throws Exception {
    DemoDirectory.empty(directory.resolve("absent"));
    assertThat(directory).isEmptyDirectory();
  }
}
