package org.civicswitch.memory;

/**
 * Where a snapshot comes from. Every value handed out was checked by itself; that nothing is
 * missing is known at {@link #end}. Any method may find damage and throws an unchecked exception of
 * the implementation: whoever loads keeps what it was given apart until the end.
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

  /**
   * Comes behind the last value, once or more often.
   *
   * @throws IllegalStateException if values or sections are left
   */
  void end();
}
