package org.civicswitch.ops.benefits;

/**
 * Whom an office pays for and over which connection. None of it is secret.
 *
 * @param connection the office's connection number in the switch
 * @param programme the programme's number
 * @param payingParticipant the debtor agent of its payments; the connection acts for it
 * @param debtorName the payer as beneficiaries read it, 1 to 140 characters
 * @param currency ISO 4217 letters of the programme's cash
 * @param exponent decimals of that currency, 0 to 6
 * @param epochGroup participant group of the keys that protect the payloads
 * @param assuranceMin the level that the programme asks of its beneficiaries; the switch decides,
 *     this only spares rows the way
 * @param scheme number of the scheme that the payments are made in
 * @param timeoutMs how long a beneficiary's bank has to answer; 0: the switch's default
 */
public record OfficeSettings(
    int connection,
    int programme,
    int payingParticipant,
    String debtorName,
    String currency,
    int exponent,
    int epochGroup,
    int assuranceMin,
    int scheme,
    int timeoutMs) {
  public OfficeSettings {
    if (exponent < 0 || exponent > 6 || debtorName.isEmpty() || debtorName.length() > 140) {
      throw new IllegalArgumentException("exponent 0 to 6, a debtor's name of 1 to 140 characters");
    }
  }
}
