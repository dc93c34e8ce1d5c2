package org.civicswitch.core.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.civicswitch.core.engine.EngineSummary;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.storage.JournalFailedException;

/** Drives one life: clients, clock, host, faults; and compares everything with the truth. */
final class SimLife {
  private static final int ANSWERED_KEPT = 400;

  /** One life in so many looks at the whole state after every group; the others now and then. */
  private static final int THOROUGH_ONE_IN = 8;

  private static final int CHECK_ONE_IN = 16;

  private final SplittableRandom random;
  private final SimStorage storage = new SimStorage();
  private final SimHost host;
  private final Truth truth;
  private final Workload workload;
  private final Hostile hostile;
  private final Restart restart;
  private final SimFeed feed = new SimFeed();
  private final FaultPlan plan;
  private final Coverage coverage = new Coverage();
  private final Map<String, Long> faults = new TreeMap<>();

  /** What clients have sent and have no answer to. */
  private final Set<Instruction> unresolved = new LinkedHashSet<>();

  private final List<Instruction> answered = new ArrayList<>();
  private final int groupSize;
  private final boolean thorough;
  private boolean crashNow;
  private long nowMs = SimWorld.START_MS;

  SimLife(final long seed, final SimParts parts) {
    random = new SplittableRandom(seed);
    truth = new Truth(parts);
    host = new SimHost(storage, feed, parts, random.split());
    workload = new Workload(random.split(), truth.oracle);
    hostile = new Hostile(random.split());
    plan = new FaultPlan(random.split(), storage);
    restart = new Restart(random.split(), host, truth, feed, this::count);
    groupSize = 2 + random.nextInt(12);
    thorough = random.nextInt(THOROUGH_ONE_IN) == 0;
  }

  SimStorage storage() {
    return storage;
  }

  Map<String, Long> faults() {
    return faults;
  }

  Coverage coverage() {
    return coverage;
  }

  long commands() {
    return truth.sequence();
  }

  long replays() {
    return truth.answers.replays();
  }

  long digest() {
    return truth.digest() * 31 + truth.stateHash();
  }

  private void count(final String fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void live(final int commands, final int crashes) throws IOException {
    restart.fromNothing();
    // With few, deadlines pass before their timers come up.
    final int timersPerCommand = random.nextInt(3) == 0 ? 64 : 1 + random.nextInt(3);
    truth.timersPerCommand(timersPerCommand);
    for (final Instruction instruction : workload.genesis(nowMs, timersPerCommand)) {
      offer(instruction);
      commit();
    }
    SimFailure.unlessEqual(coverage.codes().size(), 1, "answers in genesis, " + coverage.codes());
    final int lifeTime = commands / (crashes + 1);
    while (truth.sequence() < commands || plan.crashes() < crashes) {
      if (plan.crashes() < truth.sequence() / lifeTime || plan.isOverdue()) {
        if (plan.arm(host)) {
          crash(true);
        }
      }
      try {
        step();
        plan.stepped();
        if (crashNow) {
          crashNow = false;
          crash(random.nextInt(3) != 0);
        }
      } catch (final JournalFailedException | IOException | UncheckedIOException e) {
        SimFailure.unless(plan.isArmed(), "an I/O error that nobody caused: " + e);
        crash(random.nextInt(3) != 0);
      }
    }
    comeToAnEnd();
  }

  private void crash(final boolean powerLoss) throws IOException {
    plan.crashed();
    restart.after(powerLoss);
    plan.recovered();
    // What was not answered is sent again, unchanged, in any order.
    check();
  }

  private void step() throws IOException {
    passTime();
    if (host.engine().nextDeadlineMs() <= nowMs && random.nextBoolean()) {
      host.take(workload.pulse(nowMs), nowMs);
    } else {
      offer(choose());
    }
    if (random.nextInt(groupSize) == 0) {
      commit();
      maintain();
    } else if (random.nextInt(60) == 0) {
      snapshot();
    }
  }

  private void passTime() {
    switch (random.nextInt(60)) {
      case 0 -> nowMs += random.nextLong(15_000);
      case 1 -> {
        nowMs -= random.nextLong(500);
        count("clock_back");
      }
      default -> nowMs += random.nextLong(200);
    }
    if (random.nextInt(700) == 0) {
      nowMs += random.nextLong(400_000);
    }
  }

  private Instruction choose() {
    final int draw = random.nextInt(100);
    if (draw < 10 && !unresolved.isEmpty()) {
      return pick(unresolved);
    }
    if (draw < 18 && !answered.isEmpty()) {
      return repeat(answered.get(random.nextInt(answered.size())));
    }
    final Instruction honest = workload.next(nowMs);
    if (draw < 22) {
      return hostile.mangle(honest);
    }
    if (draw < 24) {
      return hostile.impersonate(honest);
    }
    return draw < 26 ? hostile.forge(honest) : honest;
  }

  private Instruction pick(final Set<Instruction> from) {
    int skip = random.nextInt(Math.min(20, from.size()));
    for (final Instruction instruction : from) {
      if (skip-- == 0) {
        return instruction;
      }
    }
    throw new IllegalStateException("skipped beyond the end");
  }

  private Instruction repeat(final Instruction before) {
    if (before.template != SubmitPaymentEncoder.TEMPLATE_ID || before.hostile) {
      return before;
    }
    return switch (random.nextInt(4)) {
      case 0 -> hostile.encryptAnew(before);
      case 1 -> hostile.tamper(before);
      default -> before;
    };
  }

  private void offer(final Instruction instruction) {
    unresolved.add(instruction);
    host.take(instruction, nowMs);
  }

  private void commit() {
    for (final SimHost.Applied applied : host.commit()) {
      final CommandResult result =
          truth.accept(applied.sequence(), applied.timeMs(), applied.instruction());
      SimFailure.unless(
          result.isSame(applied.result()),
          () -> "two engines differ at sequence " + applied.sequence());
      feed.append(truth.feed());
      coverage.count(result);
      if (random.nextInt(40) == 0) {
        count("outcome_lost");
      } else {
        resolve(applied.instruction());
      }
    }
    if (thorough || random.nextInt(CHECK_ONE_IN) == 0) {
      check();
    }
  }

  private void resolve(final Instruction instruction) {
    unresolved.remove(instruction);
    if (answered.size() == ANSWERED_KEPT) {
      answered.set(random.nextInt(ANSWERED_KEPT), instruction);
    } else {
      answered.add(instruction);
    }
  }

  private void check() {
    SimFailure.unlessEqual(truth.sequence(), host.engine().sequence(), "sequence of the engine");
    SimFailure.unlessEqual(truth.stateHash(), host.stateHash(), "state hash");
    final EngineSummary audit = host.audit();
    SimFailure.unless(audit.problems().isEmpty(), "audit: " + audit.problems());
    for (final EngineSummary.AssetTotal asset : audit.assets()) {
      if (asset.number() == SimWorld.EUR || asset.number() == SimWorld.USD) {
        SimFailure.unlessEqual(
            truth.oracle.outside(asset.number()),
            asset.issued(),
            "money issued in " + asset.code());
      }
    }
  }

  private void maintain() throws IOException {
    final int draw = random.nextInt(100);
    if (draw < 6) {
      snapshot();
    } else if (draw < 12) {
      host.retire();
    } else if (draw < 16) {
      host.prepareSpare();
    }
  }

  /** At any time: the engine may be ahead of the journal, or the journal of the engine. */
  private void snapshot() throws IOException {
    if (!host.isFreezing()) {
      host.freeze();
      if (random.nextBoolean()) {
        return;
      }
    }
    // A snapshot ahead of what the feed keeps could not be started from.
    feed.sync();
    final boolean written = host.writeSnapshot();
    count(written ? "snapshot" : "snapshot_early");
    // What a snapshot must not promise shows when nothing else follows it.
    crashNow = written && random.nextInt(8) == 0;
  }

  /** No more faults: everything unresolved is answered, everything pending ends. */
  private void comeToAnEnd() throws IOException {
    if (plan.isArmed()) {
      crash(true);
    }
    while (!unresolved.isEmpty()) {
      for (final Instruction instruction : List.copyOf(unresolved)) {
        host.take(instruction, nowMs);
      }
      commit();
    }
    int pulses = 0;
    while (!truth.oracle.reserved.isEmpty() || host.engine().nextDeadlineMs() <= nowMs) {
      nowMs = Math.max(nowMs + 1, Math.min(nowMs + 10_000, host.engine().nextDeadlineMs()));
      host.take(workload.pulse(nowMs), nowMs);
      commit();
      SimFailure.unless(++pulses < 20_000, "pending payments and due work never end");
    }
    SimFailure.unlessEqual(
        0, truth.oracle.positions.pendingCredits(), "credits pending when nothing is reserved");
    feed.check(truth.feed());
    truth.replayAll();
    restart.after(false);
    check();
    feed.check(truth.feed());
  }
}
