package org.civicswitch.ops.cli.benefits;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.benefits.ProgrammeDesk;
import org.civicswitch.ops.benefits.ProgrammeState;
import org.civicswitch.ops.cli.report.Launcher;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./civicswitch benefits programme}. */
@Command(
    name = "programme",
    description = "Makes a programme of the treasury, gives it budget and cash, shows it.",
    mixinStandardHelpOptions = true)
final class ProgrammeCommand {
  private static final String OPERATOR =
      "Number of the operator who signs; default ${DEFAULT-VALUE}.";
  private static final String MAKER = "" + SeededWorld.MAKER;

  @Command(
      name = "create",
      description = "Makes the programme --programme, in EUR, without money.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin final OfficeOptions options,
      @Option(
              names = "--code",
              required = true,
              description = "Its name for people, 1 to 16 ASCII characters without blanks.")
          final String code,
      @Option(
              names = "--fiscal-end",
              paramLabel = "DATE",
              description = "Last day of its fiscal period; default: of this year.")
          final LocalDate fiscalEnd,
      @Option(
              names = "--assurance",
              defaultValue = "2",
              paramLabel = "0..4",
              description = "How well beneficiaries must be verified; default ${DEFAULT-VALUE}.")
          final int assurance,
      @Option(
              names = "--approvals",
              defaultValue = "1",
              paramLabel = "1..8",
              description = "Of an envelope, by others than its maker; default ${DEFAULT-VALUE}.")
          final int approvals,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator) {
    final LocalDate end =
        fiscalEnd == null
            ? LocalDate.now(ZoneOffset.UTC).withDayOfYear(1).plusYears(1).minusDays(1)
            : fiscalEnd;
    final ProgrammeDesk.Terms terms;
    try {
      terms =
          new ProgrammeDesk.Terms(
              options.programme,
              code,
              SeededWorld.EUR,
              SeededWorld.EUR_AUTHORITY,
              Math.toIntExact(end.toEpochDay()),
              assurance,
              approvals);
    } catch (final IllegalArgumentException e) {
      throw options.wrong(e.getMessage());
    }
    return OfficeSession.report(
        options,
        (session, report) -> {
          session.programmes().create(terms, session.operator(operator));
          show(session, report);
        });
  }

  @Command(
      name = "fund",
      description =
          "Allots budget authority and brings in cash; proposes it where a rule wants others to"
              + " approve.",
      mixinStandardHelpOptions = true)
  int fund(
      @Mixin final OfficeOptions options,
      @Option(
              names = "--authority",
              defaultValue = "0",
              paramLabel = "N",
              description = "Budget, a decimal amount.")
          final String authority,
      @Option(
              names = "--cash",
              defaultValue = "0",
              paramLabel = "N",
              description = "What the settlement bank has booked for it, a decimal amount.")
          final String cash,
      @Option(
              names = "--reference",
              required = true,
              paramLabel = "TEXT",
              description = "Of the allotment or the bank's booking; counts once.")
          final String reference,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator) {
    if (reference.isBlank()) {
      throw options.wrong("--reference: must not be empty");
    }
    return OfficeSession.report(
        options,
        (session, report) -> {
          final int exponent = session.office().programme().exponent();
          final Id128 proposal =
              session
                  .programmes()
                  .fund(
                      options.programme,
                      options.amount("--authority", authority, exponent),
                      options.amount("--cash", cash, exponent),
                      reference,
                      session.operator(operator));
          if (!proposal.isNone()) {
            report
                .put("proposal", proposal.toString())
                .say("proposed as " + proposal)
                .say(
                    "another operator looks at it and approves: "
                        + Launcher.typed()
                        + " operate show "
                        + proposal
                        + " --data "
                        + options.data);
          }
          show(session, report);
        });
  }

  @Command(
      name = "show",
      description = "The programme and its money.",
      mixinStandardHelpOptions = true)
  int show(@Mixin final OfficeOptions options) {
    return OfficeSession.report(options, ProgrammeCommand::show);
  }

  private static void show(final OfficeSession session, final Report report) throws Exception {
    final ProgrammeState state = session.office().programme();
    final int exponent = state.exponent();
    report
        .put("programme", state.programme())
        .put("code", state.code())
        .put("currency", state.currency())
        .put("authority", OfficeOptions.decimal(state.authority(), exponent))
        .put("cash", OfficeOptions.decimal(state.cash(), exponent))
        .put("committed", OfficeOptions.decimal(state.committed(), exponent))
        .put("spent", OfficeOptions.decimal(state.spent(), exponent))
        .put("voucher_reserve", OfficeOptions.decimal(state.voucherReserve(), exponent))
        .say(
            "programme "
                + state.programme()
                + " "
                + state.code()
                + " in "
                + state.currency()
                + ": budget not spent "
                + OfficeOptions.decimal(state.authority(), exponent)
                + ", cash "
                + OfficeOptions.decimal(state.cash(), exponent)
                + ", of both committed "
                + OfficeOptions.decimal(state.committed(), exponent)
                + ", spent "
                + OfficeOptions.decimal(state.spent(), exponent)
                + ", reserved for vouchers "
                + OfficeOptions.decimal(state.voucherReserve(), exponent));
  }
}
