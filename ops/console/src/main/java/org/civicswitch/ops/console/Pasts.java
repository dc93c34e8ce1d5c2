package org.civicswitch.ops.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/**
 * Moments of the past, each made from the feed when it is asked for, one at a time; the last few
 * are kept. Any thread.
 */
final class Pasts implements AutoCloseable {
  /** Beside the one being made. */
  static final int KEPT = 4;

  /** Asked for and not yet made. */
  static final int WAITING_MAX = 8;

  /** Payments kept in each: fewer than of now, for there are several. */
  static final int PAYMENTS_KEPT = 20_000;

  static final long SECONDS_MAX = 60;
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(Board.QUIET_MS);

  private final SwitchConnection connection;
  private final long feedFrom;
  private final Board live;
  private final StateHashes hashes;
  private final Map<AsOfPoint, CompletableFuture<Past>> byPoint =
      new LinkedHashMap<>(16, 0.75f, true);
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          work -> {
            final Thread thread = new Thread(work, "console-past");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean closed;

  Pasts(
      final SwitchConnection connection,
      final long feedFrom,
      final Board live,
      final StateHashes hashes) {
    this.connection = connection;
    this.feedFrom = feedFrom;
    this.live = live;
    this.hashes = hashes;
  }

  /** Why a moment cannot be shown, in a sentence for who asked. */
  static final class NoSuchMoment extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;

    NoSuchMoment(final int status, final String message) {
      super(message);
      this.status = status;
    }
  }

  /**
   * The moment, as soon as it is made; fails with {@link NoSuchMoment}.
   *
   * @throws NoSuchMoment if it has not come yet, or too many are asked for
   */
  CompletableFuture<Past> get(final AsOfPoint point, final long nowMs) {
    final AsOf now = live.read(Projection::asOf);
    if (point.isSequence() && point.sequence() > now.logSequence()) {
      throw new NoSuchMoment(
          404,
          "There is no sequence " + point.sequence() + " yet: the last is " + now.logSequence());
    }
    if (!point.isSequence() && point.timeMs() > nowMs) {
      throw new NoSuchMoment(
          404, Utc.iso(point.timeMs()) + " is in the future: it is " + Utc.iso(nowMs));
    }
    synchronized (byPoint) {
      final CompletableFuture<Past> known = byPoint.get(point);
      if (known != null && !known.isCompletedExceptionally()) {
        return known;
      }
      if (byPoint.values().stream().filter(one -> !one.isDone()).count() >= WAITING_MAX) {
        throw new NoSuchMoment(503, "Too many moments are asked for: try again in a while");
      }
      final CompletableFuture<Past> made =
          CompletableFuture.supplyAsync(() -> make(point, now.feedSequence()), maker);
      byPoint.put(point, made);
      final var unused = made.whenComplete((past, failure) -> forget());
      return made;
    }
  }

  /** Lets go of those that nobody has asked for longest. */
  private void forget() {
    synchronized (byPoint) {
      long over = byPoint.values().stream().filter(CompletableFuture::isDone).count() - KEPT;
      final var eldest = byPoint.values().iterator();
      while (over > 0) {
        if (eldest.next().isDone()) {
          eldest.remove();
          over--;
        }
      }
    }
  }

  /** How many are kept or being made. */
  int size() {
    synchronized (byPoint) {
      return byPoint.size();
    }
  }

  private Past make(final AsOfPoint point, final long to) {
    try {
      return read(point, feedFrom, to);
    } catch (final FeedReader.FeedGoneException e) {
      return read(point, e.firstSequence(), to);
    }
  }

  private Past read(final AsOfPoint point, final long from, final long to) {
    final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    final Until until = new Until(point);
    boolean quiet = false;
    try (FeedReader reader = connection.feedFrom(from)) {
      while (!until.reached && !(quiet && reader.nextSequence() > to)) {
        if (closed || System.nanoTime() - endNs > 0) {
          throw new NoSuchMoment(
              503,
              closed
                  ? "The switch is stopping"
                  : "It takes longer than " + SECONDS_MAX + " s to read the feed up to there");
        }
        // At the end of the feed a command may still be putting out its events.
        if (reader.poll(until, FeedTail.BATCH) == 0) {
          LockSupport.parkNanos(QUIET_NANOS);
          quiet = reader.poll(until, FeedTail.BATCH) == 0;
        }
      }
    }
    final Projection projection = until.projection;
    if (projection.asOf().feedSequence() == 0) {
      throw new NoSuchMoment(
          404,
          from == 1
              ? "Nothing had happened yet"
              : "That is before what is kept: the feed begins at log sequence "
                  + until.beganSequence
                  + ", "
                  + Utc.iso(until.beganMs));
    }
    projection.prove();
    final AsOf asOf = projection.asOf();
    return new Past(
        Board.still(projection, from == 1 ? 0 : from),
        point.isSequence() ? point.sequence() : asOf.logSequence(),
        point.isSequence() ? asOf.timeMs() : point.timeMs(),
        hashes);
  }

  /** Does not wait for what is being made. */
  @Override
  public void close() {
    closed = true;
    maker.shutdownNow();
  }

  /** Takes events as long as their commands lie at or before the moment. */
  private static final class Until implements FeedReader.Handler {
    private final AsOfPoint point;
    private final Projection projection = new Projection(PAYMENTS_KEPT);
    private final EventHeadDecoder head = new EventHeadDecoder();
    private boolean reached;
    private long beganSequence;
    private long beganMs;

    Until(final AsOfPoint point) {
      this.point = point;
    }

    @Override
    public void onEvent(
        final long feedSequence, final DirectBuffer event, final int offset, final int length) {
      head.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH);
      if (beganSequence == 0) {
        beganSequence = head.sequence();
        beganMs = head.timeMs();
      }
      // Log time never goes back: what follows the first event behind it lies behind it too.
      reached = reached || !point.covers(head.sequence(), head.timeMs());
      if (!reached) {
        projection.apply(feedSequence, event, offset, length);
      }
    }
  }
}
