package org.civicswitch.gateway.kit.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends commands and waits for their outcomes. What found no room, or has no outcome, is sent again
 * unchanged: the same keys give the same answers. Blocks; safe for use by many threads.
 */
public final class Sender {
  /** How often one command is sent before the failure is the caller's. */
  public static final int TRIES = 60;

  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SwitchGateway gateway;

  public Sender(final SwitchGateway gateway) {
    this.gateway = gateway;
  }

  /** A command under way. */
  public static final class Sent {
    private final byte[] command;
    private final CompletableFuture<OutcomeCopy> outcome;

    private Sent(final byte[] command, final CompletableFuture<OutcomeCopy> outcome) {
      this.command = command;
      this.outcome = outcome;
    }
  }

  public Sent send(final byte[] command) {
    return new Sent(
        command, gateway.submit(new UnsafeBuffer(command), 0, command.length, Runnable::run));
  }

  /** Sends the same command once more. */
  public OutcomeCopy again(final Sent sent) {
    return call(sent.command);
  }

  public OutcomeCopy call(final byte[] command) {
    return await(send(command));
  }

  /**
   * Waits, and sends again as long as that can help.
   *
   * @throws SubmissionFailure when the switch is closed, or had no room for too long
   */
  public OutcomeCopy await(final Sent sent) {
    Sent current = sent;
    for (int tries = 1; ; tries++) {
      try {
        return current.outcome.join();
      } catch (final CompletionException e) {
        if (!(e.getCause() instanceof SubmissionFailure)) {
          throw e;
        }
        final SubmissionFailure failure = (SubmissionFailure) e.getCause();
        if (tries == TRIES
            || failure.kind() == SubmissionFailure.Kind.CLOSED
            || failure.kind() == SubmissionFailure.Kind.TOO_LARGE) {
          throw failure;
        }
        LockSupport.parkNanos(this, PAUSE_NS);
        current = send(sent.command);
      }
    }
  }
}
