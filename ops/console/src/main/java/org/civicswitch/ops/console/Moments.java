package org.civicswitch.ops.console;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a page that rests on the feed alone be asked for as of any moment: {@code ?as_of=SEQUENCE}
 * or {@code ?as_of=TIME}. Without, it is as it is now.
 */
final class Moments {
  /** How long an answer waits for a moment that is still being made. */
  static final long WAIT_MS_MAX = 5_000;

  private static final String OFFERED = "moments";
  private static final Logger LOG = LoggerFactory.getLogger(Moments.class);

  private final Vertx vertx;
  private final MinSequence now;
  private final Frame frame;
  private final Pasts pasts;
  private final LongSupplier clockMs;

  Moments(
      final Vertx vertx,
      final MinSequence now,
      final Frame frame,
      final Pasts pasts,
      final LongSupplier clockMs) {
    this.vertx = vertx;
    this.now = now;
    this.frame = frame;
    this.pasts = pasts;
    this.clockMs = clockMs;
  }

  /** Whether this page can be had as of another moment. */
  static boolean areOffered(final RoutingContext request) {
    return request.get(OFFERED) != null;
  }

  /** As {@link MinSequence#then}, or from the moment that is asked for. */
  Handler<RoutingContext> then(final boolean proved, final Handler<RoutingContext> answer) {
    final Handler<RoutingContext> live = now.then(proved, answer);
    return request -> {
      request.put(OFFERED, true);
      final String asked = request.queryParams().get(AsOfPoint.PARAMETER);
      if (asked == null || asked.isBlank()) {
        live.handle(request);
        return;
      }
      try {
        final AsOfPoint point = AsOfPoint.parse(asked);
        await(request, answer, point);
      } catch (final IllegalArgumentException e) {
        frame.problem(request, 400, "Not a moment", e.getMessage());
      } catch (final Pasts.NoSuchMoment e) {
        refuse(request, e);
      }
    };
  }

  private void await(
      final RoutingContext request, final Handler<RoutingContext> answer, final AsOfPoint point) {
    final CompletableFuture<Past> made = pasts.get(point, clockMs.getAsLong());
    final Context context = vertx.getOrCreateContext();
    final AtomicBoolean answered = new AtomicBoolean();
    final long timer =
        vertx.setTimer(
            WAIT_MS_MAX,
            t -> {
              if (answered.compareAndSet(false, true) && !request.response().closed()) {
                refuse(
                    request,
                    new Pasts.NoSuchMoment(
                        503, "The feed is being read up to there: load the page again"));
              }
            });
    final var unused =
        made.whenComplete(
            (past, failure) ->
                context.runOnContext(
                    v -> {
                      vertx.cancelTimer(timer);
                      if (answered.compareAndSet(false, true) && !request.response().closed()) {
                        show(request, answer, past, failure);
                      }
                    }));
  }

  private void show(
      final RoutingContext request,
      final Handler<RoutingContext> answer,
      final Past past,
      final Throwable failure) {
    final Throwable cause =
        failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof Pasts.NoSuchMoment none) {
      refuse(request, none);
    } else if (cause != null) {
      LOG.error("a moment could not be made", cause);
      request.fail(cause);
    } else {
      past.answer(request);
      answer.handle(request);
    }
  }

  private void refuse(final RoutingContext request, final Pasts.NoSuchMoment none) {
    if (none.status == 503) {
      request.response().putHeader("Retry-After", "2");
    }
    frame.problem(
        request,
        none.status,
        none.status == 503 ? "Not there yet" : "No such moment",
        none.getMessage() + ".");
  }
}
