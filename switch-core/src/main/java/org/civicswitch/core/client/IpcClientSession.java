package org.civicswitch.core.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client's session with one running switch, from the hello on. */
final class IpcClientSession implements AutoCloseable {
  private final ExclusivePublication ingress;
  private final ExclusivePublication priority;
  private final Subscription egress;
  private final FragmentAssembler assembler = new FragmentAssembler(this::onFrame);
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[IpcFrame.HEADER_BYTES]);
  private boolean greeted;
  private boolean welcome;
  private boolean standing;
  private boolean refused;
  private SwitchClient.OutcomeHandler handler;
  private int handed;

  IpcClientSession(final Aeron aeron) {
    // Correlation ids are unique within the driver, so no two clients share a stream.
    int stream = (int) aeron.nextCorrelationId();
    while (stream == IpcFrame.INGRESS_STREAM || stream == IpcFrame.PRIORITY_STREAM) {
      stream = (int) aeron.nextCorrelationId();
    }
    egress = aeron.addSubscription(IpcFrame.CHANNEL, stream);
    ingress = aeron.addExclusivePublication(IpcFrame.CHANNEL, IpcFrame.INGRESS_STREAM);
    priority =
        aeron.addExclusivePublication(
            IpcFrame.CHANNEL + "|session-id=" + ingress.sessionId(), IpcFrame.PRIORITY_STREAM);
  }

  /** Says hello and waits for the welcome; true once the session stands. */
  boolean greet() {
    if (!greeted) {
      IpcFrame.header(header, IpcFrame.HELLO, egress.streamId(), 0);
      greeted = ingress.offer(header, 0, IpcFrame.HEADER_BYTES) > 0;
    } else {
      egress.poll(assembler, 1);
    }
    standing = welcome && priority.isConnected();
    return standing;
  }

  /** Every session of the switch is taken, or one side of this one has gone. */
  boolean isLost() {
    return refused
        || (standing && !(ingress.isConnected() && priority.isConnected() && egress.isConnected()));
  }

  int offer(
      final DirectBuffer command, final int offset, final int length, final long correlationId) {
    IpcFrame.header(header, IpcFrame.COMMAND, 0, correlationId);
    final ExclusivePublication to =
        Intake.isNewInstruction(command, offset, length) ? ingress : priority;
    long result;
    do {
      result = to.offer(header, 0, IpcFrame.HEADER_BYTES, command, offset, length);
    } while (result == Publication.ADMIN_ACTION);
    if (result > 0) {
      return SwitchClient.ACCEPTED;
    }
    return result == Publication.BACK_PRESSURED
        ? SwitchClient.BACK_PRESSURED
        : SwitchClient.NOT_CONNECTED;
  }

  int poll(final SwitchClient.OutcomeHandler outcomes, final int limit) {
    handler = outcomes;
    handed = 0;
    int fragments;
    do {
      fragments = egress.poll(assembler, limit - handed);
    } while (fragments > 0 && handed < limit);
    return handed;
  }

  private void onFrame(
      final DirectBuffer buffer, final int offset, final int length, final Header ignored) {
    switch (IpcFrame.kind(buffer, offset)) {
      case IpcFrame.WELCOME -> welcome = true;
      case IpcFrame.REFUSED -> refused = true;
      default -> {
        handed++;
        handler.onOutcome(
            IpcFrame.correlationId(buffer, offset),
            buffer,
            offset + IpcFrame.HEADER_BYTES,
            length - IpcFrame.HEADER_BYTES);
      }
    }
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(ingress, priority, egress);
  }
}
