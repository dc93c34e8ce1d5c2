package org.civicswitch.ops.cli.console;

import picocli.CommandLine.Command;

/** {@code ./civicswitch console}. */
@Command(
    name = "console",
    description = "The console of a data directory.",
    mixinStandardHelpOptions = true,
    subcommands = AccountCommand.class)
public final class ConsoleCommand {}
