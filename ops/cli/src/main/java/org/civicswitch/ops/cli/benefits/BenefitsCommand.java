package org.civicswitch.ops.cli.benefits;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.benefits.RollCheck;
import org.civicswitch.ops.benefits.Run;
import org.civicswitch.ops.benefits.RunProgress;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./civicswitch benefits}: one step of a run each, by whoever may take it. */
@Command(
    name = "benefits",
    description =
        "A benefits run from a CSV against a running switch: enrol, check, fill, seal, approve (by"
            + " another operator), release, progress, repair, cycle close. The same step again changes"
            + " nothing.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ProgrammeCommand.class,
      EnrolCommand.class,
      CycleCommand.class,
      VoucherCommand.class
    })
public final class BenefitsCommand {
  private static final String OPERATOR =
      "Number of the operator who signs, with the key in DIR/dev/operators; default"
          + " ${DEFAULT-VALUE}.";
  private static final String MAKER = "" + SeededWorld.MAKER;
  private static final String CHECKER = "" + SeededWorld.CHECKER;
  private static final long WATCH_NS = TimeUnit.MILLISECONDS.toNanos(500);

  @Command(
      name = "check",
      description = "First pass over a roll; writes the verdict file, changes nothing.",
      mixinStandardHelpOptions = true)
  int check(@Mixin final RunOptions options) throws Exception {
    options.check();
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office(options);
          final RollCheck check = options.run(office).check();
          checked(report, check, office.programme().exponent());
          if (check.payable() == 0) {
            report.fail();
          }
        });
  }

  @Command(
      name = "fill",
      description = "Declares count and total of an envelope and fills it with the roll's rows.",
      mixinStandardHelpOptions = true)
  int fill(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator)
      throws Exception {
    options.check();
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office(options);
          final Run run = options.run(office);
          final RollCheck check = run.fill(session.operator(operator));
          checked(report, check, office.programme().exponent());
          progress(report, run.progress(), office);
        });
  }

  @Command(
      name = "seal",
      description = "Fixes the filled envelope; its hash covers every line.",
      mixinStandardHelpOptions = true)
  int seal(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator)
      throws Exception {
    return step(options, (session, run) -> run.seal(session.operator(operator)));
  }

  @Command(
      name = "approve",
      description =
          "Computes the hash anew from the roll and signs it; by another operator than the maker.",
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = CHECKER, description = OPERATOR)
          final int operator)
      throws Exception {
    return step(options, (session, run) -> run.approve(session.operator(operator)));
  }

  @Command(
      name = "release",
      description = "Takes cash and budget for the whole run and starts paying; or goes on.",
      mixinStandardHelpOptions = true)
  int release(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator)
      throws Exception {
    return step(options, (session, run) -> run.release(session.operator(operator)));
  }

  @Command(
      name = "pause",
      description = "Sends no further line; those under way are answered. release goes on.",
      mixinStandardHelpOptions = true)
  int pause(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator)
      throws Exception {
    return step(options, (session, run) -> run.pause(session.operator(operator)));
  }

  @Command(
      name = "cancel",
      description = "Gives the envelope up; only before release.",
      mixinStandardHelpOptions = true)
  int cancel(
      @Mixin final RunOptions options,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator)
      throws Exception {
    return step(options, (session, run) -> run.cancel(session.operator(operator)));
  }

  @Command(name = "progress", description = "How far the run is.", mixinStandardHelpOptions = true)
  int progress(
      @Mixin final RunOptions options,
      @Option(names = "--watch", description = "Until every line that is not held is answered.")
          final boolean watch)
      throws Exception {
    options.check();
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office(options);
          final Run run = options.run(office);
          run.follow();
          while (watch && isUnderWay(run.progress())) {
            if (!options.json) {
              options.command.commandLine().getErr().println(sentence(run.progress()));
            }
            LockSupport.parkNanos(WATCH_NS);
          }
          progress(report, run.progress(), office);
        });
  }

  private static boolean isUnderWay(final RunProgress progress) {
    return progress.state() == EnvelopeState.RELEASED && !progress.isAnswered();
  }

  @Command(
      name = "repair",
      description = "Writes what has to be done again, as a roll with the reasons.",
      mixinStandardHelpOptions = true)
  int repair(
      @Mixin final RunOptions options,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "The repair file; replaced if it is there.")
          final Path file,
      @Option(
              names = "--spreadsheet",
              description = "For people: cells that look like formulas are changed; no roll then.")
          final boolean spreadsheet)
      throws Exception {
    options.check();
    return OfficeSession.report(
        options,
        (session, report) -> {
          final Run run = options.run(session.office(options));
          run.follow();
          final long rows = run.writeRepairFile(file, spreadsheet);
          report
              .put("rows", rows)
              .put("repair_file", file.toString())
              .say(rows + " rows to do again in " + file);
        });
  }

  /** A step of an operator in the life of an envelope. */
  private interface Signed {
    void take(OfficeSession session, Run run) throws Exception;
  }

  private static int step(final RunOptions options, final Signed signed) throws Exception {
    options.check();
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office(options);
          final Run run = options.run(office);
          run.follow();
          signed.take(session, run);
          progress(report, run.progress(), office);
        });
  }

  private static void checked(final Report report, final RollCheck check, final int exponent) {
    final String total = OfficeOptions.decimal(check.total(), exponent);
    report
        .put("payable", check.payable())
        .put("total", total)
        .put("refused", check.refused())
        .put("verdict_file", check.verdictFile().toString())
        .say(check.payable() + " rows to pay, " + total + " in all")
        .say(check.refused() + " rows refused, with line and reason in " + check.verdictFile());
  }

  private static void progress(
      final Report report, final RunProgress progress, final BenefitsOffice office) {
    final int exponent = office.programme().exponent();
    report
        .put("envelope", progress.envelope().toString())
        .put("state", progress.state().name())
        .put("declared", progress.declared())
        .put("declared_total", OfficeOptions.decimal(progress.declaredTotal(), exponent))
        .put("added", progress.added())
        .put("sent", progress.sent())
        .put("settled", progress.settled())
        .put("settled_total", OfficeOptions.decimal(progress.settledTotal(), exponent))
        .put("rejected", progress.rejected())
        .put("expired", progress.expired())
        .put("held", progress.held())
        .put("returned", progress.returned())
        .put("answered", progress.isAnswered())
        .put("hash", progress.hash().toString())
        .say(sentence(progress))
        .say("envelope " + progress.envelope() + ", hash " + progress.hash());
  }

  private static String sentence(final RunProgress progress) {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d lines in the envelope, %d settled, %d rejected, %d expired, %d held, %d"
            + " returned",
        progress.state(),
        progress.added(),
        progress.declared(),
        progress.settled(),
        progress.rejected(),
        progress.expired(),
        progress.held(),
        progress.returned());
  }
}
