package org.civicswitch.ops.cli.reporting;

import picocli.CommandLine.Command;

/** {@code ./civicswitch reporting}. */
@Command(
    name = "reporting",
    description = "The reporting store: the feed in SQL.",
    mixinStandardHelpOptions = true,
    subcommands = {ReportingStatusCommand.class, ReportingRebuildCommand.class})
public final class ReportingCommand {}
