package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest {
  @TempDir private Path directory;

  @Test
  void writesReadsRenamesAndDeletes() throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      try (Storage.StoredFile file = storage.open("b")) {
        file.write(ByteBuffer.wrap(JournalFixture.ascii("0123456789")), 5);
        file.force();
        assertThat(file.size()).isEqualTo(15);
        final ByteBuffer read = ByteBuffer.allocate(20);
        assertThat(file.read(read, 10)).isEqualTo(5);
        assertThat(file.read(read, 15)).isEqualTo(-1);
        file.truncate(7);
        assertThat(file.size()).isEqualTo(7);
      }
      storage.open("a").close();
      assertThat(storage.list()).containsExactly("a", "b");
      storage.rename("a", "b");
      storage.forceDirectory();
      assertThat(storage.list()).containsExactly("b");
      storage.delete("b");
      assertThat(storage.list()).isEmpty();
      assertThat(storage.usableBytes()).isPositive();
      assertThatThrownBy(() -> storage.open("../b")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theSameDirectoryIsRefusedTwiceInOneProcess() throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      assertThat(storage.list()).isEmpty();
      assertThatThrownBy(() -> DirectoryStorage.open(directory))
          .isInstanceOf(DirectoryStorage.DirectoryInUseException.class)
          .hasMessageContaining(
              directory + " is in use by process " + ProcessHandle.current().pid());
    }
    DirectoryStorage.open(directory).close();
  }

  @Test
  void oneBesideItReadsAndKeepsNobodyOut() throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      storage.open("a").close();
      final DirectoryStorage beside = DirectoryStorage.beside(directory);
      assertThat(beside.list()).containsExactly("a");
      assertThatThrownBy(() -> beside.delete("a")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> beside.open("b")).isInstanceOf(NoSuchFileException.class);
      beside.close();
      assertThatThrownBy(() -> DirectoryStorage.open(directory))
          .as("still held")
          .isInstanceOf(DirectoryStorage.DirectoryInUseException.class);
    }
    try (DirectoryStorage beside = DirectoryStorage.beside(directory)) {
      DirectoryStorage.open(directory).close();
      assertThat(beside.list()).containsExactly("a");
    }
  }

  @Test
  void oneThatCannotBeWrittenSaysSo() throws IOException {
    Files.createDirectory(directory.resolve("LOCK"));
    assertThatThrownBy(() -> DirectoryStorage.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + " cannot be written: Is a directory");
    final Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> DirectoryStorage.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " cannot be written");
  }

  @Test
  void openedForReadingChangesNothing() throws IOException {
    assertThatThrownBy(() -> DirectoryStorage.openToRead(directory.resolve("absent")))
        .hasMessageContaining("cannot be read");
    Files.writeString(directory.resolve("a"), "x");
    try (DirectoryStorage storage = DirectoryStorage.openToRead(directory)) {
      assertThat(storage.list()).containsExactly("a");
      try (Storage.StoredFile file = storage.open("a")) {
        assertThat(file.size()).isEqualTo(1);
        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
            .isInstanceOf(NonWritableChannelException.class);
      }
      assertThatThrownBy(() -> storage.open("b")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> storage.delete("a")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> storage.rename("a", "b")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> DirectoryStorage.open(directory))
          .isInstanceOf(DirectoryStorage.DirectoryInUseException.class);
    }
    assertThat(Files.exists(directory.resolve("LOCK"))).isFalse();
  }

  @Test
  @Tag("process")
  @Tag("slow")
  void aSecondProcessIsRefused() throws Exception {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      assertThat(storage.list()).isEmpty();
      // A refused opening in this process must not give up the lock against others.
      assertThatThrownBy(() -> DirectoryStorage.open(directory)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> DirectoryStorage.openToRead(directory))
          .isInstanceOf(IOException.class);
      final Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Opener.class.getName(),
                  directory.toString())
              .redirectErrorStream(true)
              .start();
      final String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(output).contains("is in use by process " + ProcessHandle.current().pid());
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  /** The second process. */
  static final class Opener {
    private Opener() {}

    public static void main(final String[] args) throws IOException {
      DirectoryStorage.open(Path.of(args[0])).close();
    }
  }
}
