package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;

/** A snapshot in memory. */
final class LongsSnapshot implements SnapshotSink, SnapshotSource {
  private final List<Object> items = new ArrayList<>();
  private int at;

  @Override
  public void section(final String name, final int version) {
    items.add(name);
    items.add((long) version);
  }

  @Override
  public void putLong(final long value) {
    items.add(value);
  }

  @Override
  public void putLongs(final long[] values, final int offset, final int length) {
    items.add(java.util.Arrays.copyOfRange(values, offset, offset + length));
  }

  @Override
  public int section(final String name) {
    if (!name.equals(items.get(at++))) {
      throw new IllegalStateException("not section " + name);
    }
    return (int) getLong();
  }

  @Override
  public long getLong() {
    return (long) items.get(at++);
  }

  @Override
  public void getLongs(final long[] values, final int offset, final int length) {
    System.arraycopy((long[]) items.get(at++), 0, values, offset, length);
  }

  @Override
  public void end() {
    if (at != items.size()) {
      throw new IllegalStateException("the snapshot was not read to its end");
    }
  }
}
