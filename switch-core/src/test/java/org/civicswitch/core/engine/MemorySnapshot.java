package org.civicswitch.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;

/** A snapshot in memory. */
final class MemorySnapshot implements SnapshotSink {
  private record Section(String name, int version, List<long[]> values) {}

  private final List<Section> sections = new ArrayList<>();

  @Override
  public void section(final String name, final int version) {
    sections.add(new Section(name, version, new ArrayList<>()));
  }

  @Override
  public void putLong(final long value) {
    last().add(new long[] {value});
  }

  @Override
  public void putLongs(final long[] values, final int offset, final int length) {
    final long[] copy = new long[length];
    System.arraycopy(values, offset, copy, 0, length);
    last().add(copy);
  }

  private List<long[]> last() {
    return sections.get(sections.size() - 1).values();
  }

  SnapshotSource source() {
    final ArrayDeque<Section> left = new ArrayDeque<>(sections);
    return new SnapshotSource() {
      private ArrayDeque<long[]> values = new ArrayDeque<>();

      @Override
      public int section(final String name) {
        final Section section = left.remove();
        if (!section.name().equals(name)) {
          throw new IllegalStateException("not " + name + " but " + section.name());
        }
        values = new ArrayDeque<>(section.values());
        return section.version();
      }

      @Override
      public long getLong() {
        return values.remove()[0];
      }

      @Override
      public void getLongs(final long[] target, final int offset, final int length) {
        System.arraycopy(values.remove(), 0, target, offset, length);
      }

      @Override
      public void end() {
        if (!left.isEmpty() || !values.isEmpty()) {
          throw new IllegalStateException("the snapshot was not read to its end");
        }
      }
    };
  }
}
