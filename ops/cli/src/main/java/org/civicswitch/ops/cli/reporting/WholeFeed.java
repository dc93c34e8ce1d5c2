package org.civicswitch.ops.cli.reporting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.core.storage.WholeJournal;
import org.civicswitch.ops.reporting.StoreWriter;

/**
 * Every event there ever was, into a store: from the feed where it is all there, else by replaying
 * journal and archive, which gives the same bytes.
 */
final class WholeFeed {
  private static final int POLL = 1_000;
  private static final long TELL_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private final Path data;
  private final DirectoryStorage journal;
  private final StoreWriter writer;
  private final Consumer<String> notes;
  private long toldNs = System.nanoTime();
  private long told;

  WholeFeed(
      final Path data,
      final DirectoryStorage journal,
      final StoreWriter writer,
      final Consumer<String> notes) {
    this.data = data;
    this.journal = journal;
    this.writer = writer;
    this.notes = notes;
  }

  /** Returns where it was read from. */
  String read() throws IOException, SQLException {
    try (FeedReader reader = FeedReaders.open(LocalSwitch.feedDirectory(data), 1)) {
      while (reader.poll(writer, POLL) > 0) {
        afterSome();
      }
      // A feed that was moved away is made again by the next start; until then the journal has it.
      if (reader.nextSequence() > 1) {
        return "feed";
      }
    } catch (final FeedReader.FeedGoneException e) {
      notes.accept(e.getMessage() + ": replaying journal and archive");
    }
    replay();
    return "journal and its archive";
  }

  private void replay() throws IOException, SQLException {
    final Path archive = LocalSwitch.archiveDirectory(data);
    try (DirectoryStorage archived =
        Files.isDirectory(archive) ? DirectoryStorage.openToRead(archive) : null) {
      final Storage history =
          archived == null ? journal : new WholeJournal(journal, Archive.open(archived));
      final long first = JournalReader.firstSequence(history);
      if (first > 1) {
        throw new IOException(
            "commands 1 to " + (first - 1) + " are neither in the journal nor in its archive");
      }
      new Recovery(journal, history, notes).read(new SwitchEngine(), 0, new Replayed());
    } catch (final WriteFailedException e) {
      throw e.cause;
    }
  }

  private void afterSome() throws SQLException {
    if (writer.waiting() >= StoreWriter.BATCH_EVENTS_MAX - POLL) {
      writer.flush();
      final long nowNs = System.nanoTime();
      if (nowNs - toldNs >= TELL_EVERY_NS) {
        final long reached = writer.committedSequence();
        notes.accept(
            String.format(
                "%,d events, %,.0f/s", reached, (reached - told) / ((nowNs - toldNs) / 1e9)));
        toldNs = nowNs;
        told = reached;
      }
    }
  }

  private final class Replayed implements ReplayVisitor {
    @Override
    public void event(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      writer.onEvent(feedSequence, event, offset, length);
      try {
        afterSome();
      } catch (final SQLException e) {
        throw new WriteFailedException(e);
      }
    }
  }

  /** Carries the database's failure out of the replay. */
  private static final class WriteFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException cause;

    WriteFailedException(final SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
