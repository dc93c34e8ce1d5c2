package org.civicswitch.ops.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.civicswitch.gateway.iso20022.message.Amounts;
import org.civicswitch.gateway.iso20022.message.Currencies;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.demo.FinalWord;
import org.civicswitch.ops.cli.demo.GatewayConnection;
import org.civicswitch.ops.cli.demo.OrderOptions;
import org.civicswitch.ops.cli.demo.PaymentMessages;
import org.civicswitch.ops.cli.demo.PaymentOrder;
import org.civicswitch.ops.cli.demo.StatusReader;
import org.civicswitch.ops.cli.node.DevelopmentSeed;
import org.civicswitch.ops.cli.node.Endpoints;
import org.civicswitch.ops.cli.node.NodeVertx;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./civicswitch send}. */
@Command(
    name = "send",
    description = "One payment through the real gateway, with the development certificates.",
    mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {
  /** Beyond the 10 s after which a payment that nobody answers expires: that is an answer too. */
  private static final int WAIT_SECONDS = 15;

  private static final int PATIENCE_SECONDS = 45;

  @Spec private CommandSpec spec;

  @Mixin private OrderOptions options;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Data directory of the running switch; default ${DEFAULT-VALUE}.")
  private Path data;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    final PaymentOrder order = options.order();
    final URI gateway = URI.create(Endpoints.read(data).url("iso20022"));
    final DevelopmentCa authority = DevelopmentSeed.open(data).authority();
    final String messageId = PaymentMessages.freshId("SEND", order);
    final byte[] message =
        PaymentMessages.creditTransfer(order, messageId, System.currentTimeMillis());
    final Vertx vertx = NodeVertx.create();
    try (GatewayConnection connection =
        new GatewayConnection(
            vertx,
            gateway,
            authority.client(order.debtorBic().toLowerCase(java.util.Locale.ROOT)),
            authority.rootCertificate())) {
      final GatewayConnection.Reply reply = post(connection, message);
      return report(order, messageId, message, reply);
    } finally {
      vertx.close();
    }
  }

  private static GatewayConnection.Reply post(
      final GatewayConnection connection, final byte[] message)
      throws IOException, InterruptedException {
    try {
      return connection
          .post(message, WAIT_SECONDS)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final ExecutionException e) {
      throw new IOException("the gateway cannot be reached: " + e.getCause().getMessage(), e);
    } catch (final TimeoutException e) {
      throw new IOException("the gateway did not answer in " + PATIENCE_SECONDS + " s", e);
    }
  }

  private int report(
      final PaymentOrder order,
      final String messageId,
      final byte[] message,
      final GatewayConnection.Reply reply)
      throws IOException {
    final boolean answered = reply.status() == 200 || reply.status() == 202;
    final FinalWord word =
        answered
            ? StatusReader.read(reply.body())
            : new FinalWord(null, null, "the gateway answered " + reply.status(), null);
    final PrintWriter out = spec.commandLine().getOut();
    final String amount = Amounts.format(order.amount(), Currencies.exponent(order.currency()));
    if (json) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("uetr", order.uetr().toString());
      fields.put("message_id", messageId);
      fields.put("from", order.debtorBic());
      fields.put("to", order.creditorBic());
      fields.put("amount", amount);
      fields.put("currency", order.currency());
      fields.put("http_status", reply.status());
      fields.put("status", word.status());
      fields.put("reason", word.reason());
      fields.put("information", word.words());
      fields.put("clearing_reference", word.clearingReference());
      fields.put("final", word.isFinal());
      fields.put("settled", word.settled());
      out.println(JsonMapper.shared().writeValueAsString(fields));
    } else {
      out.println(PaymentMessages.indented(message));
      out.println();
      out.println(answered ? PaymentMessages.indented(reply.body()) : text(reply.body()));
      out.println();
      out.println(
          amount
              + " "
              + order.currency()
              + " from "
              + order.debtorBic()
              + " to "
              + order.creditorBic()
              + ": "
              + word.inWords()
              + (word.settled() ? " as " + word.clearingReference() + " in the log" : "")
              + " (UETR "
              + order.uetr()
              + ")");
    }
    out.flush();
    return word.settled() ? 0 : 1;
  }

  private static String text(final byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
