package org.civicswitch.ops.cli.treasury;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.Role;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who signs. */
final class OperatorCommands {
  private OperatorCommands() {}

  @Command(
      name = "operators",
      description = "Who may sign what, with which key.",
      mixinStandardHelpOptions = true)
  static final class List implements Callable<Integer> {
    @Mixin private OperateOptions options;

    @Override
    public Integer call() {
      return TreasurySession.report(
          options,
          (session, report) -> {
            final java.util.List<TreasuryBook.Operator> all = session.desk().book().operators();
            report.put(
                "operators",
                all.stream()
                    .map(
                        one ->
                            Map.of(
                                "operator", one.number(),
                                "roles", one.roles(),
                                "key", one.key().toString()))
                    .toList());
            all.forEach(
                one ->
                    report.say(
                        one.number()
                            + "  "
                            + (one.roles().isEmpty() ? "taken out" : one.roles())
                            + ", key "
                            + one.key()));
          });
    }
  }

  @Command(
      name = "operator",
      description =
          "Lets somebody sign, changes what they may sign or with which key, or takes them out.",
      mixinStandardHelpOptions = true)
  static final class Put implements Callable<Integer> {
    @Mixin private SignOptions options;

    @Parameters(paramLabel = "N", description = "The operator's number, new or known.")
    private int number;

    @Option(
        names = "--roles",
        required = true,
        split = ",",
        paramLabel = "ROLE",
        description =
            "platform, settlement, programme, approver, identity, break-glass; or none, to take"
                + " the operator out.")
    private java.util.List<String> roles;

    @Option(
        names = "--key",
        paramLabel = "HEX",
        description =
            "Their Ed25519 public key, 64 hexadecimal digits. Default: as before; for a new one, a"
                + " key that is made in the data directory.")
    private String key;

    @Override
    public Integer call() {
      if (number <= 0) {
        throw options.wrong("N: operators have numbers from 1 on, not " + number);
      }
      final Set<Role> named = roles();
      final Digest256 given = key();
      return TreasurySession.change(
          options,
          session -> {
            if (session.desk().book().operator(number).isPresent()) {
              return Change.operatorChange(number, named, given);
            }
            if (named.isEmpty()) {
              throw options.wrong("--roles: operator " + number + " is not there to be taken out");
            }
            return Change.operator(number, named, given.isNone() ? newKey(session) : given);
          });
    }

    /** What is only looked at makes no key. */
    private Digest256 newKey(final TreasurySession session) throws IOException {
      return options.dryRun ? Digest256.NONE : session.newOperator(number);
    }

    private Set<Role> roles() {
      final Set<Role> named = EnumSet.noneOf(Role.class);
      if (roles.equals(java.util.List.of("none"))) {
        return named;
      }
      for (final String word : roles) {
        named.add(
            Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> options.wrong("--roles: there is no role " + word)));
      }
      return named;
    }

    private Digest256 key() {
      if (key == null) {
        return Digest256.NONE;
      }
      if (!key.matches("[0-9a-fA-F]{64}")) {
        throw options.wrong("--key: 64 hexadecimal digits, not " + key);
      }
      return Digest256.parse(key);
    }
  }
}
