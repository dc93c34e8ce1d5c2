package org.civicswitch.ops.cli.demo;

/**
 * What a simulated bank has counted since it started.
 *
 * @param offered payments offered to it, copies included
 * @param accepted of those
 * @param refused of those
 * @param unanswered of those
 * @param credited payments that its customers got
 * @param sent payments that its customers ordered
 * @param settled of those
 * @param rejected of those, expired ones included
 * @param told final words of payments that this bank knew nothing of or knew already
 * @param troubles requests that failed and were made again, messages that could not be read
 */
public record BankTotals(
    long offered,
    long accepted,
    long refused,
    long unanswered,
    long credited,
    long sent,
    long settled,
    long rejected,
    long told,
    long troubles) {
  static final BankTotals ZERO = new BankTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  BankTotals plus(final BankTotals other) {
    return new BankTotals(
        offered + other.offered,
        accepted + other.accepted,
        refused + other.refused,
        unanswered + other.unanswered,
        credited + other.credited,
        sent + other.sent,
        settled + other.settled,
        rejected + other.rejected,
        told + other.told,
        troubles + other.troubles);
  }
}
