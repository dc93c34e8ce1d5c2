package org.civicswitch.core.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedDamagedException;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.feed.FeedSettings;
import org.civicswitch.core.feed.FeedSink;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.WholeJournal;

/**
 * A switch in a directory of this machine: recovers what is there, then runs an {@link
 * EmbeddedHost} on it. Below the directory: {@code journal} (and snapshots), {@code archive},
 * {@code feed}.
 */
public final class LocalSwitch implements SwitchConnection {
  private final Path feedDirectory;
  private final DirectoryStorage storage;
  private final DirectoryStorage archiveStorage;
  private final EmbeddedHost host;
  private final Recovery.Recovered recovered;

  private LocalSwitch(
      final Path feedDirectory,
      final DirectoryStorage storage,
      final DirectoryStorage archiveStorage,
      final EmbeddedHost host,
      final Recovery.Recovered recovered) {
    this.feedDirectory = feedDirectory;
    this.storage = storage;
    this.archiveStorage = archiveStorage;
    this.host = host;
    this.recovered = recovered;
  }

  /** Where the feed of a data directory is. */
  public static Path feedDirectory(final Path data) {
    return data.resolve("feed");
  }

  /** Where journal and snapshots of a data directory are. */
  public static Path journalDirectory(final Path data) {
    return data.resolve("journal");
  }

  /** Where the archive of a data directory is. */
  public static Path archiveDirectory(final Path data) {
    return data.resolve("archive");
  }

  /**
   * Recovers and starts.
   *
   * @param engine one that has applied nothing yet
   * @param notes told, a sentence each, of what recovery skipped or cut
   * @throws IOException if the directory is in use, or the disk refuses
   * @throws org.civicswitch.core.storage.StorageCorruptException if what is there is damaged or of
   *     another format; the message says what was found and what to do
   */
  public static LocalSwitch open(
      final Path data,
      final Engine engine,
      final HostOptions options,
      final JournalOptions journalOptions,
      final Consumer<String> notes)
      throws IOException {
    final DirectoryStorage storage = DirectoryStorage.open(journalDirectory(data));
    DirectoryStorage archiveStorage = null;
    ChronicleFeed feed = null;
    Recovery.Recovered recovered = null;
    try {
      archiveStorage = DirectoryStorage.open(archiveDirectory(data));
      final Archive archive = Archive.open(archiveStorage);
      feed = feed(data);
      recovered =
          new Recovery(storage, new WholeJournal(storage, archive), notes)
              .open(engine, journalOptions, feed.lastSequence(), new MissingEvents(feed));
      if (feed.lastSequence() > engine.feedSequence()) {
        throw new IOException(
            "the feed goes to "
                + feed.lastSequence()
                + " and the journal's commands only to "
                + engine.feedSequence()
                + ": the journal has lost commands that were durable. Put it back from a copy");
      }
      final EmbeddedHost host =
          new EmbeddedHost(storage, recovered.journal(), archive, engine, feed, options);
      return new LocalSwitch(feedDirectory(data), storage, archiveStorage, host, recovered);
    } catch (final IOException | RuntimeException e) {
      closeAfter(e, recovered == null ? null : recovered.journal());
      closeAfter(e, feed);
      closeAfter(e, archiveStorage);
      closeAfter(e, storage);
      throw e;
    }
  }

  private static ChronicleFeed feed(final Path data) throws IOException {
    final Path directory = feedDirectory(data);
    try {
      return ChronicleFeed.open(directory, FeedSettings.defaults());
    } catch (final FeedDamagedException e) {
      throw new IOException(
          e.getMessage()
              + ". Move "
              + directory
              + " away: the next start makes it again from the journal and its archive",
          e);
    }
  }

  private static void closeAfter(final Exception failure, final AutoCloseable opened) {
    if (opened != null) {
      try {
        opened.close();
      } catch (final Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** The running host: its health, snapshots on request. */
  public EmbeddedHost host() {
    return host;
  }

  /** What recovery found. */
  public Recovery.Recovered recovered() {
    return recovered;
  }

  @Override
  public SwitchClient newClient() {
    return host.newClient();
  }

  @Override
  public FeedReader feedFrom(final long feedSequence) {
    return FeedReaders.open(feedDirectory, feedSequence);
  }

  /**
   * Stops cleanly; see {@link EmbeddedHost#close}. Readers that are still open may read on.
   *
   * @throws IllegalStateException if the last snapshot could not be written; nothing acknowledged
   *     is lost
   */
  @Override
  public void close() {
    try {
      try {
        host.close();
      } finally {
        // The directory stays locked against others while a thread of ours may still write to it.
        if (host.hasEnded()) {
          CloseHelper.closeAll(archiveStorage, storage);
        }
      }
    } catch (final Exception e) {
      throw new IllegalStateException("the switch stopped, but not cleanly: " + e.getMessage(), e);
    }
  }

  /** Gives the feed what a crash kept from it. */
  private record MissingEvents(FeedSink feed) implements ReplayVisitor {
    @Override
    public void event(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      if (feedSequence > feed.lastSequence()) {
        feed.append(feedSequence, event, offset, length);
      }
    }
  }
}
