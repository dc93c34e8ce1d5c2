package org.civicswitch.core.client;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * Where the running switch of a data directory can be reached from other processes: the file {@code
 * DIR/ipc.properties}, written when it listens and removed when it stops.
 *
 * @param protocol the frames' version
 * @param instance differs from start to start
 * @param pid of the switch
 * @param aeron the media driver's directory
 * @param feed the feed's directory
 */
record IpcAddress(int protocol, String instance, long pid, Path aeron, Path feed) {
  private static final String FILE = "ipc.properties";

  void write(final Path data) throws IOException {
    final Properties properties = new Properties();
    properties.setProperty("protocol", Integer.toString(protocol));
    properties.setProperty("instance", instance);
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("aeron", aeron.toString());
    properties.setProperty("feed", feed.toString());
    final Path fresh = data.resolve(FILE + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
    Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static void remove(final Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }

  /** Null when no switch listens: no file, one that is not ours, or a process that has died. */
  static IpcAddress read(final Path data) throws IOException {
    final Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve(FILE), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (final NoSuchFileException notYet) {
      return null;
    }
    final IpcAddress address;
    try {
      address =
          new IpcAddress(
              Integer.parseInt(properties.getProperty("protocol", "0")),
              properties.getProperty("instance", ""),
              Long.parseLong(properties.getProperty("pid", "0")),
              Path.of(properties.getProperty("aeron", "")),
              Path.of(properties.getProperty("feed", "")));
    } catch (final IllegalArgumentException damaged) {
      return null;
    }
    return address.alive() ? address : null;
  }

  private boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
