package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Decides what a crash does to writes that were not forced. */
final class CrashOutcome {
  private final RandomGenerator random;
  private final Consumer<String> count;
  private final int mood;

  CrashOutcome(final RandomGenerator random, final Consumer<String> count) {
    this.random = random;
    this.count = count;
    // Some crashes keep nothing or everything; most keep an arbitrary part.
    this.mood = random.nextInt(8);
  }

  /** A size that was not forced may be the old one, the new one or one between. */
  int length(final int durable, final int written) {
    if (durable == written) {
      return written;
    }
    final int low = Math.min(durable, written);
    final int high = Math.max(durable, written);
    return switch (random.nextInt(3)) {
      case 0 -> low;
      case 1 -> high;
      default -> low + random.nextInt(high - low + 1);
    };
  }

  void apply(final SimBytes durable, final List<SimStorage.Pending> pending) {
    final List<Piece> pieces = new ArrayList<>();
    for (final SimStorage.Pending write : pending) {
      cut(write, pieces);
    }
    for (final Piece piece : pieces) {
      final byte[] bytes = piece.bytes;
      if (mood == 0) {
        count.accept("lost");
      } else if (mood == 1) {
        durable.put(piece.at, bytes, 0, bytes.length);
      } else {
        switch (random.nextInt(16)) {
          case 0, 1, 2, 3, 4 -> count.accept("lost");
          case 5, 6 -> {
            count.accept("torn");
            durable.put(piece.at, bytes, 0, random.nextInt(bytes.length + 1));
          }
          case 7 -> {
            count.accept("flipped");
            durable.put(piece.at, bytes, 0, bytes.length);
            durable.flip(piece.at + random.nextInt(bytes.length), 1 << random.nextInt(8));
          }
          case 8 -> {
            count.accept("misdirected");
            final Piece other = pieces.get(random.nextInt(pieces.size()));
            durable.put(other.at, bytes, 0, Math.min(bytes.length, other.bytes.length));
          }
          default -> durable.put(piece.at, bytes, 0, bytes.length);
        }
      }
    }
  }

  /** What lies in one sector. */
  private static final class Piece {
    private final long at;
    private final byte[] bytes;

    Piece(final long at, final byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }
  }

  private static void cut(final SimStorage.Pending write, final List<Piece> pieces) {
    for (long at = write.position(); at < write.end(); ) {
      final long next = Math.min(write.end(), (at / SimStorage.SECTOR + 1) * SimStorage.SECTOR);
      pieces.add(new Piece(at, write.bytes().get(at, (int) (next - at))));
      at = next;
    }
  }
}
