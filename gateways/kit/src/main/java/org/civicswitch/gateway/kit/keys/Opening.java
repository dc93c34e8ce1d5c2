package org.civicswitch.gateway.kit.keys;

import org.civicswitch.gateway.kit.Id128;

/**
 * Why something is opened. Every opening is logged before the key is handed out.
 *
 * @param right {@link Caller.Right#DELIVER} or {@link Caller.Right#REVEAL}
 * @param subject what is opened: a payment's UETR, a logged message's reference
 * @param reason in words; may not be blank
 */
public record Opening(Caller.Right right, Id128 subject, String reason) {
  public Opening {
    if (right != Caller.Right.DELIVER && right != Caller.Right.REVEAL) {
      throw new IllegalArgumentException("an opening delivers or reveals");
    }
    if (reason.isBlank() || reason.length() > 400) {
      throw new IllegalArgumentException("an opening needs a reason of 1 to 400 characters");
    }
  }

  public static Opening deliver(Id128 subject) {
    return new Opening(Caller.Right.DELIVER, subject, "delivery");
  }

  public static Opening reveal(Id128 subject, String reason) {
    return new Opening(Caller.Right.REVEAL, subject, reason);
  }
}
