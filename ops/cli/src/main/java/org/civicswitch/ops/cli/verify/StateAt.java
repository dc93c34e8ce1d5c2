package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.core.storage.MovingJournal;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.core.storage.StorageCorruptException;

/**
 * The state after one command of a log, made again from the newest good snapshot at or before it
 * and the journal behind that, out of the archive where the journal does not reach back. Changes
 * nothing and takes no lock: a switch may be running there, and may start or stop meanwhile.
 */
public final class StateAt {
  /** Files that a running switch takes away under the reader are looked for again so often. */
  private static final int ATTEMPTS = 5;

  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int POLL = 10_000;

  private final Path data;
  private final Place wanted;
  private final List<String> notes = new ArrayList<>();

  private StateAt(final Path data, final Place wanted) {
    this.data = data;
    this.wanted = wanted;
  }

  /**
   * Which state: that after the last command that lies behind neither.
   *
   * @param sequence from 1, or {@link Long#MAX_VALUE} where the time decides
   * @param timeMs log time, UTC, or {@link Long#MAX_VALUE} where the sequence decides
   */
  public record Place(long sequence, long timeMs) {
    public static Place ofSequence(final long sequence) {
      return new Place(sequence, Long.MAX_VALUE);
    }

    public static Place ofTime(final long timeMs) {
      return new Place(Long.MAX_VALUE, timeMs);
    }

    private boolean isSequence() {
      return sequence != Long.MAX_VALUE;
    }

    private boolean isNotBefore(final SnapshotInfo snapshot) {
      return snapshot.sequence() <= sequence && snapshot.timeMs() <= timeMs;
    }
  }

  /**
   * A state.
   *
   * @param sequence of the last command in it
   * @param timeMs of that command, UTC
   * @param feedSequence of the last event that it had caused
   * @param snapshot the sequence of the snapshot it was begun with, 0 for the first command
   * @param replayed commands applied behind that
   * @param earliest the first sequence whose state can be made from what is kept
   * @param durable the last sequence that is certain to be durable
   * @param notes what a reader should know
   */
  public record State(
      long sequence,
      long timeMs,
      long feedSequence,
      long stateHash,
      EngineSummary summary,
      long snapshot,
      long replayed,
      long earliest,
      long durable,
      List<String> notes) {}

  /**
   * Makes it. Takes as much memory as the switch itself, and as long as a start from that snapshot.
   *
   * @param nowMs UTC
   * @throws IOException if there is no such state, or none that can be made again; says why, and
   *     from where on there is one
   */
  public static State of(final Path data, final Place wanted, final long nowMs) throws IOException {
    if (!Files.isDirectory(LocalSwitch.journalDirectory(data))) {
      throw new IOException("there is no switch's data in " + data);
    }
    if (wanted.timeMs() > nowMs && !wanted.isSequence()) {
      throw new IOException(iso(wanted.timeMs()) + " is in the future; here it is " + iso(nowMs));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return new StateAt(data, wanted).find();
      } catch (final NoSuchFileException | StorageCorruptException e) {
        // Overtaken by the switch, which archived or reused the file; real damage stays.
        if (attempt == ATTEMPTS) {
          throw new IOException(
              "what is needed cannot be read, "
                  + ATTEMPTS
                  + " times over: "
                  + e.getMessage()
                  + ". Where a switch is running it may be too busy; 'verify' looks for damage",
              e);
        }
        LockSupport.parkNanos(AGAIN_NS);
      } catch (final UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private State find() throws IOException {
    final Path archive = LocalSwitch.archiveDirectory(data);
    try (DirectoryStorage journal = DirectoryStorage.beside(LocalSwitch.journalDirectory(data));
        DirectoryStorage archived =
            Files.isDirectory(archive) ? DirectoryStorage.beside(archive) : null) {
      final Storage whole = new MovingJournal(journal, archived);
      final List<SnapshotInfo> snapshots = new SnapshotFiles(journal).infos();
      final long durable = durable(whole, snapshots);
      if (wanted.isSequence() && wanted.sequence() > durable) {
        throw new IOException(
            "there is no sequence " + wanted.sequence() + " yet: the last durable is " + durable);
      }
      final long first = JournalReader.firstSequence(whole);
      final List<Long> starts = new ArrayList<>();
      snapshots.stream()
          .filter(wanted::isNotBefore)
          .forEach(snapshot -> starts.add(snapshot.sequence()));
      if (first <= 1) {
        starts.add(0L);
      }
      final long earliest = first <= 1 ? 1 : oldest(snapshots);
      if (starts.isEmpty()) {
        throw new IOException(tooEarly(first, snapshots));
      }
      StorageCorruptException damage = null;
      for (final long start : starts) {
        try {
          return replay(journal, whole, start, durable, earliest);
        } catch (final StorageCorruptException e) {
          notes.add("not from the snapshot of " + start + ": " + e.getMessage());
          damage = e;
        }
      }
      throw damage;
    }
  }

  private State replay(
      final Storage journal,
      final Storage history,
      final long start,
      final long durable,
      final long earliest)
      throws IOException {
    final SwitchEngine engine = new SwitchEngine();
    final long replayed =
        new Recovery(journal, history, notes::add)
            .read(
                engine,
                start,
                Math.min(wanted.sequence(), durable),
                wanted.timeMs(),
                ReplayVisitor.NONE);
    if (engine.sequence() == 0) {
      throw new IOException("at " + iso(wanted.timeMs()) + " there was no command yet");
    }
    if (wanted.isSequence() && engine.sequence() != wanted.sequence()) {
      throw new IOException(
          "the journal ends at " + engine.sequence() + ", before " + wanted.sequence());
    }
    return new State(
        engine.sequence(),
        engine.timeMs(),
        engine.feedSequence(),
        engine.stateHash(),
        engine.audit(),
        start,
        replayed,
        earliest,
        durable,
        List.copyOf(notes));
  }

  private static long oldest(final List<SnapshotInfo> snapshots) {
    return snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).sequence();
  }

  private String tooEarly(final long first, final List<SnapshotInfo> snapshots) {
    final String asked =
        wanted.isSequence() ? "sequence " + wanted.sequence() : iso(wanted.timeMs());
    final String kept =
        "the commands kept begin at " + first + ", and there is no snapshot at or before " + asked;
    return snapshots.isEmpty()
        ? kept
        : asked
            + " is before what is kept: "
            + kept
            + ". The earliest state that can be made is that of sequence "
            + oldest(snapshots)
            + ", "
            + iso(snapshots.get(snapshots.size() - 1).timeMs());
  }

  /**
   * The end of the log as far as it is certain: the last group of a journal in use may not be
   * forced yet, unless a snapshot or an event tells of it, which both come later.
   */
  private long durable(final Storage whole, final List<SnapshotInfo> snapshots) throws IOException {
    final SnapshotInfo newest = snapshots.isEmpty() ? null : snapshots.get(0);
    final long proven =
        Math.max(newest == null ? 0 : newest.sequence(), JournalReader.provenSequence(whole));
    if (wanted.isSequence() && wanted.sequence() <= proven) {
      return proven;
    }
    return Math.max(proven, lastCommandOfFeed(newest == null ? 1 : newest.feedSequence()));
  }

  private long lastCommandOfFeed(final long from) {
    final Path feed = LocalSwitch.feedDirectory(data);
    final LastCommand last = new LastCommand();
    try (FeedReader reader = FeedReaders.open(feed, Math.max(1, from))) {
      while (reader.poll(last, POLL) > 0) {
        // to the end
      }
    } catch (final FeedReader.FeedGoneException e) {
      return lastCommandOfFeed(e.firstSequence());
    }
    return last.sequence;
  }

  static String iso(final long ms) {
    return Instant.ofEpochMilli(ms).toString();
  }

  /** The command that caused the last event. */
  private static final class LastCommand implements FeedReader.Handler {
    private final EventHeadDecoder head = new EventHeadDecoder();
    private long sequence;

    @Override
    public void onEvent(
        final long feedSequence,
        final org.agrona.DirectBuffer event,
        final int offset,
        final int length) {
      head.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH);
      sequence = head.sequence();
    }
  }
}
