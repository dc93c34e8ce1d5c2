package org.civicswitch.ops.cli.crash;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.Seeding;

/**
 * A switch under load that says on standard output what it acknowledged, until somebody kills it.
 * Arguments: data directory, time of the run, first payment.
 */
final class CrashChild {
  private CrashChild() {}

  public static void main(final String[] args) throws Exception {
    final Path data = Path.of(args[0]);
    final long runMs = Long.parseLong(args[1]);
    long next = Long.parseLong(args[2]);
    final PrintStream out = System.out;
    final LocalSwitch local =
        LocalSwitch.open(
            data,
            new SwitchEngine(),
            // Often enough that kills fall into snapshots, releases of segments and archiving.
            HostOptions.defaults().withSnapshotEvery(3_000, 1L << 30),
            JournalOptions.defaults().withSegmentBytes(1 << 20),
            System.err::println);
    if (local.recovered().fresh()) {
      Seeding.apply(
          local,
          Genesis.commands(
              runMs, name -> new Digest256(1, 2, 3, name.hashCode()), n -> Digest256.NONE, 0));
    }
    out.println("ready");
    out.flush();
    final Payments payments = new Payments();
    final SwitchClient client = local.newClient();
    final StringBuilder acknowledged = new StringBuilder();
    while (true) {
      final int length = payments.encode(next, runMs);
      if (client.offer(payments.buffer(), 0, length, next) == SwitchClient.ACCEPTED) {
        next++;
      } else {
        LockSupport.parkNanos(50_000);
      }
      client.poll(
          (id, outcome, offset, size) -> {
            final OutcomeCopy copy = OutcomeCopy.of(outcome, offset);
            final Code code = copy.items().get(0).code();
            acknowledged.append("ack ").append(id).append(' ').append(code).append('\n');
          },
          64);
      if (!acknowledged.isEmpty()) {
        out.print(acknowledged);
        out.flush();
        acknowledged.setLength(0);
      }
    }
  }
}
