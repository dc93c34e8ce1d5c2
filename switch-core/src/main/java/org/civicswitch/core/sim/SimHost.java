package org.civicswitch.core.sim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.Recovery;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.core.storage.SnapshotFiles;
import org.civicswitch.core.storage.SnapshotInfo;

/**
 * A host on one thread and a simulated disk: the same engine, journal, snapshots and recovery as
 * everywhere, and a release gate. The engine runs ahead of the journal, as in the real one.
 */
final class SimHost {
  private static final int BATCH_BYTES = 80 * 1024;

  private final SimStorage storage;
  private final JournalOptions options;
  private final SnapshotFiles snapshots;
  private final CommandResult.Collector output = new CommandResult.Collector();
  private final List<Applied> waiting = new ArrayList<>();
  private SwitchEngine engine = new SwitchEngine();
  private Journal journal;
  private Engine.Image image;
  private long imageHash;
  private long retiredTo;

  /** A command in the log; its result is null if the host died before the engine had it. */
  record Applied(long sequence, long timeMs, Instruction instruction, CommandResult result) {}

  SimHost(final SimStorage storage, final SplittableRandom random) {
    this.storage = storage;
    options =
        new JournalOptions(
            JournalOptions.MIN_SEGMENT_BYTES, BATCH_BYTES, random.nextInt(3), random::nextLong);
    snapshots = new SnapshotFiles(storage);
  }

  SwitchEngine engine() {
    return engine;
  }

  SimStorage storage() {
    return storage;
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
    engine = new SwitchEngine();
    final Recovery.Recovered recovered =
        new Recovery(storage, note -> {}).open(engine, options, feedSequence, visitor);
    journal = recovered.journal();
    return recovered;
  }

  void apply(final Instruction instruction, final long timeMs) {
    final long sequence = engine.sequence() + 1;
    waiting.add(new Applied(sequence, timeMs, instruction, null));
    final int length = instruction.bytes.length;
    if (!journal.append(sequence, timeMs, instruction.buffer(), 0, length)) {
      journal.commit();
      SimFailure.unless(
          journal.append(sequence, timeMs, instruction.buffer(), 0, length),
          "the journal takes nothing after a commit");
    }
    engine.touch(instruction.buffer(), 0, length);
    engine.apply(sequence, timeMs, instruction.buffer(), 0, length, output);
    waiting.set(waiting.size() - 1, new Applied(sequence, timeMs, instruction, output.take()));
  }

  /** Makes everything durable; only then is it released. */
  List<Applied> commit() {
    journal.commit();
    SimFailure.unlessEqual(
        engine.sequence(), journal.committedSequence(), "committed sequence of the journal");
    final List<Applied> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }

  boolean isFreezing() {
    return image != null;
  }

  void freeze() {
    image = engine.freeze();
    imageHash = engine.stateHash();
  }

  /** Writes what was frozen, however far the engine has gone on since. */
  void writeSnapshot() throws IOException {
    SimFailure.unless(
        journal.committedSequence() >= image.sequence(), "a snapshot ahead of the journal");
    final SnapshotInfo info =
        snapshots.write(
            sink -> {
              image.writeTo(sink);
              return new SnapshotInfo(
                  image.sequence(), image.timeMs(), image.feedSequence(), image.stateHash());
            });
    SimFailure.unlessEqual(imageHash, info.stateHash(), "state hash of the snapshot");
    image.close();
    image = null;
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
