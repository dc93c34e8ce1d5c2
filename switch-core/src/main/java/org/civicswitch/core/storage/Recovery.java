package org.civicswitch.core.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;

/**
 * Brings an engine to where the stored commands lead: newest good snapshot, then the journal. On
 * one thread, with any {@link Storage} and any {@link Engine} that has applied nothing yet.
 */
public final class Recovery {
  private final Storage storage;
  private final Storage history;
  private final Consumer<String> notes;

  /** Where there is no archive. */
  public Recovery(final Storage storage, final Consumer<String> notes) {
    this(storage, storage, notes);
  }

  /**
   * @param history where commands are read from that no snapshot can stand for: the same storage,
   *     or a {@link WholeJournal} on it
   * @param notes told, in a sentence each, of what was skipped or cut
   */
  public Recovery(final Storage storage, final Storage history, final Consumer<String> notes) {
    this.storage = storage;
    this.history = history;
    this.notes = notes;
  }

  /**
   * What was found.
   *
   * @param journal ready for the sequence behind the last; to be closed by the caller
   * @param snapshotSequence the snapshot it began with, 0 for none
   * @param replayed commands applied from the journal
   * @param fresh whether the directory was new
   */
  public record Recovered(Journal journal, long snapshotSequence, long replayed, boolean fresh) {}

  /**
   * Recovers for going on. What the visitor sees is durable.
   *
   * @param feedSequence the last that the feed holds: events above it are sure to be visited. A
   *     snapshot ahead of the feed is not used. {@link Long#MAX_VALUE} where there is no feed.
   * @throws StorageCorruptException if what is stored is damaged, missing or of another format
   * @throws PoisonedCommandException if the engine fails on a command
   */
  public Recovered open(
      final Engine engine,
      final JournalOptions options,
      final long feedSequence,
      final ReplayVisitor visitor)
      throws IOException {
    final boolean fresh = !DataFormat.check(storage);
    new SnapshotFiles(storage).clean();
    final Journal journal;
    if (!fresh) {
      journal = Journal.resume(storage, options);
    } else if (Journal.exists(storage)) {
      journal = Journal.resume(storage, options);
      DataFormat.write(storage);
    } else {
      journal = Journal.create(storage, options);
      DataFormat.write(storage);
    }
    if (journal.cutTail()) {
      notes.accept(
          "commands behind sequence "
              + journal.committedSequence()
              + " had never become durable and were cut off");
    }
    try {
      // The journal comes first: it makes the last group durable before anybody sees its events.
      final long snapshot = loadSnapshot(engine, feedSequence);
      final long replayed = replay(engine, journal.committedSequence(), Long.MAX_VALUE, visitor);
      return new Recovered(journal, snapshot, replayed, fresh);
    } catch (final IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Reads without changing anything: for checking a directory that no host uses.
   *
   * @param snapshotSequence which snapshot to begin with; 0 for none, that is the first command
   * @return how many commands were applied from the journal
   * @throws StorageCorruptException if the snapshot or the journal behind it is damaged
   */
  public long read(final Engine engine, final long snapshotSequence, final ReplayVisitor visitor)
      throws IOException {
    return read(engine, snapshotSequence, Long.MAX_VALUE, Long.MAX_VALUE, visitor);
  }

  /**
   * The same, up to a place in the log.
   *
   * @param toSequence the last command that may be applied; none is looked at behind it
   * @param toTimeMs the first command of a later time ends it
   */
  public long read(
      final Engine engine,
      final long snapshotSequence,
      final long toSequence,
      final long toTimeMs,
      final ReplayVisitor visitor)
      throws IOException {
    if (!DataFormat.check(storage)) {
      return 0;
    }
    if (snapshotSequence > 0) {
      final String name = SnapshotFormat.fileName(snapshotSequence);
      try (SnapshotReader reader = SnapshotReader.open(storage, name)) {
        engine.load(reader);
        reader.end();
        check(engine, reader.info());
      }
    }
    return replay(engine, toSequence, toTimeMs, visitor);
  }

  private long loadSnapshot(final Engine engine, final long feedSequence) throws IOException {
    final SnapshotFiles files = new SnapshotFiles(storage);
    final List<String> damaged = new ArrayList<>();
    final SnapshotInfo loaded =
        files.loadNewest(
            feedSequence,
            engine::load,
            found -> {
              notes.accept("snapshot skipped: " + found.getMessage());
              damaged.add(found.file());
            });
    for (final String name : damaged) {
      files.setAside(name);
    }
    if (loaded == null) {
      if (files.newestSequence() > 0 || !damaged.isEmpty()) {
        notes.accept("no snapshot can be used, so the journal is replayed from its beginning");
      }
      return 0;
    }
    check(engine, loaded);
    return loaded.sequence();
  }

  private static void check(final Engine engine, final SnapshotInfo loaded) {
    final SnapshotInfo found =
        new SnapshotInfo(
            engine.sequence(), engine.timeMs(), engine.feedSequence(), engine.stateHash());
    if (!found.equals(loaded)) {
      throw new StorageCorruptException(
          SnapshotFormat.fileName(loaded.sequence()),
          0,
          "its header says " + loaded + " and its content " + found,
          "Remove it, so that the older snapshot and the journal replace it");
    }
  }

  private long replay(
      final Engine engine, final long to, final long toTimeMs, final ReplayVisitor visitor)
      throws IOException {
    final long from = engine.sequence() + 1;
    final Map<Long, DirectBuffer> quarantined = QuarantineFiles.read(storage);
    final ReplayOutput output = new ReplayOutput(visitor);
    long replayed = 0;
    try (JournalReader reader = JournalReader.open(history, from, to)) {
      while (reader.next() && reader.timeMs() <= toTimeMs) {
        final DirectBuffer instead = quarantined.get(reader.sequence());
        final long feedBefore = engine.feedSequence();
        output.begin();
        if (instead == null) {
          apply(engine, reader, reader.buffer(), reader.offset(), reader.length(), output);
        } else {
          apply(engine, reader, instead, 0, instead.capacity(), output);
          checkQuarantined(reader.sequence(), output);
        }
        output.show(engine, feedBefore);
        replayed++;
      }
      if (reader.lastSequence() < from - 1) {
        throw new StorageCorruptException(
            SegmentHeader.PREFIX + "*" + SegmentHeader.SUFFIX,
            0,
            "the journal ends at sequence "
                + reader.lastSequence()
                + ", and there is a snapshot of sequence "
                + (from - 1),
            "Put the newer segments back from a copy; what they held was acknowledged");
      }
    }
    return replayed;
  }

  private static void apply(
      final Engine engine,
      final JournalReader at,
      final DirectBuffer command,
      final int offset,
      final int length,
      final ReplayOutput output) {
    try {
      engine.apply(at.sequence(), at.timeMs(), command, offset, length, output);
    } catch (final RuntimeException e) {
      throw new PoisonedCommandException(at.sequence(), e);
    }
  }

  /** The engine decides whether the signatures suffice; a refusal must not drop a command. */
  private static void checkQuarantined(final long sequence, final ReplayOutput output) {
    final OutcomeDecoder outcome =
        new OutcomeDecoder().wrapAndApplyHeader(output.buffer(), 0, new MessageHeaderDecoder());
    if (outcome.code() != Code.OK && outcome.code() != Code.DEFECT) {
      throw new IllegalStateException(
          "the engine refuses the quarantine of sequence " + sequence + ": " + outcome.code());
    }
  }
}
