package org.civicswitch.ops.cli.demo;

import org.civicswitch.gateway.iso20022.message.PaymentStatus;

/**
 * What became of a payment, as a pacs.002 says it.
 *
 * @param status ISO transaction status
 * @param reason ISO reason code of a rejection, or null
 * @param words further information, or null
 * @param clearingReference place in the switch's log, or null
 */
public record FinalWord(String status, String reason, String words, String clearingReference) {
  static FinalWord of(final PaymentStatus.Entry entry) {
    return new FinalWord(
        entry.status(),
        entry.reasonCode() != null ? entry.reasonCode() : entry.reasonProprietary(),
        entry.additionalInformation(),
        entry.clearingReference());
  }

  static FinalWord of(final PaymentStatus.Group group) {
    return new FinalWord(
        group.status(),
        group.reasonCode() != null ? group.reasonCode() : group.reasonProprietary(),
        group.additionalInformation(),
        null);
  }

  /** Whether the money has moved, for good. */
  public boolean settled() {
    return status != null
        && switch (status) {
          case "ACSC", "ACCC", "ACWP" -> true;
          default -> false;
        };
  }

  public boolean rejected() {
    return "RJCT".equals(status);
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return settled() || rejected();
  }

  /** The status in words, for a person. */
  public String inWords() {
    final String detail =
        (reason == null ? "" : " (" + reason + ")") + (words == null ? "" : ": " + words);
    return switch (status == null ? "" : status) {
      case "ACSC", "ACCC" -> "settled";
      case "ACWP" -> "settled, the customer's credit is pending";
      case "RJCT" -> "rejected" + detail;
      default -> "not final yet" + detail;
    };
  }
}
