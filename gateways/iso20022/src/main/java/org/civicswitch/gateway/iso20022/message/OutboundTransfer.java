package org.civicswitch.gateway.iso20022.message;

import java.util.Objects;

/**
 * One payment of a pacs.008 to be written: the clear business fields and the private ones.
 *
 * @param uetr in lower case, or null
 * @param amount minor units of the currency, above zero
 * @param currency a current ISO 4217 code with a minor unit
 * @param settlementDay days since 1970
 * @param acceptedMs UTC milliseconds for payments that carry no acceptance time of their own, or
 *     {@link Times#UNKNOWN_MS} for none
 * @param clearingReference the log sequence as text, at most 35 characters, or null
 * @param debtorAgent must be present
 * @param creditorAgent must be present
 * @param privateFields as read or built
 */
public record OutboundTransfer(
    String uetr,
    long amount,
    String currency,
    int settlementDay,
    long acceptedMs,
    String clearingReference,
    Agent debtorAgent,
    Agent creditorAgent,
    PrivateFields privateFields) {
  public OutboundTransfer {
    Objects.requireNonNull(privateFields);
    if (amount <= 0 || Currencies.exponent(currency) < 0) {
      throw new IllegalArgumentException("amount " + amount + " " + currency);
    }
    if (!debtorAgent.isPresent() || !creditorAgent.isPresent()) {
      throw new IllegalArgumentException("an agent is missing");
    }
  }
}
