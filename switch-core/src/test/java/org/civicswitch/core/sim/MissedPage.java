package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.memory.SnapshotSink;

/** An engine whose copy-on-write misses a page: its images show one as it became afterwards. */
final class MissedPage extends EngineShell {
  MissedPage(final Engine inner) {
    super(inner);
  }

  @Override
  public Image freeze() {
    return new MissingImage(inner.freeze());
  }

  private final class MissingImage implements Image {
    private final Image image;

    MissingImage(final Image image) {
      this.image = image;
    }

    @Override
    public long sequence() {
      return image.sequence();
    }

    @Override
    public long timeMs() {
      return image.timeMs();
    }

    @Override
    public long feedSequence() {
      return image.feedSequence();
    }

    @Override
    public long stateHash() {
      return image.stateHash();
    }

    @Override
    public long copiedBytes() {
      return image.copiedBytes();
    }

    @Override
    public void writeTo(final SnapshotSink sink) {
      final Pages frozen = new Pages();
      image.writeTo(frozen);
      image.close();
      final Pages now = new Pages();
      try (Image later = inner.freeze()) {
        later.writeTo(now);
      }
      boolean missed = false;
      for (int i = 0; i < frozen.calls.size(); i++) {
        final Object call = frozen.calls.get(i);
        if (call instanceof long[] page) {
          final long[] other =
              i < now.calls.size() && now.calls.get(i) instanceof long[] same ? same : page;
          final boolean miss =
              !missed && other.length == page.length && !Arrays.equals(page, other);
          missed |= miss;
          sink.putLongs(miss ? other : page, 0, page.length);
        } else if (call instanceof Long value) {
          sink.putLong(value);
        } else {
          final Section section = (Section) call;
          sink.section(section.name, section.version);
        }
      }
    }

    @Override
    public void close() {
      image.close();
    }
  }

  private record Section(String name, int version) {}

  /** What was put, call by call. */
  private static final class Pages implements SnapshotSink {
    private final List<Object> calls = new ArrayList<>();

    @Override
    public void section(final String name, final int version) {
      calls.add(new Section(name, version));
    }

    @Override
    public void putLong(final long value) {
      calls.add(value);
    }

    @Override
    public void putLongs(final long[] values, final int offset, final int length) {
      calls.add(Arrays.copyOfRange(values, offset, offset + length));
    }
  }
}
