package org.civicswitch.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.demo.FinalWord;
import org.civicswitch.ops.cli.demo.GatewayConnection;
import org.civicswitch.ops.cli.demo.PaymentMessages;
import org.civicswitch.ops.cli.demo.PaymentOrder;
import org.civicswitch.ops.cli.demo.StatusReader;
import org.civicswitch.ops.cli.node.JavaProcess;
import org.civicswitch.ops.cli.node.NodeConfig;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switch here, its gateway in another process, and one payment through both. */
@Tag("slow")
@Tag("process")
final class GatewayProcessTest {
  @TempDir private Path data;

  @Test
  void aGatewayInItsOwnProcessTakesAPayment() throws Exception {
    final NodeConfig anyPorts =
        NodeConfig.load(
            null,
            Map.of(
                "iso20022.port", "0",
                "exchange.port", "0",
                "identity.port", "0",
                "console.port", "0",
                "ops.port", "0"));
    try (SwitchNode node =
        SwitchNode.start(new SwitchNode.Options(data, anyPorts, true, "TEST", null), note -> {})) {
      final Process child = gateway();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        final String ready = lines.readLine();
        assertThat(ready).as("the child came up").startsWith("ready https://");
        final FinalWord word =
            pay(node.seed().authority(), URI.create(ready.substring("ready ".length())));
        assertThat(word.status()).as(word.inWords()).isIn("ACSP", "ACTC", "ACSC", "PDNG");
        child.destroy();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("stops when told").isTrue();
        assertThat(child.exitValue()).isZero();
      } finally {
        child.destroyForcibly();
      }
    }
  }

  private Process gateway() throws Exception {
    final List<String> arguments =
        List.of("gateway", "iso20022", "--data", data.toString(), "--set", "iso20022.port=0");
    return new ProcessBuilder(JavaProcess.command(Main.class, "512m", arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static FinalWord pay(final DevelopmentCa authority, final URI gateway) throws Exception {
    final PaymentOrder order =
        new PaymentOrder(
            UUID.randomUUID(), "AURBXX2A", "BORBXX2A", 12_50, "EUR", 42, 4_711, "Two processes");
    final Vertx vertx = Vertx.vertx();
    try (GatewayConnection connection =
        new GatewayConnection(
            vertx,
            gateway,
            authority.client(order.debtorBic().toLowerCase(java.util.Locale.ROOT)),
            authority.rootCertificate())) {
      final GatewayConnection.Reply reply =
          connection
              .post(
                  PaymentMessages.creditTransfer(
                      order, PaymentMessages.freshId("PROCESS", order), System.currentTimeMillis()),
                  0)
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      assertThat(reply.status())
          .as(new String(reply.body(), StandardCharsets.UTF_8))
          .isIn(200, 202);
      return StatusReader.read(reply.body());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}
