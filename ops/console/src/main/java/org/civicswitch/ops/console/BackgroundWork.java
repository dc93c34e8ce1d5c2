package org.civicswitch.ops.console;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.civicswitch.gateway.kit.client.SubmissionFailure;
import org.civicswitch.ops.treasury.ChangeRefused;

/** What has to wait for the switch or for a database, away from the event loop. */
final class BackgroundWork {
  /** Of one kind at one time; the next waits. */
  static final int THREADS = 4;

  /** How long an action waits until its effect can be read back. */
  private static final long READ_BACK_MS_MAX = 2_000;

  private static final long LOOK_MS = 5;

  private final WorkerExecutor worker;
  private final Frame frame;

  BackgroundWork(final Vertx vertx, final String name, final Frame frame) {
    worker = vertx.createSharedWorkerExecutor(name, THREADS);
    this.frame = frame;
  }

  /** Does it and gives the result to the event loop; a failure is told to who asked. */
  <T> void run(final RoutingContext request, final Callable<T> work, final Consumer<T> then) {
    worker
        .executeBlocking(work, false)
        .onSuccess(then::accept)
        .onFailure(
            failure -> {
              if (failure instanceof ChangeRefused) {
                frame.problem(
                    request,
                    409,
                    "The switch refused this",
                    failure.getMessage() + ". Nothing was changed.");
              } else if (failure instanceof SubmissionFailure || failure instanceof IOException) {
                frame.problem(request, 503, "Not now", failure.getMessage());
              } else {
                request.fail(failure);
              }
            });
  }

  /** Waits a little until the feed has told of what was done. */
  static void readBack(final BooleanSupplier told) throws InterruptedException {
    for (long ms = 0; ms < READ_BACK_MS_MAX && !told.getAsBoolean(); ms += LOOK_MS) {
      Thread.sleep(LOOK_MS);
    }
  }

  void close() {
    worker.close();
  }
}
