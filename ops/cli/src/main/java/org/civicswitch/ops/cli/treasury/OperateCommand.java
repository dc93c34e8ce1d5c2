package org.civicswitch.ops.cli.treasury;

import java.util.Arrays;
import java.util.Locale;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.ops.treasury.Change;
import org.civicswitch.ops.treasury.ChangeKind;
import org.civicswitch.ops.treasury.TreasuryBook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./civicswitch operate}: what operators change. */
@Command(
    name = "operate",
    description =
        "Changes the platform: shows what will be different, then does it, or proposes it where a"
            + " rule wants others to approve.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelCommands.class,
      WindowCommands.class,
      WhatIfCommands.class,
      CollateralCommands.Collateral.class,
      CollateralCommands.DefaultFund.class,
      OperatorCommands.List.class,
      OperatorCommands.Put.class,
      ProposalCommands.List.class,
      ProposalCommands.Show.class,
      ProposalCommands.Approve.class,
      ProposalCommands.Close.class
    })
public final class OperateCommand {
  static final String PARTICIPANT = "BIC or number, for example AURBXX2A.";
  static final String ASSET = "Currency; default ${DEFAULT-VALUE}.";

  @Command(
      name = "limit",
      description = "Sets how far a position may go below zero, and the largest payment.",
      mixinStandardHelpOptions = true)
  int limit(
      @Mixin final SignOptions options,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = PARTICIPANT)
          final String participant,
      @Option(names = "--asset", defaultValue = "EUR", paramLabel = "CODE", description = ASSET)
          final String asset,
      @Option(
              names = "--cap",
              required = true,
              paramLabel = "N",
              description = "Net debit cap, a decimal amount.")
          final String cap,
      @Option(
              names = "--payment-max",
              defaultValue = "0",
              paramLabel = "N",
              description = "Largest payment, a decimal amount; 0: none.")
          final String paymentMax) {
    return TreasurySession.change(
        options,
        session -> {
          final TreasuryBook book = session.desk().book();
          final TreasuryBook.Asset in = options.asset(book, asset);
          return Change.limit(
              options.participant(book, participant).number(),
              in.number(),
              options.amount("--cap", cap, in),
              options.amount("--payment-max", paymentMax, in));
        });
  }

  @Command(
      name = "status",
      description = "Lets a participant take part, or not.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin final SignOptions options,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = PARTICIPANT)
          final String participant,
      @Parameters(paramLabel = "STATUS", description = "active or suspended.")
          final String status) {
    if (!status.equals("active") && !status.equals("suspended")) {
      throw options.wrong("STATUS: active or suspended, not " + status);
    }
    return TreasurySession.change(
        options,
        session ->
            Change.status(
                options.participant(session.desk().book(), participant).number(),
                ParticipantStatus.valueOf(status.toUpperCase(Locale.ROOT))));
  }

  @Command(
      name = "liquidity",
      description =
          "Brings money in, or out in two steps: reserve it, then confirm or cancel under the same"
              + " reference.",
      mixinStandardHelpOptions = true)
  int liquidity(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "STEP", description = "in, reserve, confirm or cancel.")
          final String step,
      @Option(
              names = "--participant",
              required = true,
              paramLabel = "BIC",
              description = PARTICIPANT)
          final String participant,
      @Option(names = "--asset", defaultValue = "EUR", paramLabel = "CODE", description = ASSET)
          final String asset,
      @Option(
              names = "--amount",
              required = true,
              paramLabel = "N",
              description = "A decimal amount.")
          final String amount,
      @Option(
              names = "--reference",
              required = true,
              paramLabel = "TEXT",
              description = "Of the settlement bank's booking; counts once.")
          final String reference) {
    final LiquidityKind kind = options.step(step);
    options.reference(reference);
    return TreasurySession.change(
        options,
        session -> {
          final TreasuryBook book = session.desk().book();
          final TreasuryBook.Asset in = options.asset(book, asset);
          return Change.liquidity(
              options.participant(book, participant).number(),
              in.number(),
              options.amount("--amount", amount, in),
              kind,
              session.reference(reference));
        });
  }

  @Command(
      name = "set",
      description = "Sets a logged parameter; docs/limits.md lists them.",
      mixinStandardHelpOptions = true)
  int set(
      @Mixin final SignOptions options,
      @Parameters(paramLabel = "PARAMETER", description = "For example PAYMENT_TIMEOUT_MS_MAX.")
          final String parameter,
      @Parameters(paramLabel = "VALUE", description = "A whole number.") final long value) {
    final Parameter named =
        Arrays.stream(Parameter.values())
            .filter(p -> p.name().equals(parameter))
            .filter(p -> p != Parameter.NONE && p != Parameter.NULL_VAL)
            .findFirst()
            .orElseThrow(() -> options.wrong("PARAMETER: there is none of the name " + parameter));
    return TreasurySession.change(options, session -> Change.setting(named, value));
  }

  @Command(
      name = "rule",
      description = "Says how many others must approve a kind of change; 0 takes the rule away.",
      mixinStandardHelpOptions = true)
  int rule(
      @Mixin final SignOptions options,
      @Parameters(
              paramLabel = "KIND",
              description = "For example limit, liquidity, status, setting, rule.")
          final String kind,
      @Option(
              names = "--approvals",
              required = true,
              paramLabel = "0..5",
              description = "By others than who proposes.")
          final int approvals,
      @Option(
              names = "--asset",
              paramLabel = "CODE",
              description = "Only in this currency; default: in any.")
          final String asset,
      @Option(
              names = "--from",
              defaultValue = "0",
              paramLabel = "N",
              description = "From this decimal amount on; needs --asset. Default: any amount.")
          final String from) {
    final ChangeKind named =
        Arrays.stream(ChangeKind.values())
            .filter(k -> k.word().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    options.wrong(
                        "KIND: one of "
                            + String.join(
                                ", ",
                                Arrays.stream(ChangeKind.values()).map(ChangeKind::word).toList())
                            + ", not "
                            + kind));
    if (approvals < 0 || approvals > 5) {
      throw options.wrong("--approvals: 0 to 5");
    }
    if (asset == null && !from.equals("0")) {
      throw options.wrong("--from: of which --asset?");
    }
    return TreasurySession.change(
        options,
        session -> {
          if (asset == null) {
            return Change.rule(named, 0, 0, approvals);
          }
          final TreasuryBook.Asset in = options.asset(session.desk().book(), asset);
          return Change.rule(named, in.number(), options.amount("--from", from, in), approvals);
        });
  }
}
