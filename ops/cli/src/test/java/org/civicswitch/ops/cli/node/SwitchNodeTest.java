package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.ops.cli.verify.Verification;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class SwitchNodeTest {
  @TempDir private Path data;

  private SwitchNode start() throws IOException {
    return TestNode.start(data);
  }

  @Test
  void startsStopsAndStartsAgainOnTheSameData() throws Exception {
    final long first;
    try (SwitchNode node = start()) {
      assertThat(Endpoints.read(data).url("console")).startsWith("http://127.0.0.1:");
      assertThat(status(Endpoints.read(data).url("health"))).isEqualTo(200);
      first = node.local().host().releasedSequence();
    }
    assertThatThrownBy(() -> Endpoints.read(data)).hasMessageContaining("no switch is running");
    assertThat(Verification.of(data).problems()).isEmpty();
    try (SwitchNode node = start()) {
      assertThat(node.local().host().releasedSequence()).isEqualTo(first);
      assertThat(node.local().recovered().replayed()).as("from the snapshot").isZero();
      assertThatThrownBy(this::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by process");
      assertThat(status(Endpoints.read(data).url("health")))
          .as("the first is there")
          .isEqualTo(200);
    }
  }

  @Test
  void endpointsOfAKilledNodeAreGoneBeforeRecovery() throws Exception {
    Files.createDirectories(LocalSwitch.journalDirectory(data));
    Files.writeString(LocalSwitch.journalDirectory(data).resolve("FORMAT"), "of another world");
    Files.writeString(data.resolve("endpoints.json"), "{\"health\":\"http://127.0.0.1:1\"}");
    assertThatThrownBy(this::start).hasMessageContaining("FORMAT");
    assertThat(data.resolve("endpoints.json")).doesNotExist();
  }

  @Test
  void showsLatenciesByStage() throws Exception {
    try (SwitchNode node = start()) {
      final String metrics =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(node.endpoints().url("metrics"))).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(metrics).contains("civicswitch_host_halted 0.0", "civicswitch_build_info{");
      final String page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(node.endpoints().url("console"))).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(page)
          .contains("Instruction decided", "Confirmation decided")
          .contains("Version " + BuildVersion.version());
    }
  }

  @Test
  void seedingThatWasCutShortIsFinished() throws Exception {
    final long commands;
    try (SwitchNode node = start()) {
      commands = node.local().host().releasedSequence();
    }
    // As after a kill at the very end: all commands applied, the mark not yet made.
    Files.move(data.resolve("dev/seeded"), data.resolve("dev/seeding"));
    try (SwitchNode node = start()) {
      assertThat(node.local().host().releasedSequence()).isEqualTo(2 * commands);
    }
    assertThat(data.resolve("dev/seeded")).exists();
    final Verification verification = Verification.of(data);
    assertThat(verification.problems()).isEmpty();
    // A position is two: of prefunded and of deferred money.
    assertThat(verification.summary().accounts()).isEqualTo(34);
  }

  @Test
  void verifySeesAJournalThatLostItsEnd() throws Exception {
    start().close();
    final Path journal = LocalSwitch.journalDirectory(data);
    try (var files = Files.list(journal)) {
      for (final Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("snapshot")) {
          Files.delete(file);
        }
      }
    }
    final Path segment;
    try (var files = Files.list(journal)) {
      segment =
          files
              .filter(file -> file.getFileName().toString().startsWith("journal-"))
              .findFirst()
              .orElseThrow();
    }
    // From here on never written, as if the disk had lost it: the tail looks torn.
    try (var channel =
        java.nio.channels.FileChannel.open(segment, java.nio.file.StandardOpenOption.WRITE)) {
      final long keep = 20_000;
      channel.write(java.nio.ByteBuffer.allocate((int) (channel.size() - keep)), keep);
    }
    assertThat(Verification.of(data).problems())
        .anySatisfy(problem -> assertThat(problem).contains("durable commands are missing"));
  }

  private static int status(final String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
