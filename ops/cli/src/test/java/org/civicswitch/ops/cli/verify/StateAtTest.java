package org.civicswitch.ops.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.PublishedKeys;
import org.civicswitch.ops.cli.world.Seeding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** States of the past against what the live engine said of itself when it stood there. */
@Tag("slow")
final class StateAtTest {
  private static final long SEED = 20_261_128;

  /** Of traffic beside the reader: some tens of segments. */
  private static final int ROUNDS = 60;

  @TempDir private Path data;

  /** What the live engine was, by sequence. */
  private final Map<Long, SnapshotInfo> stood = new TreeMap<>();

  private LocalSwitch open() throws IOException {
    return LocalSwitch.open(
        data,
        new SwitchEngine(),
        HostOptions.defaults(),
        JournalOptions.defaults().withSegmentBytes(JournalOptions.MIN_SEGMENT_BYTES),
        note -> {});
  }

  private void begin(final LocalSwitch local) throws Exception {
    Seeding.apply(
        local,
        Genesis.commands(
            System.currentTimeMillis(),
            name -> new Digest256(1, 2, 3, name.hashCode()),
            PublishedKeys::of,
            0));
    stand(local);
  }

  /** Only the newest two snapshots stay: of the others there is what the engine said. */
  private void stand(final LocalSwitch local) throws Exception {
    final SnapshotInfo info = local.host().requestSnapshot().get();
    stood.put(info.sequence(), info);
  }

  /** Long commands that are refused: so much that segments are archived and used again. */
  private static void nonsense(final LocalSwitch local, final int count) {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[60_000]);
    try (SwitchClient client = local.newClient()) {
      int answered = 0;
      int offered = 0;
      while (answered < count) {
        if (offered < count
            && client.offer(command, 0, command.capacity(), offered) == SwitchClient.ACCEPTED) {
          offered++;
        }
        answered += client.poll((id, outcome, offset, length) -> {}, 1);
      }
    }
  }

  private StateAt.State at(final long sequence) throws IOException {
    return StateAt.of(data, StateAt.Place.ofSequence(sequence), System.currentTimeMillis());
  }

  private StateAt.State atTime(final long ms) throws IOException {
    return StateAt.of(data, StateAt.Place.ofTime(ms), System.currentTimeMillis());
  }

  private void assertStood() throws IOException {
    for (final SnapshotInfo info : stood.values()) {
      final StateAt.State state = at(info.sequence());
      assertThat(state.stateHash()).as("at %s", info.sequence()).isEqualTo(info.stateHash());
      assertThat(state.timeMs()).isEqualTo(info.timeMs());
      assertThat(state.feedSequence()).isEqualTo(info.feedSequence());
      assertThat(state.summary().problems()).isEmpty();
      assertThat(state.notes()).isEmpty();
    }
  }

  @Test
  void besideARunningSwitchAndBehindItEveryStateIsTheLiveEngines() throws Exception {
    try (LocalSwitch local = open()) {
      begin(local);
      for (int round = 0; round < 5; round++) {
        nonsense(local, 3);
        stand(local);
      }
      assertStood();
      final long last = local.host().releasedSequence();
      assertThat(at(last).durable()).as("what was answered is durable").isEqualTo(last);
      assertThatThrownBy(() -> at(last + 1))
          .hasMessage("there is no sequence " + (last + 1) + " yet: the last durable is " + last);
    }
    assertThat(stood).hasSize(6);
    assertStood();
    final StateAt.State end = at(stood.keySet().stream().max(Long::compare).orElseThrow());
    assertThat(end.earliest()).isEqualTo(1);
    assertThat(end.stateHash()).isEqualTo(Verification.of(data).stateHash());
    assertThat(at(1).replayed()).isEqualTo(1);
  }

  @Test
  void aSwitchThatArchivesAndReusesItsSegmentsIsReadAllTheSame() throws Exception {
    final SplittableRandom random = new SplittableRandom(SEED);
    try (LocalSwitch local = open()) {
      begin(local);
      final Thread traffic =
          new Thread(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  nonsense(local, 4);
                  final var unused = local.host().requestSnapshot();
                }
              });
      traffic.start();
      try {
        final long first = stood.keySet().iterator().next();
        for (int i = 0; i < 12; i++) {
          final long released = local.host().releasedSequence();
          final long sequence = first + random.nextLong(Math.max(1, released - first));
          final StateAt.State state = at(sequence);
          stood.put(
              sequence,
              new SnapshotInfo(sequence, state.timeMs(), state.feedSequence(), state.stateHash()));
        }
        assertThat(at(first).stateHash()).isEqualTo(stood.get(first).stateHash());
      } finally {
        traffic.join();
      }
    }
    // What was read while the ground moved is what stands there at rest.
    assertThat(Files.exists(data.resolve("archive/journal-0000000000000000001.seg.gz"))).isTrue();
    assertStood();
  }

  @Test
  void aTimeIsTheLastCommandAtOrBeforeIt() throws Exception {
    try (LocalSwitch local = open()) {
      begin(local);
      nonsense(local, 1);
      stand(local);
    }
    for (final SnapshotInfo info : stood.values()) {
      final StateAt.State state = atTime(info.timeMs());
      assertThat(state.timeMs()).isEqualTo(info.timeMs());
      assertThat(state.stateHash()).isEqualTo(at(state.sequence()).stateHash());
    }
    final StateAt.State now = atTime(System.currentTimeMillis());
    assertThat(now.sequence()).isEqualTo(now.durable());
    assertThatThrownBy(() -> atTime(1_000)).hasMessageContaining("there was no command yet");
    assertThatThrownBy(() -> atTime(System.currentTimeMillis() + 3_600_000))
        .hasMessageContaining("is in the future");
  }

  @Test
  void whatIsNoLongerKeptSaysFromWhereOnThereIsAState() throws Exception {
    try (LocalSwitch local = open()) {
      begin(local);
      for (int round = 0; round < 3; round++) {
        nonsense(local, 5);
        stand(local);
      }
    }
    DirectoryTree.delete(data.resolve("archive"));
    final List<Long> sequences = List.copyOf(stood.keySet());
    final long oldest = sequences.get(sequences.size() - 2);
    assertThatThrownBy(() -> at(1))
        .hasMessageContaining("sequence 1 is before what is kept")
        .hasMessageContaining("The earliest state that can be made is that of sequence " + oldest);
    assertThat(at(oldest + 1).earliest()).isEqualTo(oldest);
    assertThatThrownBy(() -> atTime(1_000)).hasMessageContaining("is before what is kept");
  }

  @Test
  void aDamagedSnapshotCostsTimeAndIsSaid() throws Exception {
    try (LocalSwitch local = open()) {
      begin(local);
    }
    final SnapshotInfo info = stood.values().iterator().next();
    final Path snapshot;
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      snapshot =
          files
              .filter(file -> file.getFileName().toString().endsWith(info.sequence() + ".snap"))
              .findFirst()
              .orElseThrow();
    }
    final byte[] bytes = Files.readAllBytes(snapshot);
    bytes[200] ^= 1;
    Files.write(snapshot, bytes);
    final StateAt.State state = at(info.sequence());
    assertThat(state.stateHash()).isEqualTo(info.stateHash());
    assertThat(state.snapshot()).isZero();
    assertThat(state.notes())
        .singleElement()
        .asString()
        .contains("not from the snapshot of " + info.sequence(), "checksum");
  }

  @Test
  void theCommandPrintsTheStateAsATableAndAsJson() throws Exception {
    try (LocalSwitch local = open()) {
      begin(local);
    }
    final SnapshotInfo info = stood.values().iterator().next();
    final String hash = String.format("%016x", info.stateHash());
    final String sequence = Long.toString(info.sequence());
    assertThat(printed(0, "--data", data.toString(), "--sequence", sequence))
        .contains("state    " + hash, "net debit cap", "EUR", "accepted 0", "(minor units)");
    assertThat(printed(0, "--data", data.toString(), "--sequence", sequence, "--json"))
        .contains("{\"ok\":true,\"sequence\":" + sequence, "\"state_hash\":\"" + hash + "\"")
        .contains("\"participant_code\":", "\"problems\":[]");
    assertThat(printed(1, "--data", data.toString(), "--sequence", "999999999"))
        .contains("as-of: there is no sequence 999999999 yet: the last durable is");
    assertThat(printed(2, "--data", data.toString())).contains("--sequence", "--time");
    assertThat(printed(2, "--data", data.toString(), "--sequence", "0"))
        .contains("sequences begin at 1, not 0");
    assertThat(printed(2, "--data", data.toString(), "--time", "yesterday"))
        .contains("not a time such as 2026-03-01T12:00:00Z: yesterday");
    assertThat(printed(1, "--data", data.resolve("none").toString(), "--sequence", "1"))
        .contains("there is no switch's data in");
  }

  private static String printed(final int exit, final String... args) {
    final StringWriter text = new StringWriter();
    final PrintWriter out = new PrintWriter(text, true);
    assertThat(new CommandLine(new AsOfCommand()).setOut(out).setErr(out).execute(args))
        .as(text.toString())
        .isEqualTo(exit);
    return text.toString();
  }
}
