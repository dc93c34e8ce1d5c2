package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Everything the core writes to disk goes through here, so that the simulation can lose, tear and
 * corrupt it. One directory; names have no separators. Any {@link IOException} from a write or a
 * force is fatal to the caller: what was not forced may be gone, and trying again may lie.
 */
public interface Storage {
  /** Names of the files that exist, sorted. */
  List<String> list() throws IOException;

  /** Opens for reading and writing; creates it when absent. */
  StoredFile open(String name) throws IOException;

  /** Atomic with respect to a crash once {@link #forceDirectory} has returned. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes creations, renames and deletions durable. */
  void forceDirectory() throws IOException;

  /** Bytes that can still be written here. */
  long usableBytes() throws IOException;

  /**
   * Whether a snapshot may be read and loaded with the help of a second thread. Not where reads
   * have to come in one order, as the faults of a simulated disk do.
   */
  default boolean mayUseThreads() {
    return false;
  }

  /** One file. One thread at a time. */
  interface StoredFile extends AutoCloseable {
    long size() throws IOException;

    /** Writes all that remains of the buffer. */
    void write(ByteBuffer source, long position) throws IOException;

    /**
     * Fills the buffer as far as the file reaches.
     *
     * @return bytes read, or -1 at the end
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Returns when everything written before is durable. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }
}
