package org.civicswitch.ops.cli.benefits;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.benefits.Voucher;
import org.civicswitch.ops.benefits.VoucherDesk;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch benefits voucher}. */
@Command(
    name = "voucher",
    description = "Issues vouchers, spends from them at merchants, shows and cancels them.",
    mixinStandardHelpOptions = true)
final class VoucherCommand {
  private static final String MAKER = "" + SeededWorld.MAKER;
  private static final String OPERATOR =
      "Number of the operator who signs; default ${DEFAULT-VALUE}.";

  @Command(
      name = "issue",
      description = "Issues a food voucher to an enrolled person.",
      mixinStandardHelpOptions = true)
  int issue(
      @Mixin final OfficeOptions options,
      @Option(names = "--to", required = true, paramLabel = "PERSON", description = "TYPE:VALUE.")
          final String person,
      @Option(names = "--amount", required = true, paramLabel = "N", description = "Decimal.")
          final String amount,
      @Option(
              names = "--category",
              defaultValue = "" + SeededWorld.GROCERIES,
              paramLabel = "MCC",
              description =
                  "ISO 18245 category of the merchants, 0 for any; default ${DEFAULT-VALUE},"
                      + " groceries.")
          final int category,
      @Option(
              names = "--seconds",
              defaultValue = "2592000",
              description = "How long it may be spent; default ${DEFAULT-VALUE}, 30 days.")
          final long seconds,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator) {
    options.id("--to", person);
    if (category < 0 || category > 9999) {
      throw options.wrong("--category: 0 to 9999");
    }
    if (seconds < 1) {
      throw options.wrong("--seconds: from 1");
    }
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office();
          final int exponent = office.programme().exponent();
          final Voucher voucher =
              office
                  .vouchers()
                  .issue(
                      Id128.of(UUID.randomUUID()),
                      SeededWorld.FOOD_VOUCHER,
                      person,
                      options.amount("--amount", amount, exponent),
                      category,
                      Instant.now().plus(seconds, ChronoUnit.SECONDS).toEpochMilli(),
                      session.operator(operator));
          show(report, voucher, exponent);
        });
  }

  @Command(
      name = "redeem",
      description =
          "Spends from a voucher at a merchant: its owner logs in for exactly this, the merchant's"
              + " bank asks for it, it is paid at once.",
      mixinStandardHelpOptions = true)
  int redeem(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "VOUCHER", description = "Its id, as issue told.") final String id,
      @Option(
              names = "--person",
              required = true,
              paramLabel = "PERSON",
              description = "Who logs in and spends, TYPE:VALUE.")
          final String person,
      @Option(
              names = "--merchant",
              required = true,
              paramLabel = "N",
              description =
                  "Number of the merchant: "
                      + SeededWorld.GROCER
                      + " sells groceries, "
                      + SeededWorld.BOOKSHOP
                      + " books.")
          final int merchant,
      @Option(names = "--amount", required = true, paramLabel = "N", description = "Decimal.")
          final String amount,
      @Option(
              names = "--assurance",
              defaultValue = "2",
              paramLabel = "1..4",
              description = "How well the person authenticates; default ${DEFAULT-VALUE}.")
          final int assurance) {
    options.id("--person", person);
    if (assurance < 1 || assurance > 4) {
      throw options.wrong("--assurance: 1 to 4");
    }
    final Id128 voucher = voucher(options, id);
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office();
          final int exponent = office.programme().exponent();
          final int bank = office.vouchers().bankOf(merchant);
          // A seeded bank's connection has the bank's number.
          final VoucherDesk.Redemption redemption =
              new VoucherDesk.Redemption(
                  Id128.of(UUID.randomUUID()),
                  System.currentTimeMillis(),
                  bank,
                  bank,
                  voucher,
                  merchant,
                  options.amount("--amount", amount, exponent));
          final IdentityClient identities = session.identities();
          final String token = identities.token(person, redemption.nonce(), assurance);
          show(
              report, office.vouchers().redeem(redemption, token, identities.verifier()), exponent);
        });
  }

  @Command(
      name = "show",
      description = "State of a voucher and what is left on it.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "VOUCHER", description = "Its id.") final String id) {
    final Id128 voucher = voucher(options, id);
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office();
          final int exponent = office.programme().exponent();
          final Voucher found = office.vouchers().state(voucher).orElse(null);
          if (found == null) {
            report.put("code", Code.VOUCHER_UNKNOWN.name()).say("there is no such voucher").fail();
          } else {
            show(report, found, exponent);
          }
        });
  }

  @Command(
      name = "cancel",
      description = "Takes what is left back to the budget line.",
      mixinStandardHelpOptions = true)
  int cancel(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "VOUCHER", description = "Its id.") final String id,
      @Option(names = "--operator", defaultValue = MAKER, description = OPERATOR)
          final int operator) {
    final Id128 voucher = voucher(options, id);
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office();
          show(
              report,
              office.vouchers().cancel(voucher, session.operator(operator)),
              office.programme().exponent());
        });
  }

  private static Id128 voucher(final OfficeOptions options, final String id) {
    try {
      return Id128.parse(id);
    } catch (final IllegalArgumentException e) {
      throw options.wrong("VOUCHER: not a voucher's id, which is a UUID: " + id);
    }
  }

  private static void show(final Report report, final Voucher voucher, final int exponent) {
    final String expires = Instant.ofEpochMilli(voucher.expiresMs()).toString();
    report
        .put("voucher", voucher.id().toString())
        .put("state", voucher.state().name())
        .put("amount", OfficeOptions.decimal(voucher.amount(), exponent))
        .put("left", OfficeOptions.decimal(voucher.left(), exponent))
        .put("category", voucher.category())
        .put("expires", expires)
        .say(
            "voucher "
                + voucher.id()
                + ": "
                + voucher.state()
                + ", "
                + OfficeOptions.decimal(voucher.left(), exponent)
                + " left of "
                + OfficeOptions.decimal(voucher.amount(), exponent)
                + ", until "
                + expires);
  }
}
