package org.civicswitch.ops.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.console.accounts.Accounts;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose accounts, and in what form the answer is wanted. */
final class AccountOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Data directory of the switch, running or not; default ${DEFAULT-VALUE}.")
  private Path data;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  /** One step on the accounts; it says what it found. */
  @FunctionalInterface
  interface Step {
    void take(Accounts accounts, Report report) throws IOException;
  }

  int report(final Step step) {
    return Report.of(
        command,
        json,
        report -> {
          if (!Files.isDirectory(data)) {
            throw new IOException("there is no data directory " + data);
          }
          step.take(Accounts.open(directory(data)), report);
        });
  }

  ParameterException wrong(final String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Where the accounts of a data directory are. */
  static Path directory(final Path data) {
    return data.resolve("console");
  }
}
