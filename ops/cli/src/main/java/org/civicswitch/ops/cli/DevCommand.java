package org.civicswitch.ops.cli;

import picocli.CommandLine.Command;

/** Tools for those who build the switch itself. */
@Command(
    name = "dev",
    description = "Tools for developers.",
    mixinStandardHelpOptions = true,
    subcommands = {DevExampleCommand.class, DevCompileSchemaCommand.class})
final class DevCommand {}
