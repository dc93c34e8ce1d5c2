package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.ops.cli.demo.ScriptedGateway;
import org.civicswitch.ops.cli.node.DevelopmentSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SendCommandTest {
  @TempDir Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void exampleIsAValidMessageOfNow() throws Exception {
    final long before = System.currentTimeMillis();
    assertThat(
            run(
                new DevExampleCommand(),
                "pacs008",
                "--from",
                "AURBXX2A",
                "--to",
                "BORBXX2A",
                "--amount",
                "12.5"))
        .as(err.toString())
        .isZero();
    final CreditTransfer transfer =
        (CreditTransfer)
            new MessageReader().read(out.toString().getBytes(StandardCharsets.UTF_8)).body();
    assertThat(transfer.problems()).isEmpty();
    assertThat(transfer.transactions().get(0).amount()).isEqualTo(12_50);
    assertThat(transfer.createdMs()).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void wrongUsageSaysWhatIsWrong() {
    assertThat(send("AURBXX2A", "1,250.00")).isEqualTo(2);
    assertThat(err.toString()).contains("--amount");
    assertThat(send("AURBXX2A", "1.005")).isEqualTo(2);
    assertThat(send("AURBXX2A", "0.00")).isEqualTo(2);
    assertThat(send("AURBXX2A", "-1")).isEqualTo(2);
    assertThat(send("NOBKXX2A", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("no seeded participant 'NOBKXX2A'", "DUNEXX2A");
  }

  @Test
  void withoutARunningSwitchItSaysSo() {
    assertThat(send("AURBXX2A", "1")).isEqualTo(1);
    assertThat(err.toString()).contains("no switch is running in");
  }

  @Test
  void exitsWithWhetherTheMoneyMoved() throws Exception {
    final ScriptedGateway gateway = new ScriptedGateway(DevelopmentSeed.open(data).authority());
    try {
      Files.writeString(data.resolve("endpoints.json"), "{\"iso20022\":\"" + gateway.url() + "\"}");
      gateway.answerAll("ACSC");
      assertThat(send("AURBXX2A", "12.50")).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains("12.50 EUR from AURBXX2A to BORBXX2A: settled as 4711 in the log");
      assertThat(gateway.next().prefer()).isEqualTo("wait=15");
      gateway.answerAll("RJCT");
      assertThat(send("AURBXX2A", "12.50")).isEqualTo(1);
      gateway.answerAll("ACSP");
      out.getBuffer().setLength(0);
      assertThat(send("AURBXX2A", "1", "--json")).isEqualTo(1);
      final JsonNode json = JsonMapper.shared().readTree(out.toString());
      assertThat(json.get("status").asString()).isEqualTo("ACSP");
      assertThat(json.get("amount").asString()).isEqualTo("1.00");
      assertThat(json.get("final").asBoolean()).isFalse();
    } finally {
      gateway.close();
    }
  }

  private int send(final String from, final String amount, final String... more) {
    final List<String> args =
        new ArrayList<>(
            List.of(
                "--from",
                from,
                "--to",
                "BORBXX2A",
                "--amount=" + amount,
                "--data",
                data.toString()));
    args.addAll(List.of(more));
    return run(new SendCommand(), args.toArray(new String[0]));
  }

  private int run(final Object command, final String... args) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
