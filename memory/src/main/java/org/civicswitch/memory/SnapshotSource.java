package org.civicswitch.memory;

import java.util.List;

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

  /**
   * Runs what is to be done with the values when all are there: tasks that write nothing in common.
   * In any order; side by side where the source has a thread for that, which is why this is here.
   * Returns when all are done; what one throws is thrown on.
   */
  default void runAll(final List<Runnable> tasks) {
    tasks.forEach(Runnable::run);
  }
}
