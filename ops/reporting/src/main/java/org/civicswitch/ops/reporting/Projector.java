package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.civicswitch.core.feed.FeedReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the feed into the store on a thread of its own. It only reads the feed's files, so a slow
 * or absent database makes it late and nobody else. When something fails it begins again where the
 * last transaction ended, at first at once, then ever more seldom.
 */
public final class Projector implements AutoCloseable {
  /** What has come is written no later than this. */
  static final long BATCH_NS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int POLL = 1_000;
  private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long RETENTION_EVERY_NS = TimeUnit.MINUTES.toNanos(10);
  private static final long CLOSE_MS_MAX = 10_000;
  private static final long RETRY_MS_MIN = 500;
  private static final long RETRY_MS_MAX = 30_000;
  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

  private final ReportingSettings settings;
  private final LongFunction<FeedReader> feed;
  private final Thread thread;
  private final long startedMs = System.currentTimeMillis();
  private volatile ReportingStore store;
  private volatile boolean running = true;
  private volatile Progress progress = new Progress(0, 0, 0, false, "not begun");

  /**
   * @param caughtUp whether the end of the feed was reached after this
   * @param problem why it does not go on, or null
   */
  private record Progress(
      long feedSequence, long logSequence, long timeMs, boolean caughtUp, String problem) {}

  private Projector(final ReportingSettings settings, final LongFunction<FeedReader> feed) {
    this.settings = settings;
    this.feed = feed;
    thread = new Thread(this::run, "reporting-feed");
    thread.setDaemon(true);
  }

  /**
   * Starts. The store is opened on the projector's thread, again and again until it can be: whoever
   * has payments to make does not wait for a database.
   *
   * @param feed opens a reader from a feed sequence on
   */
  public static Projector start(
      final ReportingSettings settings, final LongFunction<FeedReader> feed) {
    final Projector projector = new Projector(settings, feed);
    projector.thread.start();
    return projector;
  }

  /**
   * The store, to search in.
   *
   * @throws IOException if it could not be opened yet; says why
   */
  public ReportingStore store() throws IOException {
    final ReportingStore opened = store;
    if (opened == null) {
      final String problem = progress.problem();
      throw new IOException("the reporting store is not open: " + problem);
    }
    return opened;
  }

  /** How it is; any thread, at once. */
  public ReportingStatus status() {
    final Progress now = progress;
    // A store that could not be opened since the start is behind by no less than that.
    final long sinceMs = now.timeMs() == 0 ? startedMs : now.timeMs();
    return new ReportingStatus(
        now.feedSequence(),
        now.logSequence(),
        now.timeMs(),
        now.caughtUp() ? 0 : Math.max(1, System.currentTimeMillis() - sinceMs),
        now.caughtUp(),
        now.problem());
  }

  private void run() {
    long retryMs = RETRY_MS_MIN;
    while (running) {
      final long before = progress.feedSequence();
      try {
        project();
        return;
      } catch (final SQLException | IOException | RuntimeException failure) {
        if (!running) {
          return;
        }
        retryMs =
            progress.feedSequence() > before ? RETRY_MS_MIN : Math.min(2 * retryMs, RETRY_MS_MAX);
        report(failure, retryMs);
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(retryMs));
      }
    }
  }

  private void report(final Exception failure, final long retryMs) {
    final String problem =
        failure.getMessage() == null ? failure.toString() : failure.getMessage().strip();
    if (!problem.equals(progress.problem())) {
      LOG.warn("the reporting store falls behind, tried again in {} ms: {}", retryMs, problem);
    }
    final Progress at = progress;
    progress = new Progress(at.feedSequence(), at.logSequence(), at.timeMs(), false, problem);
  }

  /** Returns when closed. */
  private void project() throws SQLException, IOException {
    if (store == null) {
      store = ReportingStore.open(settings);
    }
    try (StoreWriter writer = store.openWriter();
        FeedReader reader = FeedFrom.behind(writer, feed)) {
      publish(writer, false);
      long begunNs = 0;
      long retentionNs = System.nanoTime() - RETENTION_EVERY_NS;
      while (running) {
        if (writer.waiting() == 0) {
          begunNs = System.nanoTime();
        }
        final int count =
            reader.poll(writer, Math.min(POLL, StoreWriter.BATCH_EVENTS_MAX - writer.waiting()));
        final long nowNs = System.nanoTime();
        if (writer.waiting() >= StoreWriter.BATCH_EVENTS_MAX
            || (writer.waiting() > 0 && nowNs - begunNs >= BATCH_NS_MAX)) {
          writer.flush();
          publish(writer, count == 0);
        } else if (count == 0) {
          if (writer.waiting() == 0) {
            publish(writer, true);
            if (nowNs - retentionNs >= RETENTION_EVERY_NS
                && !writer.dropOlderThan(settings.retentionDays())) {
              retentionNs = nowNs;
            }
          }
          LockSupport.parkNanos(this, IDLE_NS);
        }
      }
      // A clean stop leaves nothing behind that the next start would have to read.
      writer.flush();
    }
  }

  private void publish(final StoreWriter writer, final boolean caughtUp) {
    final FeedPosition at = writer.committed();
    final Progress before = progress;
    if (before.feedSequence() != at.feedSequence()
        || before.caughtUp() != caughtUp
        || before.problem() != null) {
      progress = new Progress(at.feedSequence(), at.logSequence(), at.timeMs(), caughtUp, null);
    }
  }

  /**
   * Writes what has been read and closes the store; waits for that no longer than {@value
   * #CLOSE_MS_MAX} ms, for a database may be gone. What is not written is read again.
   */
  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MS_MAX);
    long leftMs = CLOSE_MS_MAX;
    while (thread.isAlive() && leftMs > 0) {
      try {
        thread.join(leftMs);
      } catch (final InterruptedException e) {
        interrupted = true;
      }
      leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
    }
    if (thread.isAlive()) {
      LOG.warn("the reporting store does not answer: what it lacks is read at the next start");
    } else if (store != null) {
      store.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
