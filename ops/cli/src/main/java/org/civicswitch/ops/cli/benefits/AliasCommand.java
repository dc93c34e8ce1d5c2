package org.civicswitch.ops.cli.benefits;

import java.util.UUID;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.ops.benefits.AliasDesk;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.cli.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch alias}. */
@Command(
    name = "alias",
    description = "The directory: links an alias of an enrolled person at a bank, resolves it.",
    mixinStandardHelpOptions = true)
public final class AliasCommand {
  private static final String ALIAS = "TYPE:VALUE, for example phone:+4930123456.";

  @Command(
      name = "link",
      description =
          "Links an alias at a bank, or moves it there: its owner logs in for exactly this, the"
              + " bank asks for it.",
      mixinStandardHelpOptions = true)
  int link(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "ALIAS", description = ALIAS) final String alias,
      @Option(
              names = "--person",
              required = true,
              paramLabel = "PERSON",
              description = "Whose it is and who logs in, TYPE:VALUE.")
          final String person,
      @Option(
              names = "--at",
              required = true,
              paramLabel = "BANK",
              description = "BIC of the bank that keeps the account, for example AURBXX2A.")
          final String bank,
      @Option(
              names = "--assurance",
              defaultValue = "2",
              paramLabel = "1..4",
              description = "How well the person authenticates; default ${DEFAULT-VALUE}.")
          final int assurance) {
    final PersonId owner = options.id("--person", person);
    final AliasDesk.Link link =
        new AliasDesk.Link(
            Id128.of(UUID.randomUUID()),
            System.currentTimeMillis(),
            options.id("ALIAS", alias),
            bank);
    if (assurance < 1 || assurance > 4) {
      throw options.wrong("--assurance: 1 to 4");
    }
    return OfficeSession.report(
        options,
        (session, report) -> {
          final BenefitsOffice office = session.office();
          final IdentityClient identities = session.identities();
          final String token = identities.token(person, link.nonce(), assurance);
          show(report, alias, office.aliases().link(link, owner, token, identities.verifier()));
        });
  }

  @Command(
      name = "resolve",
      description = "Where an alias leads, with the version of the mapping.",
      mixinStandardHelpOptions = true)
  int resolve(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "ALIAS", description = ALIAS) final String alias) {
    final PersonId id = options.id("ALIAS", alias);
    return OfficeSession.report(
        options, (session, report) -> show(report, alias, session.office().aliases().resolve(id)));
  }

  @Command(
      name = "unlink",
      description = "Takes an alias away, as the bank it is at.",
      mixinStandardHelpOptions = true)
  int unlink(
      @Mixin final OfficeOptions options,
      @Parameters(paramLabel = "ALIAS", description = ALIAS) final String alias) {
    final PersonId id = options.id("ALIAS", alias);
    return OfficeSession.report(
        options,
        (session, report) -> {
          session.office().aliases().unlink(id);
          report.put("alias", alias).say(alias + " leads nowhere any more");
        });
  }

  private static void show(
      final Report report, final String alias, final AliasDesk.Mapping mapping) {
    report
        .put("alias", alias)
        .put("bank", mapping.bank())
        .put("mapping_version", mapping.version())
        .say(alias + " leads to " + mapping.bank() + ", mapping version " + mapping.version());
  }
}
