package org.civicswitch.ops.benefits;

/**
 * One row of a roll: one payment to one beneficiary.
 *
 * @param line in the file, the header is line 1
 * @param beneficiary the person, {@code TYPE:VALUE}
 * @param entitlement the entitlement line, 1 to 2^31-1; one live payment per programme, cycle,
 *     beneficiary and entitlement
 * @param amount in minor units, above zero
 * @param agent BIC of the beneficiary's bank, or empty when an alias is given
 * @param account account number at that bank, or empty when an alias is given
 * @param name as the bank knows the account holder
 * @param alias in the directory, or empty
 * @param remittance text for the beneficiary, may be empty
 */
record RollRow(
    long line,
    String beneficiary,
    int entitlement,
    long amount,
    String agent,
    String account,
    String name,
    String alias,
    String remittance) {}
