package org.civicswitch.ops.console;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hashes of states of the past, made in the background, one at a time, when they are first asked
 * for; the last ones asked for are kept. Any thread, at once.
 */
final class StateHashes implements AutoCloseable {
  static final int KEPT = 200;

  /** Waiting to be made; one more is told to come again. */
  static final int WAITING_MAX = 8;

  /** What could not be made is tried again after this. */
  static final long AGAIN_MS = 60_000;

  private static final Answer COMPUTING = new Answer("", "", Long.MAX_VALUE);

  private final StateReplay replay;
  private final LongSupplier clockMs;
  private final Map<Long, Answer> bySequence = new LinkedHashMap<>(16, 0.75f, true);
  private final ThreadPoolExecutor maker;

  /**
   * @param hash 16 hexadecimal digits, or empty
   * @param why there is none; empty while it is being made
   * @param againMs when it is worth trying again
   */
  record Answer(String hash, String why, long againMs) {}

  /**
   * @param replay null where nobody can make states
   */
  StateHashes(final StateReplay replay, final LongSupplier clockMs) {
    this.replay = replay;
    this.clockMs = clockMs;
    maker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            work -> {
              final Thread thread = new Thread(work, "console-state-hash");
              thread.setDaemon(true);
              return thread;
            });
  }

  synchronized Answer of(final long sequence) {
    if (replay == null) {
      return new Answer("", "this console cannot replay the log", Long.MAX_VALUE);
    }
    final Answer known = bySequence.get(sequence);
    if (known != null && clockMs.getAsLong() < known.againMs()) {
      return known;
    }
    try {
      maker.execute(() -> make(sequence));
    } catch (final RejectedExecutionException e) {
      return new Answer("", "others are being computed first: load the page again", 0);
    }
    keep(sequence, COMPUTING);
    return COMPUTING;
  }

  /** The line that makes the state in a shell; empty where nobody can. */
  String command(final long sequence) {
    return replay == null ? "" : replay.command(sequence);
  }

  private void make(final long sequence) {
    Answer made;
    try {
      made = new Answer(replay.at(sequence).hashText(), "", Long.MAX_VALUE);
    } catch (final IOException | RuntimeException e) {
      final String why = e.getMessage() == null ? e.toString() : e.getMessage();
      made = new Answer("", why, clockMs.getAsLong() + AGAIN_MS);
    }
    keep(sequence, made);
  }

  private synchronized void keep(final long sequence, final Answer answer) {
    bySequence.put(sequence, answer);
    if (bySequence.size() > KEPT) {
      final var eldest = bySequence.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Does not wait for what is being made. */
  @Override
  public void close() {
    maker.shutdownNow();
  }
}
