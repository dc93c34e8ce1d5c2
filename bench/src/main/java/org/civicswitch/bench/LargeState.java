package org.civicswitch.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A state of a given size to be started from.
 *
 * @param accounts of the ledger, 1,000 to 200,000,000; nearly all are of participants' positions
 * @param ids remembered ones; at least one a command that makes the accounts
 * @param kept a directory that is filled when it is empty, used again when it is not, and left
 *     behind; null for one that goes with the run
 * @param javaOptions for the processes that fill and start it, behind those of this one
 */
record LargeState(int accounts, int ids, Path kept, List<String> javaOptions) {
  private static final int PARTICIPANTS = 10_000;
  private static final int ASSETS_MAX = 2_000;

  // What a record takes with its place in an index, in the fullest case.
  private static final long BYTES_PER_ACCOUNT = 64 + 128 + 2 * 36;
  private static final long BYTES_PER_ID = 64 + 36;

  LargeState {
    if (accounts < 1_000 || accounts > 200_000_000) {
      throw new IllegalArgumentException("--accounts must be from 1000 to 200000000");
    }
  }

  /** The least that {@code ids} can be. */
  int commandsToMakeIt() {
    return assets() + participants() + positions();
  }

  /** Each has an account of its own, where its units come from. */
  int assets() {
    return Math.min(ASSETS_MAX, Math.max(1, accounts / PARTICIPANTS));
  }

  int participants() {
    return (positions() + assets() - 1) / assets();
  }

  /** Each has two accounts, of prefunded and of deferred money. */
  int positions() {
    return (accounts - assets()) / 2;
  }

  /** The largest heap that is surely enough, megabytes. */
  long heapMb() {
    return 1024 + (((accounts * BYTES_PER_ACCOUNT + ids * BYTES_PER_ID) * 5 / 4) >> 20);
  }
}
