package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.agrona.DirectBuffer;

/**
 * What a real engine said while the simulation's workload was done to it, and what the simulation's
 * own plain account made of it. In the simulation's package, which shows nobody else its parts.
 */
public final class SimulatedHistory {
  private static final int POSITIONS_EVERY = 37;

  private final SplittableRandom random;
  private final Truth truth = new Truth(new SimParts());
  private final List<Standing> standings = new ArrayList<>();
  private long nowMs = SimWorld.START_MS;

  /** A position as it was behind an event. */
  public record Standing(
      long feedSequence,
      int participant,
      int asset,
      long debitsPosted,
      long creditsPosted,
      long debitsPending,
      long creditsPending) {}

  private SimulatedHistory(final long seed) {
    random = new SplittableRandom(seed);
  }

  /** The same for the same seed. */
  public static SimulatedHistory of(final long seed, final int commands) {
    final SimulatedHistory history = new SimulatedHistory(seed);
    history.live(commands);
    return history;
  }

  private void live(final int commands) {
    final Workload workload = new Workload(random.split(), truth.oracle);
    final Hostile hostile = new Hostile(random.split());
    for (final Instruction instruction : workload.genesis(nowMs, 64)) {
      accept(instruction);
    }
    while (truth.sequence() < commands) {
      nowMs += random.nextInt(60) == 0 ? random.nextLong(30_000) : random.nextLong(200);
      final Instruction instruction = workload.next(nowMs);
      accept(random.nextInt(30) == 0 ? hostile.mangle(instruction) : instruction);
      if (truth.sequence() % POSITIONS_EVERY == 0) {
        note();
      }
    }
    note();
  }

  private void accept(final Instruction instruction) {
    truth.accept(truth.sequence() + 1, nowMs, instruction);
  }

  private void note() {
    for (int participant = 1; participant <= SimWorld.BANKS; participant++) {
      for (final int asset : new int[] {SimWorld.EUR, SimWorld.USD}) {
        final SimPositions.Position known = truth.oracle.positions.of(participant, asset);
        standings.add(
            new Standing(
                truth.feed().size(),
                participant,
                asset,
                known.debitsPosted,
                known.creditsPosted,
                known.debitsPending,
                known.creditsPending));
      }
    }
  }

  /** Every event, an SBE message with its header; the first has feed sequence 1. */
  public List<DirectBuffer> events() {
    return truth.feed();
  }

  /** Every bank's position at many places of the feed. */
  public List<Standing> standings() {
    return standings;
  }

  /** What has become of each payment that was ever taken: returned amount by UETR. */
  public Map<UUID, Long> returnedByUetr() {
    final Map<UUID, Long> all = new HashMap<>();
    truth.oracle.payments.forEach(
        (id, payment) -> all.put(new UUID(id.hi(), id.lo()), payment.returned));
    return all;
  }

  /** UETRs of what is reserved. */
  public List<UUID> reserved() {
    return truth.oracle.reserved.stream()
        .map(payment -> new UUID(payment.uetr.hi(), payment.uetr.lo()))
        .toList();
  }

  public long timeMs() {
    return nowMs;
  }
}
