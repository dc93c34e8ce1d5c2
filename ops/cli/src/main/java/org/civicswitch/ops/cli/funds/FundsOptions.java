package org.civicswitch.ops.cli.funds;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which switch, and in what form the answer is wanted. */
final class FundsOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Data directory of the switch; default ${DEFAULT-VALUE}.")
  Path data;

  @Option(names = "--json", description = "One JSON object on standard output.")
  boolean json;

  /** Where the bank's files are kept. */
  Path statements() {
    return data.resolve("funds");
  }
}
