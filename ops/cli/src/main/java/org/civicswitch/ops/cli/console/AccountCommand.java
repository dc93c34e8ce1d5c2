package org.civicswitch.ops.cli.console;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.civicswitch.ops.cli.report.Report;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch console account}. A running console knows at once. */
@Command(
    name = "account",
    description =
        "Who may sign in to the console, by password and one-time code or OpenID Connect.",
    mixinStandardHelpOptions = true)
final class AccountCommand {
  @Command(
      name = "add",
      description = "Makes an account, and its password and authenticator secret: told once.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin final AccountOptions options,
      @Parameters(paramLabel = "NAME", description = "2 to 32 of a-z 0-9 . -, a letter first.")
          final String name,
      @Option(
              names = "--roles",
              required = true,
              split = ",",
              paramLabel = "ROLE",
              description =
                  "Some of viewer, settlement, approver, programme, support, auditor, warden.")
          final List<String> roles,
      @Option(
              names = "--scope",
              defaultValue = "all",
              paramLabel = "SCOPE",
              description =
                  "What it sees: all, participant:NUMBER or programme:NUMBER; default"
                      + " ${DEFAULT-VALUE}.")
          final String scope,
      @Option(
              names = "--operator",
              defaultValue = "0",
              paramLabel = "N",
              description = "Number of the operator whose key it signs with; 0: signs nothing.")
          final int operator) {
    final Account account;
    try {
      final Set<Role> parsed = EnumSet.noneOf(Role.class);
      roles.forEach(role -> parsed.add(Role.parse(role)));
      account = Account.named(name, parsed, Scope.parse(scope), operator);
    } catch (final IllegalArgumentException e) {
      throw options.wrong(e.getMessage());
    }
    return options.report((accounts, report) -> tell(report, accounts.add(account)));
  }

  @Command(
      name = "list",
      description = "The accounts, without secrets.",
      mixinStandardHelpOptions = true)
  int list(@Mixin final AccountOptions options) {
    return options.report(
        (accounts, report) -> {
          final List<Account> all = accounts.list();
          report.put("accounts", all.stream().map(AccountCommand::json).toList());
          all.forEach(account -> report.say(line(account)));
          if (all.isEmpty()) {
            report.say("there is no account");
          }
        });
  }

  @Command(
      name = "disable",
      description = "Nobody signs in as this one any more, and whoever has is out.",
      mixinStandardHelpOptions = true)
  int disable(
      @Mixin final AccountOptions options, @Parameters(paramLabel = "NAME") final String name) {
    return options.report(
        (accounts, report) -> {
          final Account account = accounts.disable(name);
          json(account).forEach(report::put);
          report.say(line(account));
        });
  }

  @Command(
      name = "reset",
      description =
          "New password and authenticator secret, told once; enables it again, without the link to a"
              + " provider that it had.",
      mixinStandardHelpOptions = true)
  int reset(
      @Mixin final AccountOptions options, @Parameters(paramLabel = "NAME") final String name) {
    return options.report((accounts, report) -> tell(report, accounts.reset(name)));
  }

  @Command(
      name = "link",
      description =
          "Has an account's person sign in on an OpenID Connect provider's word too; whoever is"
              + " signed in as this one is out.",
      mixinStandardHelpOptions = true)
  int link(
      @Mixin final AccountOptions options,
      @Parameters(paramLabel = "NAME") final String name,
      @Option(
              names = "--openid-issuer",
              required = true,
              paramLabel = "URL",
              description = "The provider, as it names itself.")
          final String issuer,
      @Option(
              names = "--openid-subject",
              required = true,
              paramLabel = "SUBJECT",
              description = "The provider's name for this person: the claim sub.")
          final String subject) {
    return options.report(
        (accounts, report) -> {
          final Account account = accounts.link(name, issuer, subject);
          json(account).forEach(report::put);
          report.say(line(account));
        });
  }

  @Command(
      name = "unlink",
      description = "No provider's word counts for this account any more.",
      mixinStandardHelpOptions = true)
  int unlink(
      @Mixin final AccountOptions options, @Parameters(paramLabel = "NAME") final String name) {
    return options.report(
        (accounts, report) -> {
          final Account account = accounts.unlink(name);
          json(account).forEach(report::put);
          report.say(line(account));
        });
  }

  private static void tell(final Report report, final Accounts.Credentials made) {
    json(made.account()).forEach(report::put);
    report
        .put("password", made.password())
        .put("code_secret", made.codeSecret())
        .put("code_uri", made.codeUri())
        .say(line(made.account()))
        .say("password       " + made.password())
        .say("authenticator  " + made.codeUri())
        .say("Neither is shown again: give them to the person, and nobody else.");
  }

  private static Map<String, Object> json(final Account account) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", account.name());
    fields.put("roles", account.roles().stream().map(Role::word).toList());
    fields.put("scope", account.scope().toString());
    fields.put("operator", account.operator());
    fields.put("disabled", account.disabled());
    fields.put("password_set", !account.passwordHash().isEmpty());
    fields.put("openid", account.openId());
    return fields;
  }

  private static String line(final Account account) {
    return Arrays.stream(
            new String[] {
              account.name(),
              account.roleWords(),
              "sees " + account.scope(),
              account.operator() == 0 ? "signs nothing" : "signs as operator " + account.operator(),
              account.disabled()
                  ? "disabled"
                  : account.passwordHash().isEmpty() ? "no password" : "enabled",
              account.openId().isEmpty() ? "no OpenID" : "OpenID " + account.openId()
            })
        .collect(Collectors.joining("; "));
  }
}
