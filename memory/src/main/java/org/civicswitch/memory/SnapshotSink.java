package org.civicswitch.memory;

/**
 * Where a snapshot goes. Written by one thread, in order; counts and checksums are the business of
 * whoever implements it. A failure to write is thrown as an unchecked exception of the
 * implementation and abandons the snapshot.
 */
public interface SnapshotSink {
  /** Starts a section. The name and version are checked again on load. */
  void section(String name, int version);

  void putLong(long value);

  void putLongs(long[] values, int offset, int length);
}
