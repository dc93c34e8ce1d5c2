package org.civicswitch.core.sim;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.storage.Storage;

/** Chooses when and how the machine fails next. */
final class FaultPlan {
  private static final int PATIENCE = 200;

  private final SplittableRandom random;
  private final SimStorage storage;
  private boolean armed;
  private int armedSteps;
  private int crashes;
  private String damagedFile;
  private long damagedAt;
  private int damagedMask;

  FaultPlan(final SplittableRandom random, final SimStorage storage) {
    this.random = random;
    this.storage = storage;
  }

  int crashes() {
    return crashes;
  }

  boolean isArmed() {
    return armed;
  }

  /** What was armed has not come up, because nothing happened that could fail. */
  boolean isOverdue() {
    return armed && armedSteps > PATIENCE;
  }

  void stepped() {
    armedSteps++;
  }

  /**
   * Prepares the next fault.
   *
   * @return true if the machine fails at once
   */
  boolean arm(final SimHost host) throws IOException {
    if (isOverdue()) {
      return true;
    }
    if (armed) {
      return false;
    }
    armed = true;
    armedSteps = 0;
    switch (random.nextInt(6)) {
      case 0, 1 -> storage.stopAfter(random.nextInt(12));
      case 2 -> storage.failForceAfter(random.nextInt(6));
      case 3 -> storage.capacity(used() + random.nextInt(40_000));
      case 4 -> {
        damageSnapshot();
        return true;
      }
      default -> {
        // Between append and commit, or just after a commit.
        return true;
      }
    }
    return false;
  }

  private long used() {
    return Long.MAX_VALUE - storage.usableBytes();
  }

  /** Only if there is an older one to fall back on. */
  private void damageSnapshot() throws IOException {
    final List<String> snapshots =
        storage.list().stream().filter(name -> name.startsWith("snapshot-")).toList();
    if (snapshots.size() < 2) {
      return;
    }
    damagedFile = snapshots.get(snapshots.size() - 1);
    try (Storage.StoredFile file = storage.open(damagedFile)) {
      damagedAt = random.nextLong(file.size());
    }
    damagedMask = 1 << random.nextInt(8);
    storage.damage(damagedFile, damagedAt, damagedMask);
  }

  void crashed() {
    storage.capacity(Long.MAX_VALUE);
    crashes++;
  }

  /** The medium is mended, so that one fault does not meet the next. */
  void recovered() {
    armed = false;
    if (damagedFile != null) {
      if (storage.list().contains(damagedFile)) {
        storage.damage(damagedFile, damagedAt, damagedMask);
      }
      damagedFile = null;
    }
  }
}
