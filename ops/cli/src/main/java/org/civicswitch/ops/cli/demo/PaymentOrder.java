package org.civicswitch.ops.cli.demo;

import java.util.UUID;
import org.civicswitch.gateway.iso20022.message.Currencies;

/**
 * One payment that a simulated bank sends for a customer.
 *
 * @param uetr version 4
 * @param debtorBic the bank that sends
 * @param creditorBic the bank that receives
 * @param amount minor units, above zero
 * @param currency ISO 4217 letters
 * @param debtorSerial of the payer's account, see {@link DemoAccounts}
 * @param creditorSerial of the payee's account
 * @param remittance at most 140 characters, or null
 */
public record PaymentOrder(
    UUID uetr,
    String debtorBic,
    String creditorBic,
    long amount,
    String currency,
    int debtorSerial,
    int creditorSerial,
    String remittance) {
  public PaymentOrder {
    if (amount <= 0) {
      throw new IllegalArgumentException("an amount must be above zero");
    }
    if (Currencies.exponent(currency) < 0) {
      throw new IllegalArgumentException("no such currency: " + currency);
    }
  }

  String debtorAccount() {
    return DemoAccounts.number(debtorBic, debtorSerial);
  }

  String creditorAccount() {
    return DemoAccounts.number(creditorBic, creditorSerial);
  }
}
