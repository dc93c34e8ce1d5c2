package org.civicswitch.core.sim;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where everybody stands, counted in plain maps from what the events say was done. An indirect
 * participant is counted on its own and on its settlement participant's account.
 */
final class SimPositions {
  private final Map<Long, Position> positions = new TreeMap<>();

  /** One participant in one asset. */
  static final class Position {
    long debitsPosted;
    long creditsPosted;
    long debitsPending;
    long creditsPending;
    long netDebitCap;
    long paymentMax;

    /** What limits look at. */
    long exposure() {
      return debitsPosted + debitsPending - creditsPosted;
    }

    long balance() {
      return creditsPosted - debitsPosted;
    }

    @Override
    public String toString() {
      return "debits "
          + debitsPosted
          + "+"
          + debitsPending
          + " credits "
          + creditsPosted
          + "+"
          + creditsPending
          + " cap "
          + netDebitCap;
    }
  }

  Position of(final int participant, final int asset) {
    return positions.computeIfAbsent((long) participant << 32 | asset, key -> new Position());
  }

  private static boolean isIndirect(final int participant) {
    return participant == SimWorld.INDIRECT;
  }

  void pendingDebit(final int participant, final int asset, final long amount) {
    of(participant, asset).debitsPending += amount;
    if (isIndirect(participant)) {
      of(SimWorld.SPONSOR, asset).debitsPending += amount;
    }
  }

  void pendingCredit(final int participant, final int asset, final long amount) {
    of(participant, asset).creditsPending += amount;
    if (isIndirect(participant)) {
      of(SimWorld.SPONSOR, asset).creditsPending += amount;
    }
  }

  void debit(final int participant, final int asset, final long amount) {
    of(participant, asset).debitsPosted += amount;
    if (isIndirect(participant)) {
      of(SimWorld.SPONSOR, asset).debitsPosted += amount;
    }
  }

  void credit(final int participant, final int asset, final long amount) {
    of(participant, asset).creditsPosted += amount;
    if (isIndirect(participant)) {
      of(SimWorld.SPONSOR, asset).creditsPosted += amount;
    }
  }

  /** After a debit or reservation: nobody draws beyond its cap. */
  void checkLimits(final int participant, final int asset, final Supplier<String> what) {
    checkOne(participant, asset, what);
    if (isIndirect(participant)) {
      checkOne(SimWorld.SPONSOR, asset, what);
    }
  }

  private void checkOne(final int participant, final int asset, final Supplier<String> what) {
    final Position position = of(participant, asset);
    SimFailure.unless(
        position.exposure() <= position.netDebitCap,
        () -> what.get() + " goes beyond the cap of participant " + participant + ": " + position);
  }

  /** The sum of all positions in an asset. */
  long total(final int asset) {
    long sum = 0;
    for (int participant = 1; participant <= SimWorld.PARTICIPANTS; participant++) {
      if (!isIndirect(participant)) {
        sum += of(participant, asset).balance();
      }
    }
    return sum;
  }

  /** What is reserved towards any position. */
  long pendingCredits() {
    long sum = 0;
    for (final Position position : positions.values()) {
      sum += position.creditsPending;
    }
    return sum;
  }
}
