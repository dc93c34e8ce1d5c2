package org.civicswitch.ops.cli.benefits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.benefits.Run;
import org.civicswitch.ops.benefits.RunTerms;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which run: a roll in a cycle of a programme, on the terms that it is filled and approved with.
 */
final class RunOptions extends OfficeOptions {
  @Parameters(paramLabel = "ROLL", description = "The roll, CSV; see examples/README.md.")
  Path roll;

  @Option(
      names = "--cycle",
      required = true,
      paramLabel = "N",
      description = "Cycle of the programme, from 1; each entitlement is paid once in it.")
  int cycle;

  @Option(
      names = "--value-date",
      paramLabel = "DATE",
      description =
          "Value date of the payments; default today (UTC). What is approved on another day than"
              + " it was filled needs it.")
  LocalDate valueDate = LocalDate.now(ZoneOffset.UTC);

  @Option(
      names = "--answer-within",
      paramLabel = "SECONDS",
      defaultValue = "45",
      description = "How long a beneficiary's bank has to answer; default ${DEFAULT-VALUE}.")
  int answerWithin;

  @Option(
      names = "--assurance",
      paramLabel = "0..4",
      defaultValue = "2",
      description =
          "Level of identity that rows are checked for, the programme's; default ${DEFAULT-VALUE}."
              + " The switch decides.")
  int assurance;

  @Option(
      names = "--payer",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The payer as beneficiaries read it; default: the programme's code.")
  String payer;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the verdict file goes; default: beside the roll.")
  Path out;

  /** Checks what can be wrong before a switch is asked. */
  void check() throws IOException {
    if (cycle < 1) {
      throw wrong("--cycle: from 1");
    }
    if (answerWithin < 1 || answerWithin > 3600) {
      throw wrong("--answer-within: 1 to 3600 seconds");
    }
    if (assurance < 0 || assurance > 4) {
      throw wrong("--assurance: 0 to 4");
    }
    if (payer.length() > 140) {
      throw wrong("--payer: at most 140 characters");
    }
    if (valueDate.toEpochDay() < 0) {
      throw wrong("--value-date: from 1970-01-01");
    }
    if (!Files.isReadable(roll) || Files.isDirectory(roll)) {
      throw new IOException("cannot read the roll " + roll);
    }
  }

  Run run(final BenefitsOffice benefits) throws IOException {
    final Path beside = roll.toAbsolutePath().getParent();
    return benefits.run(
        roll,
        out == null ? beside : out,
        new RunTerms(cycle, Math.toIntExact(valueDate.toEpochDay())));
  }
}
