package org.civicswitch.core.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the host is doing, and why it stopped if it did. Safe for many threads. */
final class HostState {
  private static final Logger LOG = LoggerFactory.getLogger(HostState.class);

  /** Why new instructions are refused for a while; each is watched by one thread. */
  enum Pause {
    CLOCK,
    DISK,
    STALL
  }

  private final AtomicReference<Throwable> defect = new AtomicReference<>();
  private final Map<Pause, String> pauses = new ConcurrentHashMap<>();
  private volatile boolean stopping;

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

  /**
   * New instructions are refused while there is a reason; confirmations and pulses are not.
   *
   * @param reason what is wrong and what to do, or null if nothing is
   */
  void pause(final Pause cause, final String reason) {
    final String before = reason == null ? pauses.remove(cause) : pauses.put(cause, reason);
    if (before == null && reason != null) {
      LOG.error("not taking new instructions: {}", reason);
    } else if (before != null && reason == null) {
      LOG.warn("no longer so: {}", before);
    }
  }

  /** Null when new instructions are taken. */
  String pausedReason() {
    for (final String reason : pauses.values()) {
      return reason;
    }
    return null;
  }
}
