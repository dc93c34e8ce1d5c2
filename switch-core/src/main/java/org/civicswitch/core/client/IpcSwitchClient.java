package org.civicswitch.core.client;

import io.aeron.Aeron;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;

/**
 * One client over IPC. The thread that offers, the one that polls and the connection's own may be
 * three: each way has a lock, and a session is taken down only under both, so that nobody is inside
 * its memory when that goes away.
 */
final class IpcSwitchClient implements SwitchClient {
  private static final long GREETING_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReentrantLock offering = new ReentrantLock();
  private final ReentrantLock polling = new ReentrantLock();
  private IpcClientSession greeting;
  private long greetUntilNs;
  private boolean ended;
  private long notBeforeNs = System.nanoTime();
  // Written under both locks, read under either.
  private IpcClientSession session;
  private boolean lossUntold;
  private volatile boolean closed;

  @Override
  public int offer(
      final DirectBuffer command, final int offset, final int length, final long correlationId) {
    if (closed) {
      return CLOSED;
    }
    if (length > MAX_COMMAND_BYTES) {
      return TOO_LARGE;
    }
    offering.lock();
    try {
      if (session == null || lossUntold) {
        // Told once even if the session stands again: what was unresolved must be offered again.
        lossUntold = false;
        return NOT_CONNECTED;
      }
      return session.offer(command, offset, length, correlationId);
    } finally {
      offering.unlock();
    }
  }

  @Override
  public int poll(final OutcomeHandler handler, final int limit) {
    polling.lock();
    try {
      return closed || session == null || limit <= 0 ? 0 : session.poll(handler, limit);
    } finally {
      polling.unlock();
    }
  }

  /** Called by the connection's thread only. */
  int maintain(final Aeron aeron, final long nowNs) {
    if (closed) {
      disconnect();
      ended = true;
      return 1;
    }
    if (session != null) {
      if (session.isLost()) {
        disconnect();
        return 1;
      }
      return 0;
    }
    if (greeting == null) {
      if (nowNs - notBeforeNs < 0) {
        return 0;
      }
      greeting = new IpcClientSession(aeron);
      greetUntilNs = nowNs + GREETING_NS;
    }
    if (greeting.greet()) {
      final IpcClientSession standing = greeting;
      greeting = null;
      exchange(standing);
      return 1;
    }
    if (greeting.isLost() || nowNs - greetUntilNs > 0) {
      disconnect();
      notBeforeNs = nowNs + AGAIN_NS;
    }
    return 0;
  }

  /** The session is over; another one may follow. */
  void disconnect() {
    if (greeting != null) {
      greeting.close();
      greeting = null;
    }
    exchange(null);
  }

  private void exchange(final IpcClientSession now) {
    offering.lock();
    polling.lock();
    try {
      if (session != null) {
        session.close();
        lossUntold = true;
      }
      session = now;
    } finally {
      polling.unlock();
      offering.unlock();
    }
  }

  /** Closed, and nothing of it is left. */
  boolean hasEnded() {
    return ended;
  }

  /** The connection's thread ends the session. */
  @Override
  public void close() {
    closed = true;
  }
}
