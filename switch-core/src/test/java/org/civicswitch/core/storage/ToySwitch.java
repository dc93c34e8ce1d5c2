package org.civicswitch.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.Engine;

/** The smallest host: journal, engine and a feed in memory, on one thread. */
final class ToySwitch implements AutoCloseable {
  final ToyEngine engine = new ToyEngine();
  final Recovery.Recovered recovered;
  final Journal journal;
  final List<String> notes = new ArrayList<>();
  private final ReplayOutput output = new ReplayOutput(ReplayVisitor.NONE);
  private final Storage storage;
  private final SnapshotFiles snapshots;
  private final List<Long> feed;
  private final List<Long> waiting = new ArrayList<>();

  /**
   * @param feed holds, for each event, the sequence of its command
   */
  ToySwitch(final Storage storage, final JournalOptions options, final List<Long> feed)
      throws IOException {
    this.storage = storage;
    this.feed = feed;
    this.snapshots = new SnapshotFiles(storage);
    recovered =
        new Recovery(storage, notes::add)
            .open(
                engine,
                options,
                feed.size(),
                new ReplayVisitor() {
                  @Override
                  public void event(
                      final long feedSequence,
                      final DirectBuffer event,
                      final int offset,
                      final int length) {
                    assertThat(event.getLong(offset)).isEqualTo(feedSequence);
                    if (feedSequence > feed.size()) {
                      assertThat(feedSequence).isEqualTo(feed.size() + 1L);
                      feed.add(event.getLong(offset + 8));
                    }
                  }
                });
    journal = recovered.journal();
  }

  void take(final byte[] command) {
    final long sequence = journal.appendedSequence() + 1;
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    while (!journal.append(sequence, JournalFixture.time(sequence), buffer, 0, command.length)) {
      commit();
    }
    final long before = engine.feedSequence();
    output.begin();
    engine.apply(sequence, JournalFixture.time(sequence), buffer, 0, command.length, output);
    output.show(engine, before);
    for (long i = before; i < engine.feedSequence(); i++) {
      waiting.add(sequence);
    }
  }

  void take(final int count, final int group) {
    for (int i = 0; i < count; i++) {
      final byte[] command = JournalFixture.command(journal.appendedSequence() + 1);
      command[0] &= 0x1f;
      take(command);
      if (i % group == group - 1) {
        commit();
      }
    }
    commit();
  }

  void commit() {
    journal.commit();
    feed.addAll(waiting);
    waiting.clear();
  }

  void snapshot() throws IOException {
    try (Engine.Image image = engine.freeze()) {
      snapshots.write(
          sink -> {
            image.writeTo(sink);
            return new SnapshotInfo(
                image.sequence(), image.timeMs(), image.feedSequence(), image.stateHash());
          });
    }
  }

  void archive(final Archive archive) throws IOException {
    final long covered = snapshots.coveredSequence();
    for (final SealedSegment segment : journal.sealed()) {
      if (segment.lastSequence() > covered) {
        return;
      }
      archive.add(storage, segment);
      journal.retire(segment);
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
