package org.civicswitch.core.sim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.core.storage.Storage;
import org.civicswitch.memory.SnapshotSink;

/**
 * A host on one thread and a simulated disk: the same engine, journal, snapshots and recovery as
 * everywhere, and a release gate. The engine runs ahead of the journal or the journal ahead of the
 * engine, as in the real one, and the engine goes on while a snapshot is written.
 */
final class SimHost {
  private static final int BATCH_BYTES = 80 * 1024;

  private final SimStorage disk;
  private final Storage storage;
  private final SimParts parts;
  private final SimFeed feed;
  private final SplittableRandom random;
  private final JournalOptions options;
  private final SnapshotFiles snapshots;
  private final CommandResult.Collector output = new CommandResult.Collector();
  private final List<Applied> waiting = new ArrayList<>();
  private SwitchEngine plain;
  private Engine engine;
  private Journal journal;
  private Engine.Image image;
  private long imageHash;
  private long retiredTo;

  /** So many of those that wait were appended and not yet applied. */
  private int behind;

  /** A command in the log; its result is null if the host died before the engine had it. */
  record Applied(long sequence, long timeMs, Instruction instruction, CommandResult result) {}

  SimHost(
      final SimStorage disk,
      final SimFeed feed,
      final SimParts parts,
      final SplittableRandom random) {
    this.disk = disk;
    this.feed = feed;
    this.parts = parts;
    plain = new SwitchEngine(parts.signatures());
    engine = plain;
    this.random = random.split();
    storage = parts.storage(disk);
    options =
        new JournalOptions(
            JournalOptions.MIN_SEGMENT_BYTES, BATCH_BYTES, random.nextInt(3), random::nextLong);
    snapshots = new SnapshotFiles(storage);
  }

  Engine engine() {
    return engine;
  }

  EngineSummary audit() {
    return plain.audit();
  }

  /** Segments that nothing will be written to any more. */
  List<SealedSegment> sealed() {
    return journal == null ? List.of() : journal.sealed();
  }

  SimStorage disk() {
    return disk;
  }

  long retiredTo() {
    return retiredTo;
  }

  /** What the log may hold and nobody was told of. */
  List<Applied> waiting() {
    return waiting;
  }

  /** Brings up a new process on what the disk holds. */
  Recovery.Recovered recover(final long feedSequence, final ReplayVisitor visitor)
      throws IOException {
    image = null;
    behind = 0;
    plain = new SwitchEngine(parts.signatures());
    engine = parts.engine(plain);
    final Recovery.Recovered recovered =
        new Recovery(storage, note -> {}).open(engine, options, feedSequence, visitor);
    journal = recovered.journal();
    return recovered;
  }

  /** Appends it; the engine has it at once or, often, later. */
  void take(final Instruction instruction, final long timeMs) {
    final long sequence = journal.appendedSequence() + 1;
    waiting.add(new Applied(sequence, timeMs, instruction, null));
    behind++;
    final int length = instruction.bytes.length;
    if (!journal.append(sequence, timeMs, instruction.buffer(), 0, length)) {
      journal.commit();
      SimFailure.unless(
          journal.append(sequence, timeMs, instruction.buffer(), 0, length),
          "the journal takes nothing after a commit");
    }
    if (random.nextInt(4) != 0) {
      catchUp();
    }
  }

  private void catchUp() {
    while (behind > 0) {
      applyNext();
    }
  }

  private void applyNext() {
    final int at = waiting.size() - behind;
    final Applied next = waiting.get(at);
    final DirectBuffer bytes = next.instruction().buffer();
    engine.touch(bytes, 0, bytes.capacity());
    engine.apply(next.sequence(), next.timeMs(), bytes, 0, bytes.capacity(), output);
    final CommandResult result = output.take();
    waiting.set(at, new Applied(next.sequence(), next.timeMs(), next.instruction(), result));
    behind--;
    parts.applied(feed, result);
  }

  /** Waits for both, journal and engine; only then it is released. */
  List<Applied> commit() {
    parts.commit(journal);
    catchUp();
    final List<Applied> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }

  boolean isFreezing() {
    return image != null;
  }

  /** As it is now, whatever of it is durable. */
  void freeze() {
    image = engine.freeze();
    imageHash = engine.stateHash();
  }

  /**
   * Writes what was frozen, however far the engine has gone on since, and lets it go on meanwhile.
   *
   * @return false if it is not durable yet
   */
  boolean writeSnapshot() throws IOException {
    if (!parts.mayWrite(image.sequence(), journal)) {
      return false;
    }
    final SnapshotInfo info =
        snapshots.write(
            sink -> {
              image.writeTo(new Interrupted(sink));
              return new SnapshotInfo(
                  image.sequence(), image.timeMs(), image.feedSequence(), image.stateHash());
            });
    SimFailure.unlessEqual(imageHash, info.stateHash(), "state hash of the snapshot");
    image.close();
    image = null;
    return true;
  }

  /** Between two pages the engine may apply another command. */
  private final class Interrupted implements SnapshotSink {
    private final SnapshotSink sink;

    Interrupted(final SnapshotSink sink) {
      this.sink = sink;
    }

    @Override
    public void section(final String name, final int version) {
      sink.section(name, version);
    }

    @Override
    public void putLong(final long value) {
      sink.putLong(value);
    }

    @Override
    public void putLongs(final long[] values, final int offset, final int length) {
      if (behind > 0 && random.nextInt(8) == 0) {
        applyNext();
      }
      sink.putLongs(values, offset, length);
    }
  }

  /** Gives one old segment back that two snapshots cover; the feed must be durable that far. */
  void retire() throws IOException {
    final List<SealedSegment> sealed = journal.sealed();
    if (!sealed.isEmpty() && sealed.get(0).lastSequence() <= snapshots.coveredSequence()) {
      retiredTo = sealed.get(0).lastSequence();
      journal.retire(sealed.get(0));
    }
  }

  void prepareSpare() throws IOException {
    journal.prepareSpare();
  }

  long stateHash() {
    return engine.stateHash();
  }
}
