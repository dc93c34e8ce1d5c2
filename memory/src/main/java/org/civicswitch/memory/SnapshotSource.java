package org.civicswitch.memory;

/**
 * Where a snapshot comes from. Whoever implements it has checked the checksums before the first
 * value is handed out.
 */
public interface SnapshotSource {
  /**
   * Enters the next section.
   *
   * @return the version it was written with
   * @throws IllegalStateException if the next section has another name
   */
  int section(String name);

  long getLong();

  void getLongs(long[] values, int offset, int length);
}
