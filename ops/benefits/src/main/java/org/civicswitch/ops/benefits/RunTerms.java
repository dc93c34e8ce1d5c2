package org.civicswitch.ops.benefits;

/**
 * What a run pays for.
 *
 * @param cycle of the programme, 1 or more; one live payment per cycle, beneficiary and entitlement
 * @param valueDate of the payments, days since 1970-01-01
 */
public record RunTerms(int cycle, int valueDate) {
  public RunTerms {
    if (cycle < 1 || valueDate < 0) {
      throw new IllegalArgumentException("cycle from 1, value date from 0");
    }
  }
}
