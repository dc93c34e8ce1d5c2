package org.civicswitch.core.host;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the host is doing, and why it stopped if it did. Safe for many threads. */
final class HostState {
  private static final Logger LOG = LoggerFactory.getLogger(HostState.class);

  private final AtomicReference<Throwable> defect = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile String pausedReason;

  /** The first reason wins: what follows is usually its consequence. */
  void halt(final String stage, final Throwable reason) {
    if (defect.compareAndSet(null, reason)) {
      LOG.error(
          "HALTED in {}: {}. Nothing that was not durable has been or will be acknowledged. Mend the"
              + " cause and start again.",
          stage,
          reason.getMessage(),
          reason);
    }
  }

  boolean isHalted() {
    return defect.get() != null;
  }

  Throwable haltReason() {
    return defect.get();
  }

  void stop() {
    stopping = true;
  }

  boolean isClosed() {
    return stopping || isHalted();
  }

  /** New instructions are refused while there is a reason; confirmations and pulses are not. */
  void pauseIntake(final String reason) {
    if (pausedReason == null) {
      LOG.error("not taking new instructions: {}", reason);
    }
    pausedReason = reason;
  }

  void resumeIntake() {
    if (pausedReason != null) {
      LOG.warn("taking new instructions again");
    }
    pausedReason = null;
  }

  String pausedReason() {
    return pausedReason;
  }
}
