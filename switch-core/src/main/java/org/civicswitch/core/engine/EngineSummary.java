package org.civicswitch.core.engine;

import java.math.BigInteger;
import java.util.List;

/**
 * What {@code verify} and the console want to know of a whole state. Read on the engine's thread.
 *
 * @param commands applied so far: the sequence of the last
 * @param accounts in the ledger
 * @param paymentsAccepted reserved, or settled at once, since the beginning
 * @param paymentsRefused at submission, for a reason that lies in the payment
 * @param paymentsSettled posted
 * @param paymentsRejected by the creditor agent
 * @param paymentsExpired at their deadline
 * @param returns carried out
 * @param rememberedIds now
 * @param quarantined commands that operators had refused as DEFECT
 * @param assets each with what is outside its issuer
 * @param positions of every participant that has one, in the order they were opened
 * @param problems invariants that do not hold; empty in a sound state
 */
public record EngineSummary(
    long commands,
    int accounts,
    long paymentsAccepted,
    long paymentsRefused,
    long paymentsSettled,
    long paymentsRejected,
    long paymentsExpired,
    long returns,
    int rememberedIds,
    int quarantined,
    List<AssetTotal> assets,
    List<PositionTotal> positions,
    List<String> problems) {

  /**
   * One asset.
   *
   * @param number as participants know it
   * @param code for people
   * @param issued minor units that are outside the issuer account: posted debits less credits of it
   * @param sum of debits less credits over all its accounts; zero in a sound state
   */
  public record AssetTotal(int number, String code, long issued, BigInteger sum) {}

  /**
   * One participant in one asset; minor units.
   *
   * @param posted what is final, negative in debit
   * @param reserved of that, promised to others
   * @param incoming promised by others
   */
  public record PositionTotal(
      long participant,
      String participantCode,
      long asset,
      String assetCode,
      long posted,
      long reserved,
      long incoming,
      long netDebitCap) {}
}
