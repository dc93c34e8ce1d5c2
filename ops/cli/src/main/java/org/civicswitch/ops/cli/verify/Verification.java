package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.StorageCorruptException;

/**
 * Reads a data directory that no switch is using, replays it and checks it. Changes nothing.
 *
 * @param summary of the state at the end, or null if it could not be reached
 * @param stateHash of that state
 * @param replayed commands applied
 * @param signatures operators' signatures checked
 * @param problems what is wrong, in words
 * @param notes what a reader should know, and that is not wrong
 */
public record Verification(
    EngineSummary summary,
    long stateHash,
    long replayed,
    long signatures,
    List<String> problems,
    List<String> notes) {

  private static final int FEED_BATCH = 1_000;

  public boolean ok() {
    return problems.isEmpty();
  }

  /** What could not be looked at, and why. */
  static Verification unreadable(final String why) {
    return new Verification(null, 0, 0, 0, List.of(why), List.of());
  }

  /**
   * @throws IOException if there is no data, it is in use, or cannot be read
   */
  public static Verification of(final Path data) throws IOException {
    if (!Files.isDirectory(LocalSwitch.journalDirectory(data))) {
      throw new IOException("there is no switch's data in " + data);
    }
    final List<String> problems = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    try (DirectoryStorage storage = DirectoryStorage.open(LocalSwitch.journalDirectory(data))) {
      archive(data, problems);
      return journal(storage, lastOfFeed(data, problems), problems, notes);
    }
  }

  private static void archive(final Path data, final List<String> problems) throws IOException {
    final Path directory = LocalSwitch.archiveDirectory(data);
    if (Files.isDirectory(directory)) {
      try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
        problems.addAll(Archive.open(storage).verify());
      } catch (final StorageCorruptException e) {
        problems.add("archive: " + e.getMessage());
      }
    }
  }

  /** Events of durable commands only are in the feed: beyond the journal it proves a loss. */
  private static long lastOfFeed(final Path data, final List<String> problems) {
    final Path feed = LocalSwitch.feedDirectory(data);
    if (!Files.isDirectory(feed)) {
      return 0;
    }
    try {
      return lastOfFeed(feed, 1);
    } catch (final FeedReader.FeedGoneException e) {
      return lastOfFeed(feed, e.firstSequence());
    } catch (final RuntimeException e) {
      problems.add("feed: " + e.getMessage());
      return 0;
    }
  }

  /** Reads all of it; the reader checks every record and that none is missing. */
  private static long lastOfFeed(final Path feed, final long from) {
    try (FeedReader reader = FeedReaders.open(feed, from)) {
      while (reader.poll((sequence, event, offset, length) -> {}, FEED_BATCH) > 0) {
        // on to the end
      }
      return reader.nextSequence() - 1;
    }
  }

  private static Verification journal(
      final DirectoryStorage storage,
      final long lastOfFeed,
      final List<String> problems,
      final List<String> notes)
      throws IOException {
    final SwitchEngine engine = new SwitchEngine();
    final Recovery recovery = new Recovery(storage, notes::add);
    long replayed = 0;
    long signatures = 0;
    try {
      final boolean whole = reachesBack(storage);
      if (!whole) {
        notes.add("the journal's beginning is in the archive: replayed from the newest snapshot");
      }
      final Accepted accepted = new Accepted();
      replayed = recovery.read(engine, !whole, accepted);
      if (!whole) {
        notes.add("operators' signatures were not checked: their keys are in the archived part");
      } else if (replayed > 0) {
        try (JournalReader reader = JournalReader.open(storage, accepted.first)) {
          signatures = new SignatureCheck(problems).run(reader, accepted.first, accepted.bits);
        }
      }
      if (whole) {
        compareWithSnapshot(storage, engine, problems);
      }
    } catch (final RuntimeException e) {
      // Damage, a poisoned command, a defect: whatever stops a replay is a finding.
      problems.add(e.getMessage() == null ? e.toString() : e.getMessage());
      return new Verification(null, 0, replayed, signatures, problems, notes);
    }
    if (lastOfFeed > engine.feedSequence()) {
      problems.add(
          "the feed goes to "
              + lastOfFeed
              + " and the journal's commands only to "
              + engine.feedSequence()
              + ": durable commands are missing");
    }
    final EngineSummary summary = engine.audit();
    problems.addAll(summary.problems());
    return new Verification(summary, engine.stateHash(), replayed, signatures, problems, notes);
  }

  private static boolean reachesBack(final DirectoryStorage storage) throws IOException {
    try (JournalReader reader = JournalReader.open(storage, 1)) {
      reader.next();
      return true;
    } catch (final StorageCorruptException e) {
      return false;
    }
  }

  /** Snapshot and tail must give what the whole log gives. */
  private static void compareWithSnapshot(
      final DirectoryStorage storage, final SwitchEngine whole, final List<String> problems)
      throws IOException {
    final SwitchEngine other = new SwitchEngine();
    new Recovery(storage, note -> {}).read(other, true, ReplayVisitor.NONE);
    if (other.stateHash() != whole.stateHash()) {
      problems.add(
          "the newest snapshot with the journal behind it gives another state than the whole"
              + " journal");
    }
  }

  /** Remembers which commands were accepted. */
  private static final class Accepted implements ReplayVisitor {
    private final BitSet bits = new BitSet();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long first;

    @Override
    public void outcome(
        final long sequence,
        final long timeMs,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
      if (first == 0) {
        first = sequence;
      }
      outcome.wrapAndApplyHeader(buffer, offset, header);
      if (outcome.code() == Code.OK) {
        bits.set((int) (sequence - first));
      }
    }
  }
}
