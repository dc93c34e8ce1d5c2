package org.civicswitch.core.client;

import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client in another process. A command that the host has no room for stays where it is, so the
 * client feels the back pressure, and what finishes or steers passes it by; an outcome that the
 * client has no room for waits here, and nothing more is taken from the host until it has gone.
 */
final class IpcServerSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IpcServerSession.class);
  private static final int COMMANDS_PER_TURN = 32;
  private static final int OUTCOMES_PER_TURN = 16;

  /** A client that has not taken an outcome for so long is given up; it may come again. */
  private static final long STUCK_NS = TimeUnit.SECONDS.toNanos(10);

  private final Aeron aeron;
  private final Image image;
  private final SwitchClient client;
  private final ControlledFragmentAssembler assembler =
      new ControlledFragmentAssembler(this::onFrame);
  private final ControlledFragmentAssembler priorityAssembler =
      new ControlledFragmentAssembler(this::onPriorityFrame);
  private final SwitchClient.OutcomeHandler outcomes = this::onOutcome;
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[IpcFrame.HEADER_BYTES]);
  private final ExpandableArrayBuffer waiting = new ExpandableArrayBuffer();
  private Image priority;
  private ExclusivePublication egress;
  private int greeting;
  private int waitingFrom;
  private int waitingTo;
  private long waitingSinceNs;
  private boolean connected;
  private boolean over;

  /**
   * @param client null when every session is taken: the hello is answered by a refusal
   */
  IpcServerSession(final Aeron aeron, final Image image, final SwitchClient client) {
    this.aeron = aeron;
    this.image = image;
    this.client = client;
  }

  /** The stream of what finishes or steers. */
  void priority(final Image arrived) {
    priority = arrived;
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  int doWork() {
    // Closed or dead, and everything it had sent was taken.
    over |= image.isClosed();
    int work = over ? 0 : image.controlledPoll(assembler, COMMANDS_PER_TURN);
    if (!over && priority != null && egress != null) {
      work += priority.controlledPoll(priorityAssembler, COMMANDS_PER_TURN);
    }
    if (egress == null || over) {
      return work;
    }
    if (!egress.isConnected()) {
      // Before it has connected the client is only slow; afterwards it has gone away.
      over = connected;
      return work;
    }
    connected = true;
    if (greeting != 0) {
      return work + greet();
    }
    if (client == null) {
      return work;
    }
    work += sendWaiting();
    if (waitingFrom == waitingTo) {
      work += client.poll(outcomes, OUTCOMES_PER_TURN);
    }
    return work;
  }

  private ControlledFragmentHandler.Action onFrame(
      final DirectBuffer buffer, final int offset, final int length, final Header ignored) {
    final int kind = length < IpcFrame.HEADER_BYTES ? 0 : IpcFrame.kind(buffer, offset);
    if (kind == IpcFrame.HELLO && egress == null) {
      egress = aeron.addExclusivePublication(IpcFrame.CHANNEL, IpcFrame.detail(buffer, offset));
      greeting = client == null ? IpcFrame.REFUSED : IpcFrame.WELCOME;
      return ControlledFragmentHandler.Action.CONTINUE;
    }
    return kind == IpcFrame.COMMAND && egress != null ? offer(buffer, offset, length) : refuse();
  }

  private ControlledFragmentHandler.Action onPriorityFrame(
      final DirectBuffer buffer, final int offset, final int length, final Header ignored) {
    return length >= IpcFrame.HEADER_BYTES && IpcFrame.kind(buffer, offset) == IpcFrame.COMMAND
        ? offer(buffer, offset, length)
        : refuse();
  }

  private ControlledFragmentHandler.Action refuse() {
    LOG.warn("a session sent what it must not: it is closed");
    over = true;
    return ControlledFragmentHandler.Action.BREAK;
  }

  private ControlledFragmentHandler.Action offer(
      final DirectBuffer buffer, final int offset, final int length) {
    if (client == null) {
      return refuse();
    }
    final int result =
        client.offer(
            buffer,
            offset + IpcFrame.HEADER_BYTES,
            length - IpcFrame.HEADER_BYTES,
            IpcFrame.correlationId(buffer, offset));
    if (result == SwitchClient.ACCEPTED) {
      return ControlledFragmentHandler.Action.CONTINUE;
    }
    if (result == SwitchClient.BACK_PRESSURED) {
      return ControlledFragmentHandler.Action.ABORT;
    }
    over = true;
    return ControlledFragmentHandler.Action.BREAK;
  }

  private int greet() {
    IpcFrame.header(header, greeting, 0, 0);
    if (egress.offer(header, 0, IpcFrame.HEADER_BYTES) < 0) {
      return 0;
    }
    greeting = 0;
    return 1;
  }

  private void onOutcome(
      final long correlationId, final DirectBuffer outcome, final int offset, final int length) {
    IpcFrame.header(header, IpcFrame.OUTCOME, 0, correlationId);
    if (waitingFrom == waitingTo) {
      if (send(outcome, offset, length)) {
        return;
      }
      waitingFrom = 0;
      waitingTo = 0;
      waitingSinceNs = System.nanoTime();
    }
    waiting.putInt(waitingTo, length);
    waiting.putBytes(waitingTo + 4, header, 0, IpcFrame.HEADER_BYTES);
    waiting.putBytes(waitingTo + 4 + IpcFrame.HEADER_BYTES, outcome, offset, length);
    waitingTo += 4 + IpcFrame.HEADER_BYTES + length;
  }

  private int sendWaiting() {
    int work = 0;
    while (waitingFrom < waitingTo) {
      final int length = waiting.getInt(waitingFrom);
      header.putBytes(0, waiting, waitingFrom + 4, IpcFrame.HEADER_BYTES);
      if (!send(waiting, waitingFrom + 4 + IpcFrame.HEADER_BYTES, length)) {
        if (System.nanoTime() - waitingSinceNs > STUCK_NS) {
          LOG.warn("a session did not take its outcomes: it is closed");
          over = true;
        }
        break;
      }
      waitingFrom += 4 + IpcFrame.HEADER_BYTES + length;
      waitingSinceNs = System.nanoTime();
      work++;
    }
    return work;
  }

  /** False if there is no room now; a session that has ended takes everything. */
  private boolean send(final DirectBuffer outcome, final int offset, final int length) {
    long result;
    do {
      result = egress.offer(header, 0, IpcFrame.HEADER_BYTES, outcome, offset, length);
    } while (result == Publication.ADMIN_ACTION);
    if (result > 0) {
      return true;
    }
    if (result == Publication.BACK_PRESSURED) {
      return false;
    }
    over = true;
    return true;
  }

  @Override
  public void close() {
    over = true;
    CloseHelper.quietCloseAll(client, egress);
  }
}
