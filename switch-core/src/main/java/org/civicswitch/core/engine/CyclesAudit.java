package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.EnvelopeState;

/** The part of {@link BenefitsAudit} that looks at cycles and at what is taken in them. */
final class CyclesAudit {
  private final Envelopes envelopes;
  private final Lines lines;
  private final Entitlements entitlements;
  private final Cycles cycles;
  private final List<String> problems;

  // By cycle.
  private final int[] declared;
  private final int[] unfinished;
  private final int[] taken;

  CyclesAudit(final Benefits benefits, final List<String> problems) {
    envelopes = benefits.envelopes;
    lines = benefits.lines;
    entitlements = benefits.entitlements;
    cycles = benefits.cycles;
    this.problems = problems;
    final int slots = cycles.records().highWater() + 1;
    declared = new int[slots];
    unfinished = new int[slots];
    taken = new int[slots];
  }

  /** A line and what it has taken: something unless it failed or its cycle is closed. */
  void line(final int line, final int entitlement, final boolean failed) {
    final int cycle = cycleOf(lines.envelope(line));
    if (entitlement == 0 && !failed && !cycles.isClosed(cycle)) {
      problems.add("line " + line + " has taken nothing, and its cycle is open");
    }
    if (entitlement != 0
        && (entitlements.line(entitlement) != line
            || entitlements.cycle(entitlement) != cycle
            || !entitlements.isOf(entitlement, lines.subject(line), lines.entitlement(line)))) {
      problems.add("line " + line + " has taken what is another's");
    }
  }

  private int cycleOf(final int envelope) {
    return envelopes.intAt(envelope, Envelopes.CYCLE_HANDLE);
  }

  void run() {
    envelopes.records().forEach(this::envelope);
    entitlements.records().forEach(this::entitlement);
    cycles.records().forEach(this::cycle);
  }

  private void envelope(final int envelope) {
    final int cycle = cycleOf(envelope);
    if (cycles.programme(cycle) != envelopes.intAt(envelope, Envelopes.PROGRAMME)
        || cycles.number(cycle) != envelopes.intAt(envelope, Envelopes.CYCLE)) {
      problems.add("envelope " + envelope + " is of another cycle");
    }
    final EnvelopeState state = envelopes.state(envelope);
    declared[cycle]++;
    unfinished[cycle] += state == EnvelopeState.CLOSED || state == EnvelopeState.CANCELLED ? 0 : 1;
  }

  private void entitlement(final int entitlement) {
    final int line = entitlements.line(entitlement);
    taken[entitlements.cycle(entitlement)]++;
    if (line != 0 && lines.taken(line) != entitlement) {
      problems.add("entitlement " + entitlement + " is not what its line has taken");
    }
  }

  private void cycle(final int cycle) {
    equal(cycle, "envelopes", Cycles.ENVELOPES, declared[cycle]);
    equal(cycle, "unfinished envelopes", Cycles.UNFINISHED, unfinished[cycle]);
    equal(cycle, "taken", Cycles.TAKEN, taken[cycle]);
    if (cycles.isClosed(cycle) && unfinished[cycle] != 0) {
      problems.add("cycle " + cycle + " is closed, not all its envelopes are");
    }
    int chained = 0;
    for (int entitlement = cycles.firstTaken(cycle);
        entitlement != 0 && chained <= taken[cycle];
        entitlement = entitlements.next(entitlement)) {
      chained++;
      if (entitlements.cycle(entitlement) != cycle) {
        problems.add("entitlement " + entitlement + " hangs on cycle " + cycle);
      }
    }
    if (chained != taken[cycle]) {
      problems.add("cycle " + cycle + ": " + chained + " in the chain of what is taken");
    }
  }

  private void equal(final int cycle, final String what, final int word, final int counted) {
    if (cycles.intAt(cycle, word) != counted) {
      problems.add(
          "cycle "
              + cycle
              + ": "
              + what
              + " "
              + cycles.intAt(cycle, word)
              + ", counted "
              + counted);
    }
  }
}
