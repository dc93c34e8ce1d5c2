package org.civicswitch.core.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a switch in another process on this machine, over Aeron IPC, and to the files of its
 * feed. The switch may start later, stop and start again: clients then see {@link
 * SwitchClient#NOT_CONNECTED} and go on by themselves. Safe for use by many threads.
 */
public final class IpcSwitchConnection implements SwitchConnection {
  private static final Logger LOG = LoggerFactory.getLogger(IpcSwitchConnection.class);

  private final Path data;
  private final List<IpcSwitchClient> clients = new CopyOnWriteArrayList<>();
  private final AgentRunner runner;
  private volatile boolean closed;

  private IpcSwitchConnection(final Path data) {
    this.data = data;
    runner =
        new AgentRunner(
            new SleepingMillisIdleStrategy(1),
            error -> LOG.warn("ipc", error),
            null,
            new IpcClientAgent(data, clients));
    AgentRunner.startOnThread(runner);
  }

  /**
   * Opens a way to the switch of a data directory; does not wait for it.
   *
   * @param data the switch's data directory; {@code ipc.properties} in it says where it listens
   */
  public static IpcSwitchConnection open(final Path data) {
    return new IpcSwitchConnection(data.toAbsolutePath());
  }

  @Override
  public SwitchClient newClient() {
    requireOpen();
    final IpcSwitchClient client = new IpcSwitchClient();
    clients.add(client);
    return client;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Reads the files: also while the switch is down.
   */
  @Override
  public FeedReader feedFrom(final long feedSequence) {
    requireOpen();
    try {
      final IpcAddress address = IpcAddress.read(data);
      return FeedReaders.open(
          address == null ? data.resolve("feed") : address.feed(), feedSequence);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read where the switch is", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  /** Closes every client that was made here. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      clients.forEach(IpcSwitchClient::close);
      runner.close();
    }
  }
}
