package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.storage.Archive;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.core.storage.StorageCorruptException;
import org.civicswitch.core.storage.WholeJournal;
import org.civicswitch.gateway.kit.operator.OperatorSignatures;

/**
 * Reads a data directory that no switch is using, replays it and checks it: from the first command,
 * out of the archive where it is there, or from the oldest snapshot where it is not; then from
 * every snapshot, which must lead to the same state. The feed must hold the very events that the
 * replay gives. Changes nothing.
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
    final Path archive = LocalSwitch.archiveDirectory(data);
    try (DirectoryStorage storage =
            DirectoryStorage.openToRead(LocalSwitch.journalDirectory(data));
        DirectoryStorage archived =
            Files.isDirectory(archive) ? DirectoryStorage.openToRead(archive) : null;
        FeedCheck feed = FeedCheck.open(LocalSwitch.feedDirectory(data))) {
      return new Replays(storage, archived, feed).run();
    }
  }

  /** One verification under way. */
  private static final class Replays {
    private final DirectoryStorage storage;
    private final FeedCheck feed;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Storage history;
    private long archivedTo;

    /**
     * @param archived or null
     */
    Replays(final DirectoryStorage storage, final DirectoryStorage archived, final FeedCheck feed)
        throws IOException {
      this.storage = storage;
      this.feed = feed;
      history = archived == null ? storage : history(archived);
    }

    Verification run() throws IOException {
      End end = null;
      long signatures = 0;
      try {
        final long first = JournalReader.firstSequence(history);
        if (archivedTo < first - 1) {
          problem("commands " + (archivedTo + 1) + " to " + (first - 1) + " are nowhere");
        }
        final boolean whole = first <= 1;
        if (!whole) {
          readThrough(first);
          notes.add("commands up to " + (first - 1) + " were not replayed: begun from a snapshot");
          notes.add("operators' signatures were not checked: their keys are in that part");
        }
        for (final long start : starts(whole)) {
          if (end != null) {
            compare(end, start);
            continue;
          }
          final Accepted accepted = new Accepted(feed);
          end = first(start, accepted);
          if (end != null && whole && end.replayed > 0) {
            try (JournalReader reader = JournalReader.open(history, accepted.first)) {
              signatures = new SignatureCheck(accepted.keys, problems).run(reader, accepted.signed);
            }
          }
        }
      } catch (final RuntimeException e) {
        problem(text(e));
      }
      feed.finish(end == null ? Long.MAX_VALUE : end.feedSequence).forEach(this::problem);
      if (end == null) {
        return new Verification(null, 0, 0, signatures, problems, notes);
      }
      end.summary.problems().forEach(this::problem);
      return new Verification(
          end.summary, end.stateHash, end.replayed, signatures, problems, notes);
    }

    /** What is kept of a state that was reached: two whole ones may be more than the heap holds. */
    private record End(EngineSummary summary, long stateHash, long feedSequence, long replayed) {}

    /** The first that can be done is the one that all others are compared with; or null. */
    private End first(final long start, final Accepted accepted) throws IOException {
      final SwitchEngine engine = new SwitchEngine();
      final long replayed = replay(engine, start, accepted);
      return replayed < 0
          ? null
          : new End(engine.audit(), engine.stateHash(), engine.feedSequence(), replayed);
    }

    private void compare(final End end, final long snapshot) throws IOException {
      final SwitchEngine engine = new SwitchEngine();
      if (replay(engine, snapshot, new Accepted(null)) >= 0
          && engine.stateHash() != end.stateHash) {
        problem(
            "the snapshot of sequence "
                + snapshot
                + " with the journal behind it gives another state than what came before it");
      }
    }

    /** The first command, where it is still here, then the snapshots, the oldest first. */
    private List<Long> starts(final boolean whole) throws IOException {
      final List<Long> starts = new ArrayList<>(new SnapshotFiles(storage).sequences());
      if (whole) {
        starts.add(0L);
      }
      Collections.reverse(starts);
      if (starts.isEmpty()) {
        problem("the journal does not reach back, and there is no snapshot to begin with");
      }
      return starts;
    }

    /**
     * Negative when it cannot be done, which is a finding: damage, a poisoned command, a defect.
     */
    private long replay(final SwitchEngine engine, final long snapshot, final ReplayVisitor visitor)
        throws IOException {
      try {
        return new Recovery(storage, history, notes::add).read(engine, snapshot, visitor);
      } catch (final RuntimeException e) {
        problem(text(e));
        return -1;
      }
    }

    /**
     * What lies before the oldest snapshot is replayed by nobody, and must be whole all the same.
     */
    private void readThrough(final long first) throws IOException {
      try (JournalReader reader = JournalReader.open(history, first)) {
        while (reader.next()) {
          // every entry is checked as it is read
        }
      }
    }

    /** With the archive, unless that is damaged. */
    private Storage history(final DirectoryStorage archived) throws IOException {
      try {
        final Archive archive = Archive.open(archived);
        archivedTo = archive.lastSequence();
        final List<String> found = archive.verify();
        found.forEach(problem -> problem("archive: " + problem));
        return found.isEmpty() ? new WholeJournal(storage, archive) : storage;
      } catch (final StorageCorruptException e) {
        problem("archive: " + e.getMessage());
        return storage;
      }
    }

    private void problem(final String text) {
      if (!problems.contains(text)) {
        problems.add(text);
      }
    }

    private static String text(final RuntimeException e) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  /**
   * Remembers which signed commands were accepted and whose keys there are, and shows the events to
   * the check of the feed.
   */
  private static final class Accepted implements ReplayVisitor {
    private final FeedCheck feed;
    private final LongHashSet signed = new LongHashSet();
    private final OutcomeDecoder outcome = new OutcomeDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OperatorChangedDecoder registered = new OperatorChangedDecoder();
    private final OperatorKeys keys = new OperatorKeys();
    private long first;

    /**
     * @param feed or null
     */
    Accepted(final FeedCheck feed) {
      this.feed = feed;
    }

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
      // A quarantine that was taken is answered with the defect that it stands for.
      if ((outcome.code() == Code.OK || outcome.code() == Code.DEFECT)
          && OperatorSignatures.isSigned(outcome.commandTemplate())) {
        signed.add(sequence);
      }
    }

    @Override
    public void event(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      if (header.wrap(event, offset).templateId() == OperatorChangedDecoder.TEMPLATE_ID) {
        registered.wrapAndApplyHeader(event, offset, header);
        keys.add(registered);
      }
      if (feed != null) {
        feed.compare(feedSequence, event, offset, length);
      }
    }
  }
}
