package org.civicswitch.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Tag("slow")
class IpcProcessTest {
  @TempDir Path data;

  private Process child(final long records) throws IOException {
    final List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (final String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--add-") || argument.startsWith("-Dchronicle")) {
        line.add(argument);
      }
    }
    line.addAll(
        List.of(
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            IpcChild.class.getName(),
            data.toString(),
            Long.toString(records)));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void awaitLine(final Process child, final String wanted) throws IOException {
    final BufferedReader output = child.inputReader(StandardCharsets.UTF_8);
    String line;
    do {
      line = output.readLine();
    } while (line != null && !line.equals(wanted));
    assertThat(line).isEqualTo(wanted);
  }

  @Test
  void servesAnotherProcessAndFreesItsSlotWhenItIsKilled() throws IOException {
    final FakeHost host = new FakeHost(100);
    try (ChronicleFeed feed = ChronicleFeed.open(data.resolve("feed"), FeedSettings.defaults());
        IpcServer server = IpcServer.start(data, data.resolve("feed"), host)) {
      assertThat(server).isNotNull();
      final UnsafeBuffer event = new UnsafeBuffer(new byte[200]);
      for (long sequence = 1; sequence <= 1_000; sequence++) {
        event.putLong(0, sequence);
        feed.append(sequence, event, 0, event.capacity());
      }
      final Process child = child(2_000);
      try {
        for (long sequence = 1_001; sequence <= 2_000; sequence++) {
          event.putLong(0, sequence);
          feed.append(sequence, event, 0, event.capacity());
        }
        awaitLine(child, "read 2000");
        awaitLine(child, "answered 200");
        assertThat(host.open).hasValue(1);
      } finally {
        child.destroyForcibly();
      }
      IpcTest.await(() -> host.open.get() == 0);
    }
  }
}
