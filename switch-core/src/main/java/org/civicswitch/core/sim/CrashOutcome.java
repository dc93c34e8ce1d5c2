package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
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

  void apply(final byte[] durable, final List<SimStorage.Pending> pending) {
    final List<SimStorage.Pending> pieces = new ArrayList<>();
    for (final SimStorage.Pending write : pending) {
      cut(write, pieces);
    }
    for (final SimStorage.Pending piece : pieces) {
      final int at = (int) piece.position();
      final byte[] bytes = piece.bytes();
      if (mood == 0) {
        count.accept("lost");
      } else if (mood == 1) {
        System.arraycopy(bytes, 0, durable, at, bytes.length);
      } else {
        switch (random.nextInt(16)) {
          case 0, 1, 2, 3, 4 -> count.accept("lost");
          case 5, 6 -> {
            count.accept("torn");
            System.arraycopy(bytes, 0, durable, at, random.nextInt(bytes.length + 1));
          }
          case 7 -> {
            count.accept("flipped");
            System.arraycopy(bytes, 0, durable, at, bytes.length);
            durable[at + random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          case 8 -> {
            count.accept("misdirected");
            final SimStorage.Pending other = pieces.get(random.nextInt(pieces.size()));
            final int length = Math.min(bytes.length, other.bytes().length);
            System.arraycopy(bytes, 0, durable, (int) other.position(), length);
          }
          default -> System.arraycopy(bytes, 0, durable, at, bytes.length);
        }
      }
    }
  }

  private static void cut(final SimStorage.Pending write, final List<SimStorage.Pending> pieces) {
    final long end = write.position() + write.bytes().length;
    for (long at = write.position(); at < end; ) {
      final long next = Math.min(end, (at / SimStorage.SECTOR + 1) * SimStorage.SECTOR);
      final int from = (int) (at - write.position());
      pieces.add(
          new SimStorage.Pending(
              at, Arrays.copyOfRange(write.bytes(), from, (int) (next - write.position()))));
      at = next;
    }
  }
}
