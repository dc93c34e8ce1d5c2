package org.civicswitch.gateway.kit.client;

import io.vertx.core.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;

/**
 * Commands in, outcomes back, without blocking anybody. One thread of its own offers and polls; any
 * thread may submit, and says where its future is to complete.
 *
 * <p>A command that finds no room is offered again until {@link Limits#offerMs} have passed, then
 * fails as busy, nothing taken. One that was taken and has no outcome after {@link
 * Limits#resendMs}, because a connection was lost on the way, is offered again unchanged, which
 * gives the same answer; after {@link Limits#outcomeMs} it fails as unresolved.
 */
public final class SwitchGateway implements AutoCloseable {
  /**
   * How long and how much. Milliseconds.
   *
   * @param queued commands waiting for room at once; more fail as busy at once
   */
  public record Limits(int queued, int inFlight, long offerMs, long resendMs, long outcomeMs) {
    public static final Limits DEFAULT = new Limits(8_192, 65_536, 500, 2_000, 10_000);
  }

  private static final int BATCH = 64;
  private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long WAITING_NS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

  private final SwitchClient client;
  private final Limits limits;
  private final ManyToOneConcurrentArrayQueue<Submission> submitted;
  private final Long2ObjectHashMap<Submission> inFlight = new Long2ObjectHashMap<>();
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private final AtomicLong correlation = new AtomicLong(System.nanoTime() << 20);
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Thread thread;

  private volatile boolean running = true;
  private volatile boolean parked;
  private Submission head;
  private int lastRefusal;
  private long nextSweepNs;

  /**
   * @param client this gateway's own; closed with it
   * @param name for the thread
   */
  public SwitchGateway(SwitchClient client, String name, Limits limits) {
    this.client = client;
    this.limits = limits;
    submitted = new ManyToOneConcurrentArrayQueue<>(limits.queued());
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** An executor that runs on this Vert.x context, for {@link #submit}. */
  public static Executor on(Context context) {
    return task -> context.runOnContext(ignored -> task.run());
  }

  /**
   * Submits a command, an SBE message with its message header. The bytes are copied.
   *
   * @param completion where the future completes; {@code Runnable::run} for this gateway's own
   *     thread, which must not be blocked
   * @return the outcome, or exceptionally a {@link SubmissionFailure}
   */
  public CompletableFuture<OutcomeCopy> submit(
      DirectBuffer command, int offset, int length, Executor completion) {
    final CompletableFuture<OutcomeCopy> future = new CompletableFuture<>();
    if (length > SwitchClient.MAX_COMMAND_BYTES) {
      final SubmissionFailure failure =
          new SubmissionFailure(
              SubmissionFailure.Kind.TOO_LARGE, "a command of " + length + " bytes");
      completion.execute(() -> future.completeExceptionally(failure));
      return future;
    }
    final byte[] bytes = new byte[length];
    command.getBytes(offset, bytes);
    final Submission submission =
        new Submission(correlation.incrementAndGet(), bytes, future, completion, System.nanoTime());
    if (!running) {
      submission.fail(SubmissionFailure.Kind.CLOSED, "the gateway is closed");
    } else if (!submitted.offer(submission)) {
      submission.fail(SubmissionFailure.Kind.BUSY, "too many commands wait for room");
    } else {
      if (parked) {
        LockSupport.unpark(thread);
      }
      if (!running) {
        // Closed meanwhile: the thread may have drained the queue before this came.
        failQueued();
      }
    }
    return future;
  }

  /** Completes exceptionally, with the cause, if this stops by itself: then nothing goes in. */
  public CompletableFuture<Void> failure() {
    return failure.copy();
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (running) {
        final int work = client.poll(this::onOutcome, BATCH) + offerSome();
        final long now = System.nanoTime();
        if (now - nextSweepNs >= 0) {
          nextSweepNs = now + SWEEP_NS;
          sweep(now);
        }
        if (work == 0) {
          parked = true;
          if (running && (head != null || submitted.isEmpty())) {
            LockSupport.parkNanos(this, inFlight.isEmpty() && head == null ? IDLE_NS : WAITING_NS);
          }
          parked = false;
        }
      }
    } catch (RuntimeException | Error e) {
      failure.completeExceptionally(e);
    } finally {
      running = false;
      failQueued();
      for (final Submission submission : inFlight.values()) {
        submission.fail(SubmissionFailure.Kind.CLOSED, "the gateway closed without an outcome");
      }
      inFlight.clear();
      client.close();
    }
  }

  private int offerSome() {
    int done = 0;
    while (done < BATCH && inFlight.size() < limits.inFlight()) {
      if (head == null) {
        head = submitted.poll();
        if (head == null) {
          break;
        }
      }
      final int result = offer(head);
      if (result == SwitchClient.ACCEPTED) {
        head.takenNs = System.nanoTime();
        head.offeredNs = head.takenNs;
        inFlight.put(head.correlationId, head);
        head = null;
        done++;
      } else if (!refused(result)) {
        break;
      }
    }
    return done;
  }

  /** What to do with a head that was not taken; true to go on with the next. */
  private boolean refused(int result) {
    lastRefusal = result;
    switch (result) {
      case SwitchClient.CLOSED -> head.fail(SubmissionFailure.Kind.CLOSED, "the switch is closed");
      case SwitchClient.TOO_LARGE ->
          head.fail(SubmissionFailure.Kind.TOO_LARGE, "the switch takes no command so long");
      default -> {
        return false; // back-pressured or not connected: kept, the sweep ends it in time
      }
    }
    head = null;
    return true;
  }

  private int offer(Submission submission) {
    view.wrap(submission.command);
    return client.offer(view, 0, submission.command.length, submission.correlationId);
  }

  private void sweep(long now) {
    if (head != null && now - head.submittedNs > TimeUnit.MILLISECONDS.toNanos(limits.offerMs())) {
      expireHead();
    }
    final var submissions = inFlight.values().iterator();
    while (submissions.hasNext()) {
      final Submission submission = submissions.next();
      if (now - submission.takenNs > TimeUnit.MILLISECONDS.toNanos(limits.outcomeMs())) {
        submissions.remove();
        submission.fail(SubmissionFailure.Kind.UNRESOLVED, "no outcome in time");
      } else if (now - submission.offeredNs > TimeUnit.MILLISECONDS.toNanos(limits.resendMs())
          && offer(submission) == SwitchClient.ACCEPTED) {
        submission.offeredNs = now;
      }
    }
  }

  private void expireHead() {
    final boolean absent = lastRefusal == SwitchClient.NOT_CONNECTED;
    head.fail(
        absent ? SubmissionFailure.Kind.UNAVAILABLE : SubmissionFailure.Kind.BUSY,
        absent ? "no switch is there" : "the switch has no room");
    head = null;
  }

  private void onOutcome(long correlationId, DirectBuffer outcome, int offset, int length) {
    final Submission submission = inFlight.remove(correlationId);
    // A command that was offered twice has two outcomes; the first counts.
    if (submission != null) {
      submission.complete(OutcomeCopy.of(outcome, offset));
    }
  }

  private void failQueued() {
    if (Thread.currentThread() == thread && head != null) {
      head.fail(SubmissionFailure.Kind.CLOSED, "the gateway is closed");
      head = null;
    }
    synchronized (submitted) {
      Submission submission;
      while ((submission = submitted.poll()) != null) {
        submission.fail(SubmissionFailure.Kind.CLOSED, "the gateway is closed");
      }
    }
  }

  private static final class Submission {
    private final long correlationId;
    private final byte[] command;
    private final CompletableFuture<OutcomeCopy> future;
    private final Executor completion;
    private final long submittedNs;
    private long takenNs;
    private long offeredNs;

    private Submission(
        long correlationId,
        byte[] command,
        CompletableFuture<OutcomeCopy> future,
        Executor completion,
        long submittedNs) {
      this.correlationId = correlationId;
      this.command = command;
      this.future = future;
      this.completion = completion;
      this.submittedNs = submittedNs;
    }

    private void complete(OutcomeCopy outcome) {
      completion.execute(() -> future.complete(outcome));
    }

    private void fail(SubmissionFailure.Kind kind, String message) {
      completion.execute(() -> future.completeExceptionally(new SubmissionFailure(kind, message)));
    }
  }
}
