package org.civicswitch.core.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Reads and checks the frames of a snapshot on a thread of its own, a few runs ahead of who takes
 * them: half of what a load costs is the file. What is taken is the same, in the same order, as
 * without it.
 */
final class FramesAhead implements AutoCloseable {
  private static final int RUNS = 4;

  /** Stands for the failure that ended the reading; no run is empty. */
  private static final ByteBuffer FAILED = ByteBuffer.allocate(0);

  private final SnapshotFrames frames;
  private final ArrayBlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(RUNS);
  private final ArrayBlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(RUNS + 1);
  private final Thread thread = new Thread(this::readAll, "snapshot-reader");
  private ByteBuffer taken;

  /** Written before {@link #FAILED} is handed over. */
  private Throwable failure;

  FramesAhead(final SnapshotFrames frames) {
    this.frames = frames;
    for (int i = 0; i < RUNS; i++) {
      empty.add(frames.newRun());
    }
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll() {
    try {
      while (!frames.ended()) {
        final ByteBuffer run = empty.take();
        frames.read(run);
        full.add(run);
      }
    } catch (final InterruptedException e) {
      // Closed: nobody waits any more.
      Thread.currentThread().interrupt();
    } catch (final IOException | RuntimeException | Error e) {
      failure = e;
      full.add(FAILED);
    }
  }

  /**
   * The next run; the one before is given back. Not asked again after the end frame.
   *
   * @throws StorageCorruptException what the reading found
   */
  ByteBuffer next() throws IOException {
    try {
      if (taken != null) {
        empty.add(taken);
      }
      taken = full.take();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a snapshot was loaded");
    }
    if (taken.capacity() == 0) {
      taken = null;
      full.add(FAILED);
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) failure;
    }
    return taken;
  }

  /** Ends the thread, which is done with the file when this returns. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
