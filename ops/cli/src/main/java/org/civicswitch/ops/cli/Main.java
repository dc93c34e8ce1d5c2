package org.civicswitch.ops.cli;

import org.civicswitch.ops.cli.benefits.AliasCommand;
import org.civicswitch.ops.cli.benefits.BenefitsCommand;
import org.civicswitch.ops.cli.chaos.ChaosCommand;
import org.civicswitch.ops.cli.console.ConsoleCommand;
import org.civicswitch.ops.cli.demo.DemoCommand;
import org.civicswitch.ops.cli.funds.FundsCommand;
import org.civicswitch.ops.cli.node.BuildVersion;
import org.civicswitch.ops.cli.reporting.ReportingCommand;
import org.civicswitch.ops.cli.treasury.OperateCommand;
import org.civicswitch.ops.cli.treasury.SignOffCommand;
import org.civicswitch.ops.cli.verify.AsOfCommand;
import org.civicswitch.ops.cli.verify.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What {@code ./civicswitch} starts. Exit codes: 0 success, 1 a check or an operation failed, 2
 * wrong usage.
 */
@Command(
    name = "civicswitch",
    description = "An instant-payment switch and benefits disbursement engine.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      GatewayCommand.class,
      SendCommand.class,
      BenefitsCommand.class,
      AliasCommand.class,
      OperateCommand.class,
      FundsCommand.class,
      SignOffCommand.class,
      ConsoleCommand.class,
      ReportingCommand.class,
      VerifyCommand.class,
      AsOfCommand.class,
      SimCommand.class,
      ChaosCommand.class,
      DevCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(final String[] args) {
    System.exit(run(args));
  }

  static int run(final String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    final CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          final String message =
              failure.getMessage() == null ? failure.toString() : failure.getMessage();
          command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
          JsonFailure.print(command, message);
          if (System.getenv("CIVICSWITCH_TRACE") != null) {
            failure.printStackTrace(command.getErr());
          }
          return 1;
        });
    return line;
  }
}
