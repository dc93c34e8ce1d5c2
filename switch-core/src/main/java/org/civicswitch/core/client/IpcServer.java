package org.civicswitch.core.client;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other processes on this machine in: an embedded Aeron media driver and one thread that
 * carries commands from their sessions to in-process clients of the host, and outcomes back.
 *
 * <p>Whoever may read the data directory may connect: the driver's files are readable by the user
 * that runs the switch only. What a session may do is decided by the engine, per connection.
 */
public final class IpcServer implements AutoCloseable {
  /** Sessions at one time; one more is refused and may try again. */
  public static final int SESSIONS_MAX = 64;

  /** A process that gave no sign of life for so long has lost its sessions. */
  static final long CLIENT_LIVENESS_NS = TimeUnit.SECONDS.toNanos(5);

  private static final Logger LOG = LoggerFactory.getLogger(IpcServer.class);
  private static final int IPC_MTU_BYTES = 32 * 1024;

  private final Path data;
  private final Path directory;
  private final MediaDriver driver;
  private final AgentRunner runner;

  private IpcServer(
      final Path data, final Path feed, final Supplier<SwitchClient> clients, final Path shared)
      throws IOException {
    this.data = data;
    final String instance = UUID.randomUUID().toString();
    final Path parent = parent(data, shared);
    removeOthers(parent);
    directory = parent.resolve(instance);
    driver = MediaDriver.launchEmbedded(driverContext(directory));
    final IpcServerAgent agent;
    try {
      agent = new IpcServerAgent(directory, clients);
    } catch (final RuntimeException e) {
      driver.close();
      throw e;
    }
    runner =
        new AgentRunner(
            new BackoffIdleStrategy(100, 10, 1_000, 200_000),
            error -> LOG.error("ipc", error),
            null,
            agent);
    AgentRunner.startOnThread(runner);
    final long pid = ProcessHandle.current().pid();
    try {
      new IpcAddress(IpcFrame.PROTOCOL, instance, pid, directory, feed.toAbsolutePath())
          .write(data);
    } catch (final IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts to listen.
   *
   * @param data the data directory; {@code ipc.properties} in it tells others where to connect
   * @param feed the feed's directory, for the readers of the other processes
   * @param clients makes one client of the host per session; called by the server's own thread
   */
  public static IpcServer start(
      final Path data, final Path feed, final Supplier<SwitchClient> clients) throws IOException {
    final Path shm = Path.of("/dev/shm");
    return new IpcServer(
        data,
        feed,
        clients,
        Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir")));
  }

  private static MediaDriver.Context driverContext(final Path directory) {
    return new MediaDriver.Context()
        .aeronDirectoryName(directory.toString())
        .threadingMode(ThreadingMode.SHARED)
        .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, 1_000, 1_000_000))
        .ipcMtuLength(IPC_MTU_BYTES)
        .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .warnIfDirectoryExists(false)
        .errorHandler(error -> LOG.warn("media driver", error));
  }

  /** One directory per data directory, for this user only. */
  private static Path parent(final Path data, final Path shared) throws IOException {
    final Path parent = shared.resolve("civicswitch-" + hash(data.toRealPath().toString()));
    if (Files.isSymbolicLink(parent)) {
      // Anybody can make one in a shared directory, and what lies behind it would be emptied.
      throw new IOException(parent + " is a link that nobody of this switch made: remove it");
    }
    Files.createDirectories(parent);
    if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
    }
    return parent;
  }

  /** What killed switches left; the data directory's lock makes sure that none of them runs. */
  private static void removeOthers(final Path parent) throws IOException {
    try (var left = Files.list(parent)) {
      left.forEach(directory -> IoUtil.delete(directory.toFile(), true));
    }
  }

  private static String hash(final String path) {
    try {
      final MessageDigest sha = MessageDigest.getInstance("SHA-256");
      final byte[] digest = sha.digest(path.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Ends every session; the other processes see that the switch is not connected. */
  @Override
  public void close() {
    try {
      IpcAddress.remove(data);
    } catch (final IOException e) {
      LOG.warn("cannot remove the address of this switch", e);
    }
    CloseHelper.closeAll(runner, driver, () -> IoUtil.delete(directory.getParent().toFile(), true));
  }
}
