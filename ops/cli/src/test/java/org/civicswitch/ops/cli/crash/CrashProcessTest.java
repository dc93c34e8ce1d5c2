package org.civicswitch.ops.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.ops.cli.verify.Verification;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process under load, killed with SIGKILL at random moments: nothing acknowledged is lost.
 */
@Tag("slow")
@Tag("process")
final class CrashProcessTest {
  private static final int KILLS = Integer.getInteger("civicswitch.kills", 20);

  @TempDir private Path directory;

  private final BitSet acknowledged = new BitSet();
  private int refused;

  @Test
  void sigkillLosesNothingAcknowledged() throws Exception {
    final long seed = Long.getLong("civicswitch.seed", System.nanoTime());
    final Random random = new Random(seed);
    final long runMs = System.currentTimeMillis();
    for (int life = 0; life < KILLS; life++) {
      live(runMs, acknowledged.length(), 50 + random.nextInt(1_000));
    }
    assertThat(acknowledged.cardinality()).as("seed %d", seed).isGreaterThan(1_000);
    assertThat(refused).as("refused, seed %d", seed).isZero();
    final Verification verification = Verification.of(directory);
    assertThat(verification.problems()).as("seed %d", seed).isEmpty();
    checkEveryAcknowledged(runMs, seed);
  }

  /** One life: starts, waits until it is ready, lets it work so many milliseconds, kills it. */
  private void live(final long runMs, final long first, final int workMs) throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Dchronicle"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(
        List.of(
            CrashChild.class.getName(),
            directory.toString(),
            Long.toString(runMs),
            Long.toString(first)));
    final Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).as("the child came up").isEqualTo("ready");
      final Thread killer =
          new Thread(
              () -> {
                try {
                  child.waitFor(workMs, TimeUnit.MILLISECONDS);
                } catch (final InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                // By its handle: the process object would close the pipe that is still being read.
                child.toHandle().destroyForcibly();
              });
      killer.start();
      String line;
      while ((line = lines.readLine()) != null) {
        note(line);
      }
      killer.join();
    }
    assertThat(child.waitFor()).as("killed, not ended by itself").isEqualTo(137);
  }

  /** The last line may be cut; a cut number is never longer than the true one. */
  private void note(final String line) {
    final String[] parts = line.split(" ", -1);
    if (parts.length == 3 && parts[0].equals("ack")) {
      if (parts[2].equals(Code.OK.name())) {
        acknowledged.set(Integer.parseInt(parts[1]));
      } else if (Code.OK.name().startsWith(parts[2])) {
        return;
      } else {
        refused++;
      }
    }
  }

  /** Each is sent again, unchanged, and must be answered from memory; the feed has no gap. */
  private void checkEveryAcknowledged(final long runMs, final long seed) throws Exception {
    final BitSet replayed = new BitSet();
    try (LocalSwitch local =
        LocalSwitch.open(
            directory,
            new SwitchEngine(),
            HostOptions.defaults(),
            JournalOptions.defaults(),
            note -> {})) {
      final Payments payments = new Payments();
      try (SwitchClient client = local.newClient()) {
        int next = acknowledged.nextSetBit(0);
        while (next >= 0 || replayed.cardinality() < acknowledged.cardinality()) {
          if (next >= 0
              && client.offer(payments.buffer(), 0, payments.encode(next, runMs), next)
                  == SwitchClient.ACCEPTED) {
            next = acknowledged.nextSetBit(next + 1);
          }
          client.poll(
              (id, outcome, offset, size) -> {
                final OutcomeCopy.Item item = OutcomeCopy.of(outcome, offset).items().get(0);
                assertThat(item.replayed()).as("payment %d, seed %d", id, seed).isTrue();
                assertThat(item.code()).isEqualTo(Code.OK);
                replayed.set((int) id);
              },
              256);
        }
      }
      try (FeedReader feed = local.feedFrom(1)) {
        final long[] last = {0};
        while (feed.poll(
                (sequence, event, offset, length) -> {
                  assertThat(sequence).as("feed, seed %d", seed).isEqualTo(last[0] + 1);
                  last[0] = sequence;
                },
                1_000)
            > 0) {}
        assertThat(last[0]).isGreaterThanOrEqualTo(acknowledged.cardinality());
      }
    }
    assertThat(replayed).isEqualTo(acknowledged);
  }
}
