package org.civicswitch.ops.cli.demo;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.civicswitch.gateway.kit.Id128;

/**
 * What a simulated bank's customers got and paid. A payee is credited by the final word only, once,
 * however often offers and words come. Safe for any thread.
 */
final class CustomerBook {
  /** Payments whose final word is remembered, so that a late copy of an offer opens nothing. */
  static final int REMEMBERED_MAX = 65_536;

  private final Map<Id128, Movement> expected = new HashMap<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final Set<Id128> finished = new HashSet<>();
  private final ArrayDeque<Id128> finishedByAge = new ArrayDeque<>();

  private record Movement(String account, String currency, long amount) {}

  /** A payment to a customer that the bank has accepted. */
  void expectCredit(
      final Id128 uetr, final String account, final String currency, final long amount) {
    expect(uetr, new Movement(account, currency, amount));
  }

  /** A payment that a customer has ordered. */
  void expectDebit(
      final Id128 uetr, final String account, final String currency, final long amount) {
    expect(uetr, new Movement(account, currency, -amount));
  }

  private synchronized void expect(final Id128 uetr, final Movement movement) {
    if (!finished.contains(uetr)) {
      expected.put(uetr, movement);
    }
  }

  /**
   * Books or drops what was expected of a payment.
   *
   * @return false when nothing is: a copy, or a payment of which this book was not told
   */
  synchronized boolean finish(final Id128 uetr, final boolean settled) {
    final Movement movement = expected.remove(uetr);
    if (finished.add(uetr)) {
      finishedByAge.add(uetr);
      if (finishedByAge.size() > REMEMBERED_MAX) {
        finished.remove(finishedByAge.remove());
      }
    }
    if (movement == null) {
      return false;
    }
    if (settled) {
      balances.merge(key(movement.account(), movement.currency()), movement.amount(), Long::sum);
    }
    return true;
  }

  /** Sum of what the account got less what it paid, minor units. */
  synchronized long balance(final String account, final String currency) {
    return balances.getOrDefault(key(account, currency), 0L);
  }

  /** How many payments have no final word yet. */
  synchronized int open() {
    return expected.size();
  }

  private static String key(final String account, final String currency) {
    return account + "/" + currency;
  }
}
