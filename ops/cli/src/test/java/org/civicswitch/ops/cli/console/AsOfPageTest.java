package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.treasury.OperateCommand;
import org.civicswitch.ops.cli.verify.StateAt;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page as of a sequence: its hash and its money are a replay's, and the live engine's. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("slow")
final class AsOfPageTest {
  @TempDir private Path data;
  private SwitchNode node;

  private JsonNode json(final String path) throws Exception {
    final HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.endpoints().url("console") + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 200 ? JsonMapper.shared().readTree(answer.body()) : null;
  }

  /** One command that is refused, which is an event. */
  private void refused() {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[100]);
    try (SwitchClient client = node.local().newClient()) {
      while (client.offer(command, 0, command.capacity(), 1) != SwitchClient.ACCEPTED) {
        Thread.onSpinWait();
      }
      while (client.poll((id, outcome, offset, length) -> {}, 1) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** The live engine, behind a command that the feed tells of. */
  private SnapshotInfo stood() throws Exception {
    while (true) {
      final CompletableFuture<SnapshotInfo> snapshot = node.local().host().requestSnapshot();
      refused();
      final SnapshotInfo info = snapshot.get();
      refused();
      // A pulse in between is a command too, and no event.
      final JsonNode moment =
          json("/api/positions?min_sequence=" + (info.feedSequence() + 1)) == null
              ? null
              : json("/api/positions?as_of=" + info.sequence());
      if (moment != null && moment.get("as_of").get("log_sequence").asLong() == info.sequence()) {
        return info;
      }
    }
  }

  @Test
  void thePagesHashAndMoneyAreTheReplaysAndWereTheLiveEngines() throws Exception {
    try (SwitchNode started = TestNode.start(data)) {
      node = started;
      final SnapshotInfo live = stood();
      refused();
      final String wanted = String.format("%016x", live.stateHash());
      JsonNode page = json("/api/positions?as_of=" + live.sequence());
      while (page.get("moment").get("state_hash").isNull()) {
        // Of the moments that were asked for before, one may still be under way.
        assertThat(page.get("moment").get("state_hash_is").asString())
            .containsAnyOf("being computed", "others are being computed first");
        Thread.sleep(100);
        page = json("/api/positions?as_of=" + live.sequence());
      }
      assertThat(page.get("moment").get("state_hash").asString()).isEqualTo(wanted);
      final StateAt.State replayed =
          StateAt.of(data, StateAt.Place.ofSequence(live.sequence()), System.currentTimeMillis());
      assertThat(replayed.stateHash()).isEqualTo(live.stateHash());
      final Map<String, Long> money = new TreeMap<>();
      for (final EngineSummary.PositionTotal one : replayed.summary().positions()) {
        money.put(one.participantCode() + " " + one.assetCode(), one.posted());
      }
      assertThat(page.get("positions")).isNotEmpty();
      for (final JsonNode one : page.get("positions")) {
        assertThat(one.get("posted").get("minor").asLong())
            .isEqualTo(
                money.get(
                    one.get("code").asString()
                        + " "
                        + one.get("posted").get("currency").asString()));
      }
    }
  }

  @Test
  void whatIfIsAskedOfTheRunningSwitch() throws Exception {
    try (SwitchNode started = TestNode.start(data)) {
      node = started;
      final String bank = SeededWorld.BANKS.get(0).bic();
      String said = operate("cap", "--participant", bank, "--cap", "10.00", "--hours", "1");
      while (said.contains("the reporting store is not open")) {
        Thread.sleep(100);
        said = operate("cap", "--participant", bank, "--cap", "10.00", "--hours", "1");
      }
      assertThat(said)
          .contains("with a cap of 10.00 EUR", "would be refused  0, 0.00 EUR", "least headroom");
      assertThat(operate("window", "--asset", "EUR", "--json"))
          .contains("{\"ok\":true,\"from\":", "\"payments\":0", "\"nets\":[]");
      assertThat(operate("cap", "--participant", bank, "--cap", "1.234"))
          .contains("A cap in EUR has at most 2 decimals");
      assertThat(operate("window", "--hours", "73")).contains("from 1 to 72: 73");
    }
  }

  private String operate(final String kind, final String... more) {
    final List<String> args = new ArrayList<>(List.of("what-if", kind, "--data", data.toString()));
    args.addAll(List.of(more));
    final StringWriter text = new StringWriter();
    final PrintWriter out = new PrintWriter(text, true);
    new CommandLine(new OperateCommand())
        .setOut(out)
        .setErr(out)
        .execute(args.toArray(new String[0]));
    return text.toString();
  }
}
