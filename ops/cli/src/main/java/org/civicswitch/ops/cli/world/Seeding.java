package org.civicswitch.ops.cli.world;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.client.OutcomeCopy;

/** Sends commands one after the other and insists that each is accepted. */
public final class Seeding {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

  private final SwitchClient client;
  private OutcomeCopy last;

  private Seeding(final SwitchClient client) {
    this.client = client;
  }

  /**
   * @throws IllegalStateException for the first command that is refused or not answered in time
   */
  public static void apply(final SwitchConnection connection, final List<byte[]> commands) {
    apply(connection, commands, false);
  }

  /**
   * @param again whether some may have been applied before, by the same commands. Operators come
   *     last: what the host may no longer send was done when the first of them was registered
   */
  public static void apply(
      final SwitchConnection connection, final List<byte[]> commands, final boolean again) {
    try (SwitchClient client = connection.newClient()) {
      final Seeding seeding = new Seeding(client);
      for (int i = 0; i < commands.size(); i++) {
        final OutcomeCopy outcome = seeding.send(commands.get(i), i);
        final boolean doneBefore = again && outcome.code() == Code.CONNECTION_UNKNOWN;
        if (outcome.code() != Code.OK && !doneBefore) {
          throw new IllegalStateException(
              "seeding: command "
                  + i
                  + " (template "
                  + outcome.commandTemplate()
                  + ") was refused: "
                  + outcome.code());
        }
      }
    }
  }

  private OutcomeCopy send(final byte[] command, final long correlationId) {
    final long end = System.nanoTime() + PATIENCE_NS;
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    int offered;
    while ((offered = client.offer(buffer, 0, command.length, correlationId))
        != SwitchClient.ACCEPTED) {
      if (offered == SwitchClient.CLOSED || System.nanoTime() - end > 0) {
        throw new IllegalStateException("seeding: the switch takes no commands (" + offered + ")");
      }
      LockSupport.parkNanos(100_000);
    }
    last = null;
    while (last == null) {
      client.poll((id, outcome, offset, length) -> last = OutcomeCopy.of(outcome, offset), 1);
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("seeding: no outcome in time");
      }
      LockSupport.parkNanos(20_000);
    }
    return last;
  }
}
