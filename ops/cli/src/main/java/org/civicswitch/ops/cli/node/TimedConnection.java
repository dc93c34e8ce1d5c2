package org.civicswitch.ops.cli.node;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;
import org.agrona.DirectBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.ops.console.StageLatencies;

/**
 * A gateway's way to the switch, with a clock at its mouth: how long from a command's offer until
 * its outcome is handed back, that is sequenced, forced to the journal, decided and released.
 */
final class TimedConnection implements SwitchConnection {
  private static final String INSTRUCTION = "Instruction decided";
  private static final String CONFIRMATION = "Confirmation decided";
  private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(1);
  private static final int TEMPLATE_AT = 2;
  private static final int OPEN_MAX = 100_000;

  private final SwitchConnection connection;
  private final Recorder instructions = new Recorder(MICROS_MAX, 3);
  private final Recorder confirmations = new Recorder(MICROS_MAX, 3);

  TimedConnection(final SwitchConnection connection) {
    this.connection = connection;
  }

  /** Its stages, for the console alone. */
  StageLatencies stages() {
    final Map<String, Recorder> stages = new LinkedHashMap<>();
    stages.put(INSTRUCTION, instructions);
    stages.put(CONFIRMATION, confirmations);
    return StageLatencies.of(stages);
  }

  @Override
  public SwitchClient newClient() {
    return new TimedClient(connection.newClient());
  }

  @Override
  public FeedReader feedFrom(final long feedSequence) {
    return connection.feedFrom(feedSequence);
  }

  /** The connection itself stays its owner's. */
  @Override
  public void close() {}

  private Recorder recorder(final int template) {
    return switch (template) {
      case SubmitPaymentEncoder.TEMPLATE_ID -> instructions;
      case ConfirmPaymentEncoder.TEMPLATE_ID -> confirmations;
      default -> null;
    };
  }

  private record Start(Recorder recorder, long ns) {}

  private final class TimedClient implements SwitchClient {
    private final SwitchClient client;
    private final Map<Long, Start> starts = new ConcurrentHashMap<>();

    TimedClient(final SwitchClient client) {
      this.client = client;
    }

    @Override
    public int offer(
        final DirectBuffer command, final int offset, final int length, final long correlationId) {
      final Recorder recorder =
          recorder(command.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
      if (recorder == null) {
        return client.offer(command, offset, length, correlationId);
      }
      if (starts.size() >= OPEN_MAX) {
        // What was given up on never comes back: an occasional sample lost is cheaper than a sweep.
        starts.clear();
      }
      // Before the offer: the outcome may be handed over before the offer has returned. An offer
      // that is repeated, for want of room or of an answer, counts from the first.
      starts.putIfAbsent(correlationId, new Start(recorder, System.nanoTime()));
      final int result = client.offer(command, offset, length, correlationId);
      if (result == CLOSED || result == TOO_LARGE) {
        starts.remove(correlationId);
      }
      return result;
    }

    @Override
    public int poll(final OutcomeHandler handler, final int limit) {
      return client.poll(
          (correlationId, outcome, offset, length) -> {
            final Start start = starts.remove(correlationId);
            if (start != null) {
              start.recorder.recordValue(
                  Math.min(
                      MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start.ns)));
            }
            handler.onOutcome(correlationId, outcome, offset, length);
          },
          limit);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
