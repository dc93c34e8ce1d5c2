package org.civicswitch.core.storage;

import static org.civicswitch.core.storage.SnapshotFormat.FRAME_BYTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.civicswitch.memory.SnapshotSource;

/**
 * Reads one snapshot in one pass. Every value handed out has been checked; that none is missing is
 * known at {@link #end}. Any method throws {@link StorageCorruptException} when it comes upon
 * damage, and {@link UncheckedIOException} when the disk fails. One thread.
 */
public final class SnapshotReader implements SnapshotSource, AutoCloseable {
  private final Storage.StoredFile file;
  private final String name;
  private final SnapshotFrames frames;
  private final boolean mayUseThreads;
  private FramesAhead ahead;
  private ByteBuffer run;
  private int frameEnd;
  private int kind;

  private SnapshotReader(
      final Storage.StoredFile file, final String name, final boolean mayUseThreads)
      throws IOException {
    this.file = file;
    this.name = name;
    this.mayUseThreads = mayUseThreads;
    this.frames = new SnapshotFrames(file, name);
  }

  /** Checks the header. */
  static SnapshotReader open(final Storage storage, final String name) throws IOException {
    final Storage.StoredFile file = storage.open(name);
    try {
      return new SnapshotReader(file, name, storage.mayUseThreads());
    } catch (final IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public SnapshotInfo info() {
    return frames.info();
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /** Reads and checks what is left, and keeps nothing of it. */
  void check() {
    while (kind != SnapshotFormat.END) {
      nextFrame();
    }
  }

  private void nextFrame() {
    if (run == null || frameEnd == run.limit()) {
      nextRun();
    }
    kind = run.getInt(frameEnd);
    final int payload = frameEnd + FRAME_BYTES;
    frameEnd = payload + run.getInt(frameEnd + 4);
    run.position(payload);
  }

  private void nextRun() {
    if (kind == SnapshotFormat.END) {
      throw new IllegalStateException(name + ": nothing comes behind the end");
    }
    frameEnd = 0;
    try {
      if (mayUseThreads) {
        if (ahead == null) {
          ahead = new FramesAhead(frames);
        }
        run = ahead.next();
      } else {
        if (run == null) {
          run = frames.newRun();
        }
        frames.read(run);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of values that are left in the present frame. */
  private int left() {
    return kind == SnapshotFormat.DATA ? frameEnd - run.position() : 0;
  }

  private void frame(final int wanted) {
    nextFrame();
    if (kind != wanted) {
      throw new IllegalStateException(
          name + ": a frame is of kind " + kind + " where " + wanted + " belongs");
    }
  }

  private void requireNoneLeft(final String before) {
    if (left() > 0) {
      throw new IllegalStateException(name + ": values are left before " + before);
    }
  }

  @Override
  public int section(final String wanted) {
    requireNoneLeft("section " + wanted);
    frame(SnapshotFormat.SECTION);
    final int version = run.getInt();
    final byte[] bytes = new byte[frameEnd - run.position()];
    run.get(bytes);
    final String found = new String(bytes, StandardCharsets.US_ASCII);
    if (!found.equals(wanted)) {
      throw new IllegalStateException(name + ": section " + found + ", wanted " + wanted);
    }
    return version;
  }

  @Override
  public long getLong() {
    if (left() == 0) {
      frame(SnapshotFormat.DATA);
    }
    return run.getLong();
  }

  @Override
  public void getLongs(final long[] values, final int offset, final int length) {
    int at = offset;
    final int end = offset + length;
    while (at < end) {
      if (left() == 0) {
        frame(SnapshotFormat.DATA);
      }
      final int count = Math.min(end - at, left() / Long.BYTES);
      run.asLongBuffer().get(values, at, count);
      run.position(run.position() + count * Long.BYTES);
      at += count;
    }
  }

  @Override
  public void end() {
    if (kind != SnapshotFormat.END) {
      requireNoneLeft("the end");
      frame(SnapshotFormat.END);
    }
  }

  @Override
  public void runAll(final List<Runnable> tasks) {
    if (mayUseThreads) {
      SideBySide.run(tasks);
    } else {
      tasks.forEach(Runnable::run);
    }
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.close();
    }
    try {
      file.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
