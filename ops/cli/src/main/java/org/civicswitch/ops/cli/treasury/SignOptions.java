package org.civicswitch.ops.cli.treasury;

import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.ops.cli.world.SeededWorld;
import picocli.CommandLine.Option;

/** How a change is to be made. */
final class SignOptions extends OperateOptions {
  @Option(
      names = "--operator",
      paramLabel = "N",
      defaultValue = "" + SeededWorld.PLATFORM_OPERATOR,
      description = "Number of the operator who signs; default ${DEFAULT-VALUE}.")
  int operator;

  @Option(
      names = "--dry-run",
      description = "Only show what would be different; nothing is signed or sent.")
  boolean dryRun;

  @Option(
      names = "--break-glass",
      paramLabel = "REASON",
      description =
          "Alone, although a rule wants others; needs the role for it. Everybody sees it, and why.")
  String breakGlass;

  /** What is done with money or collateral. */
  LiquidityKind step(final String word) {
    return switch (word) {
      case "in" -> LiquidityKind.IN;
      case "reserve" -> LiquidityKind.OUT_RESERVE;
      case "confirm" -> LiquidityKind.OUT_CONFIRM;
      case "cancel" -> LiquidityKind.OUT_CANCEL;
      default -> throw wrong("STEP: in, reserve, confirm or cancel, not " + word);
    };
  }

  /** A settlement bank's reference says something. */
  void reference(final String text) {
    if (text.isBlank()) {
      throw wrong("--reference: must not be empty");
    }
  }
}
