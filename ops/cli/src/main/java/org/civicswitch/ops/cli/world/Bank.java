package org.civicswitch.ops.cli.world;

/**
 * A seeded participant.
 *
 * @param number in the switch, also the number of its connection
 * @param bic its code, under the user-assigned country XX that no real bank has
 * @param name for people
 * @param prefundedMinor what it brings in, in minor units, of every seeded currency
 * @param netDebitCapMinor how far its position may go below zero
 */
public record Bank(
    int number, String bic, String name, long prefundedMinor, long netDebitCapMinor) {
  /** The stem of its credential's file names. */
  public String credentialName() {
    return bic.toLowerCase(java.util.Locale.ROOT);
  }
}
