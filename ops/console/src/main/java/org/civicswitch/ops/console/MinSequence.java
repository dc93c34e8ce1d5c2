package org.civicswitch.ops.console;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets any answer be asked to wait: {@code ?min_sequence=N} is answered once everything up to feed
 * sequence N is in it.
 */
final class MinSequence {
  /** How long an answer waits before it says that the feed is not there yet. */
  static final long WAIT_MS_MAX = 5_000;

  private final Vertx vertx;
  private final Board board;

  MinSequence(final Vertx vertx, final Board board) {
    this.vertx = vertx;
    this.board = board;
  }

  /**
   * @param proved wait until the proof of funds covers the sequence too
   */
  Handler<RoutingContext> then(final boolean proved, final Handler<RoutingContext> answer) {
    return request -> {
      final String asked = request.queryParams().get("min_sequence");
      if (asked == null) {
        answer.handle(request);
        return;
      }
      final long wanted;
      try {
        wanted = Long.parseLong(asked);
      } catch (final NumberFormatException e) {
        Answers.problem(request, 400, "Bad min_sequence", "min_sequence is a whole number.");
        return;
      }
      await(request, wanted, proved, answer);
    };
  }

  private void await(
      final RoutingContext request,
      final long wanted,
      final boolean proved,
      final Handler<RoutingContext> answer) {
    final Context context = vertx.getOrCreateContext();
    final AtomicBoolean answered = new AtomicBoolean();
    final Board.Waiter waiter =
        board.await(
            wanted,
            proved,
            () ->
                context.runOnContext(
                    v -> {
                      if (answered.compareAndSet(false, true) && !request.response().closed()) {
                        answer.handle(request);
                      }
                    }));
    vertx.setTimer(
        WAIT_MS_MAX,
        t -> {
          if (answered.compareAndSet(false, true)) {
            board.cancel(waiter);
            if (!request.response().closed()) {
              request.response().putHeader("Retry-After", "1");
              Answers.problem(
                  request,
                  503,
                  "Not there yet",
                  "The feed has not reached sequence " + wanted + " here.");
            }
          }
        });
  }
}
