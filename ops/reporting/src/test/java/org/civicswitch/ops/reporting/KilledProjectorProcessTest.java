package org.civicswitch.ops.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedReaders;
import org.civicswitch.core.feed.FeedSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again leaves a store that another can go on with. */
@Tag("slow")
@Tag("process")
final class KilledProjectorProcessTest {
  private static final long SEED = 41L;
  private static final int KILLS = 4;

  @TempDir private Path directory;

  @Test
  void whatKilledProcessesLeaveBecomesWhatOneWouldHaveMade() throws Exception {
    final Path feed = directory.resolve("feed");
    long sequence = 0;
    try (ChronicleFeed sink = ChronicleFeed.open(feed, FeedSettings.defaults())) {
      for (final DirectBuffer event : StoreContract.history().events()) {
        sink.append(++sequence, event, 0, event.capacity());
      }
    }
    final SplittableRandom random = new SplittableRandom(SEED);
    final Path killed = directory.resolve("killed");
    int inTheMiddle = 0;
    for (int i = 0; i < KILLS; i++) {
      inTheMiddle += run(feed, killed, 1 + random.nextInt(60)) ? 1 : 0;
    }
    assertThat(inTheMiddle).as("seed %d", SEED).isGreaterThan(KILLS / 2);
    assertThat(run(feed, killed, Integer.MAX_VALUE)).as("ended by itself").isFalse();

    final ReportingSettings whole = ReportingSettings.embedded(directory.resolve("whole"));
    try (Projector projector = Projector.start(whole, from -> FeedReaders.open(feed, from))) {
      StoreContract.awaitSequence(projector, sequence);
    }
    assertThat(Dump.of(ReportingSettings.embedded(killed))).isEqualTo(Dump.of(whole));
  }

  /** True if it was killed, after so many lines. */
  private static boolean run(final Path feed, final Path store, final int lines) throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--") || argument.startsWith("-Dchronicle"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(ProjectMain.class.getName(), feed.toString(), store.toString()));
    final Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < lines; i++) {
        final String line = said.readLine();
        assertThat(line).as("the process ended without a word").isNotNull();
        if (line.equals("end")) {
          assertThat(process.waitFor()).isZero();
          return false;
        }
      }
      process.destroyForcibly().waitFor();
      return true;
    }
  }
}
