package org.civicswitch.memory;

import java.util.Arrays;

/**
 * A snapshot in memory, written and read in the same order: for rehearsing a load, for copying a
 * state, for tests. One thread.
 */
public final class HeapSnapshot implements SnapshotSink, SnapshotSource {
  private long[] words = new long[1 << 14];
  private String[] names = new String[8];
  private int[] versions = new int[8];
  private int written;
  private int read;
  private int sectionsWritten;
  private int sectionsRead;

  /** Goes back to the beginning, for another load. */
  public HeapSnapshot rewind() {
    read = 0;
    sectionsRead = 0;
    return this;
  }

  @Override
  public void section(final String name, final int version) {
    if (sectionsWritten == names.length) {
      names = Arrays.copyOf(names, sectionsWritten * 2);
      versions = Arrays.copyOf(versions, sectionsWritten * 2);
    }
    names[sectionsWritten] = name;
    versions[sectionsWritten++] = version;
  }

  @Override
  public void putLong(final long value) {
    grow(1);
    words[written++] = value;
  }

  @Override
  public void putLongs(final long[] values, final int offset, final int length) {
    grow(length);
    System.arraycopy(values, offset, words, written, length);
    written += length;
  }

  private void grow(final int by) {
    if (written + by > words.length) {
      words = Arrays.copyOf(words, Math.max(words.length * 2, written + by));
    }
  }

  @Override
  public int section(final String name) {
    if (sectionsRead == sectionsWritten || !names[sectionsRead].equals(name)) {
      throw new IllegalStateException(
          "expected section "
              + name
              + ", found "
              + (sectionsRead == sectionsWritten ? "the end" : names[sectionsRead]));
    }
    return versions[sectionsRead++];
  }

  @Override
  public long getLong() {
    return words[advance(1)];
  }

  @Override
  public void getLongs(final long[] values, final int offset, final int length) {
    System.arraycopy(words, advance(length), values, offset, length);
  }

  @Override
  public void end() {
    if (read != written || sectionsRead != sectionsWritten) {
      throw new IllegalStateException("the snapshot was not read to its end");
    }
  }

  private int advance(final int by) {
    if (read + by > written) {
      throw new IllegalStateException("the snapshot ends after " + written + " words");
    }
    read += by;
    return read - by;
  }
}
