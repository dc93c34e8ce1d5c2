package org.civicswitch.core.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.storage.JournalFailedException;
import org.civicswitch.core.storage.JournalReader;
import org.civicswitch.core.storage.ReplayVisitor;
import org.civicswitch.core.storage.StorageCorruptException;

/** Crashes a host, brings it up again and checks that it is what it was. */
final class Restart {
  private final SplittableRandom random;
  private final SimHost host;
  private final Truth truth;
  private final SimFeed feed;
  private final Consumer<String> count;

  Restart(
      final SplittableRandom random,
      final SimHost host,
      final Truth truth,
      final SimFeed feed,
      final Consumer<String> count) {
    this.random = random;
    this.host = host;
    this.truth = truth;
    this.feed = feed;
    this.count = count;
  }

  /** A new directory, often with the power failing while it is made. */
  void fromNothing() throws IOException {
    recover();
    checkRecovered();
  }

  void after(final boolean powerLoss) throws IOException {
    lose(powerLoss);
    recover();
    checkRecovered();
  }

  private void lose(final boolean powerLoss) {
    if (powerLoss) {
      host.disk().crash(random);
      if (feed.crash(random)) {
        count.accept("feed_tail_lost");
      }
    } else {
      host.disk().kill();
    }
  }

  private void recover() throws IOException {
    Mishap mishap = random.nextBoolean() ? Mishap.happen(random, host, feed) : null;
    boolean again = true;
    while (again) {
      final boolean armed = random.nextInt(3) == 0;
      if (armed) {
        fail();
      }
      try {
        final Replayed replayed = new Replayed(feed.lastSequence());
        host.recover(feed.lastSequence(), replayed);
        host.disk().stopAfter(-1);
        host.disk().failReadAfter(-1);
        replayed.events.forEach(feed::append);
        again = false;
      } catch (final IOException | UncheckedIOException | JournalFailedException e) {
        SimFailure.unless(armed, "recovery failed: " + e);
        count.accept("crash_in_recovery");
        lose(random.nextInt(4) != 0);
      } catch (final StorageCorruptException e) {
        SimFailure.unless(mishap != null && mishap.explains(e), "recovery refused: " + e);
        count.accept(mishap.kind() + "_refused");
        mishap.mend();
        mishap = null;
        lose(false);
      }
    }
    if (mishap != null) {
      count.accept(mishap.kind() + "_survived");
      mishap.mendBehindStart();
    }
  }

  private void fail() {
    if (random.nextInt(4) == 0) {
      host.disk().failReadAfter(random.nextInt(60));
    } else {
      host.disk().stopAfter(random.nextInt(10));
    }
  }

  /** Takes the events that the feed does not hold. */
  private static final class Replayed implements ReplayVisitor {
    private final List<DirectBuffer> events = new ArrayList<>();
    private final long held;
    private long next;

    Replayed(final long held) {
      this.held = held;
      next = held + 1;
    }

    @Override
    public void event(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      if (feedSequence > held) {
        SimFailure.unlessEqual(next, feedSequence, "feed sequence in recovery");
        next++;
        events.add(CommandResult.copy(event, offset, length));
      }
    }
  }

  private void checkRecovered() throws IOException {
    final long acknowledged = truth.sequence();
    SimFailure.unless(
        host.engine().sequence() >= acknowledged,
        "acknowledged up to " + acknowledged + ", recovered to " + host.engine().sequence());
    final List<SimHost.Applied> waiting = List.copyOf(host.waiting());
    host.waiting().clear();
    long last = host.retiredTo();
    try (JournalReader reader = JournalReader.open(host.disk(), last + 1)) {
      while (reader.next()) {
        SimFailure.unlessEqual(++last, reader.sequence(), "sequence in the journal");
        if (last <= acknowledged) {
          compare(truth.get(last), reader);
        } else {
          survived(waiting, last, reader);
        }
      }
    }
    SimFailure.unlessEqual(last, host.engine().sequence(), "end of the journal");
    feed.check(truth.feed());
  }

  private static void compare(final SimHost.Applied known, final JournalReader reader) {
    final DirectBuffer bytes = new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length());
    SimFailure.unless(
        known.timeMs() == reader.timeMs() && known.instruction().buffer().equals(bytes),
        () -> "the journal holds another command at sequence " + reader.sequence());
  }

  /** Durable although nobody was told: it has happened, and its clients will ask again. */
  private void survived(
      final List<SimHost.Applied> waiting, final long sequence, final JournalReader reader) {
    for (final SimHost.Applied applied : waiting) {
      if (applied.sequence() == sequence) {
        compare(applied, reader);
        final CommandResult result =
            truth.accept(sequence, applied.timeMs(), applied.instruction());
        SimFailure.unless(
            applied.result() == null || applied.result().isSame(result),
            "two engines differ at sequence " + sequence);
        count.accept("unacknowledged_survived");
        return;
      }
    }
    throw new SimFailure("the journal holds a command nobody sent at sequence " + sequence);
  }
}
