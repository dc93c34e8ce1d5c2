package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.civicswitch.core.storage.SealedSegment;
import org.civicswitch.core.storage.StorageCorruptException;

/**
 * Something that no force protects from: rot in what was durable, files lost or exchanged, a feed
 * that was restored from too old a copy. A start must then come to what was, or refuse and name
 * what it found; never to anything else. Whoever runs the switch then puts it right.
 */
final class Mishap {
  private static final int HEADER_USED_BYTES = 64;
  private static final int HEADER_BYTES = 4096;

  private final String kind;
  private final List<String> explains;
  private final Runnable mend;
  private final boolean mendsItself;

  private Mishap(
      final String kind,
      final List<String> explains,
      final Runnable mend,
      final boolean mendsItself) {
    this.kind = kind;
    this.explains = explains;
    this.mend = mend;
    this.mendsItself = mendsItself;
  }

  /**
   * Does one of them.
   *
   * @return null if there is nothing yet that it could happen to
   */
  static Mishap happen(final SplittableRandom random, final SimHost host, final SimFeed feed) {
    final SimStorage disk = host.disk();
    // A host that died while it gave a segment back still counts that one.
    final List<String> files = disk.list();
    final List<SealedSegment> sealed =
        host.sealed().stream().filter(segment -> files.contains(segment.fileName())).toList();
    return switch (random.nextInt(4)) {
      case 0 -> sealed.isEmpty() ? null : rot(random, disk, pick(random, sealed));
      case 1 -> sealed.size() < 2 ? null : missing(disk, pick(random, inner(sealed)));
      case 2 -> sealed.size() < 2 ? null : swapped(random, disk, sealed);
      default -> feedBehind(random, feed);
    };
  }

  private static Mishap feedBehind(final SplittableRandom random, final SimFeed feed) {
    final List<DirectBuffer> lost = feed.cut(random);
    if (lost.isEmpty()) {
      return null;
    }
    return new Mishap(
        "feed_behind", List.of("is wanted and the first"), () -> feed.mend(lost), true);
  }

  private static <T> T pick(final SplittableRandom random, final List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Without the oldest, whose absence looks like an archived one. */
  private static List<SealedSegment> inner(final List<SealedSegment> sealed) {
    return sealed.subList(1, sealed.size());
  }

  private static Mishap rot(
      final SplittableRandom random, final SimStorage disk, final SealedSegment segment) {
    final long at =
        random.nextInt(8) == 0
            ? random.nextInt(HEADER_USED_BYTES)
            : HEADER_BYTES + random.nextLong(segment.end() - HEADER_BYTES);
    final int mask = 1 << random.nextInt(8);
    disk.damage(segment.fileName(), at, mask);
    return new Mishap(
        "segment_rotten",
        List.of(segment.fileName()),
        () -> disk.damage(segment.fileName(), at, mask),
        false);
  }

  private static Mishap missing(final SimStorage disk, final SealedSegment segment) {
    final Runnable putBack = disk.takeAway(segment.fileName());
    return new Mishap("segment_missing", List.of(segment.fileName()), putBack, false);
  }

  private static Mishap swapped(
      final SplittableRandom random, final SimStorage disk, final List<SealedSegment> sealed) {
    final List<SealedSegment> two = new ArrayList<>(sealed);
    final String one = two.remove(random.nextInt(two.size())).fileName();
    final String other = pick(random, two).fileName();
    disk.swap(one, other);
    return new Mishap("segments_swapped", List.of(one, other), () -> disk.swap(one, other), false);
  }

  String kind() {
    return kind;
  }

  /** Whether this is what a refusal speaks of. */
  boolean explains(final StorageCorruptException refusal) {
    return explains.stream().anyMatch(refusal.getMessage()::contains);
  }

  /** After a refusal. */
  void mend() {
    mend.run();
  }

  /** After a start that came through: it has given the feed again what that lacked. */
  void mendBehindStart() {
    if (!mendsItself) {
      mend.run();
    }
  }
}
