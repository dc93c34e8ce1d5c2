package org.civicswitch.core.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A switch that answers every command with the command itself, longer by a few bytes. */
final class FakeHost implements Supplier<SwitchClient> {
  static final int LONGER_BYTES = 12_000;

  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger taken = new AtomicInteger();
  final AtomicBoolean holdsAnswers = new AtomicBoolean();
  final AtomicBoolean refusesInstructions = new AtomicBoolean();
  int clientsMax = Integer.MAX_VALUE;
  private final int inFlightMax;

  FakeHost(final int inFlightMax) {
    this.inFlightMax = inFlightMax;
  }

  @Override
  public SwitchClient get() {
    if (open.get() >= clientsMax) {
      throw new IllegalStateException("there are " + clientsMax + " clients already");
    }
    open.incrementAndGet();
    return new Client();
  }

  private record Answer(long correlationId, DirectBuffer outcome) {}

  private final class Client implements SwitchClient {
    private final Queue<Answer> answers = new ArrayDeque<>();

    @Override
    public int offer(
        final DirectBuffer command, final int offset, final int length, final long correlationId) {
      if (length > MAX_COMMAND_BYTES) {
        return TOO_LARGE;
      }
      if (refusesInstructions.get() && Intake.isNewInstruction(command, offset, length)) {
        return BACK_PRESSURED;
      }
      if (answers.size() >= inFlightMax) {
        return BACK_PRESSURED;
      }
      final byte[] bytes = new byte[length + LONGER_BYTES];
      command.getBytes(offset, bytes, 0, length);
      answers.add(new Answer(correlationId, new UnsafeBuffer(bytes)));
      taken.incrementAndGet();
      return ACCEPTED;
    }

    @Override
    public int poll(final OutcomeHandler handler, final int limit) {
      int count = 0;
      while (count < limit && !answers.isEmpty() && !holdsAnswers.get()) {
        final Answer answer = answers.remove();
        handler.onOutcome(answer.correlationId(), answer.outcome(), 0, answer.outcome().capacity());
        count++;
      }
      return count;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
