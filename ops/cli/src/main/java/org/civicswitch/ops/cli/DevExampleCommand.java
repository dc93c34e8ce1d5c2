package org.civicswitch.ops.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.civicswitch.ops.cli.demo.OrderOptions;
import org.civicswitch.ops.cli.demo.PaymentMessages;
import org.civicswitch.ops.cli.demo.PaymentOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./civicswitch dev example}. */
@Command(
    name = "example",
    description = "Prints a message of now that fits the seeded participants.",
    mixinStandardHelpOptions = true)
final class DevExampleCommand implements Callable<Integer> {
  /** Which messages there are examples of. */
  enum Kind {
    pacs008
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MESSAGE", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Mixin private OrderOptions options;

  @Option(names = "--compact", description = "On one line, as banks send it.")
  private boolean compact;

  @Override
  public Integer call() {
    final PaymentOrder order = options.order();
    final byte[] message =
        switch (kind) {
          case pacs008 ->
              PaymentMessages.creditTransfer(
                  order, PaymentMessages.freshId("EXAMPLE", order), System.currentTimeMillis());
        };
    final PrintWriter out = spec.commandLine().getOut();
    out.println(
        compact ? new String(message, StandardCharsets.UTF_8) : PaymentMessages.indented(message));
    out.flush();
    return 0;
  }
}
