package org.civicswitch.ops.funds;

import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.gateway.kit.Id128;

/**
 * Money that the switch says came in or went out, or is about to.
 *
 * @param sequence of the command in the log
 * @param timeMs UTC milliseconds of the log
 * @param collateral lies there as collateral, or for participant 0 in the default fund
 * @param participant whose
 * @param asset its number
 * @param amount minor units, above zero
 * @param reference under which the settlement bank books it
 */
public record Movement(
    long sequence,
    long timeMs,
    boolean collateral,
    int participant,
    int asset,
    long amount,
    LiquidityKind kind,
    Id128 reference) {

  /** What it does to the settlement account; 0 for what is only reserved. */
  public long booked() {
    return switch (kind) {
      case IN -> amount;
      case OUT_CONFIRM -> -amount;
      default -> 0;
    };
  }
}
