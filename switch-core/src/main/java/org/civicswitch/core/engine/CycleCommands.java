package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.CloseCycleDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CycleClosedEncoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.Parameter;

/**
 * Closes cycles. From then on no envelope is declared for the cycle, so nobody can take anything in
 * it again, and what its lines had taken is given up, a few per command. The lines themselves stay
 * as long as the records of their payments: a return comes to its line and programme as before.
 */
final class CycleCommands implements DueWork {
  private final Core core;
  private final Benefits benefits;
  private final Cycles cycles;
  private final CloseCycleDecoder close = new CloseCycleDecoder();
  private final CycleClosedEncoder closed = new CycleClosedEncoder();
  private final Precedence refusal = new Precedence();

  CycleCommands(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
    cycles = benefits.cycles;
  }

  CommandKind kind() {
    return new CommandKind(
            CloseCycleDecoder.TEMPLATE_ID, CloseCycleDecoder.BLOCK_LENGTH, this::close)
        .once()
        .signed(Operators.APPROVER)
        .compare(Field.OTHER, CloseCycleDecoder.programmeEncodingOffset(), 2 * Integer.BYTES)
        .governed(
            Governed.of(
                Governed.Concern.PROGRAMME, CloseCycleDecoder.programmeEncodingOffset(), 4));
  }

  private Code close(final Command command) {
    close.wrap(command.buffer, command.block, CloseCycleDecoder.BLOCK_LENGTH, 1);
    final int programme = benefits.programmeCommands.find(command, close.programme());
    final int cycle = programme == 0 ? 0 : cycles.find(programme, (int) close.cycle());
    refusal
        .begin()
        .when(programme == 0, Code.PROGRAMME_UNKNOWN)
        .when(cycle == 0, Code.CYCLE_UNKNOWN)
        .when(cycle != 0 && cycles.intAt(cycle, Cycles.UNFINISHED) != 0, Code.CYCLE_NOT_FINISHED);
    if (!refusal.isOk() || cycles.isClosed(cycle)) {
      return refusal.code();
    }
    cycles.close(cycle, command.timeMs, command.sequence);
    say(command, cycle);
    return Code.OK;
  }

  private void say(final Command command, final int cycle) {
    final Feed feed = core.feed;
    closed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(closed.at());
    closed
        .programme(close.programme())
        .cycle(close.cycle())
        .envelopes(cycles.intAt(cycle, Cycles.ENVELOPES))
        .entitlements(cycles.intAt(cycle, Cycles.TAKEN))
        .signer(Integer.toUnsignedLong(command.signer));
    feed.commit(closed.encodedLength());
  }

  @Override
  public long nextDueMs() {
    return cycles.nextWorkMs();
  }

  @Override
  public void step(final long nowMs) {
    for (int i = core.settings.count(Parameter.EVICTIONS_PER_COMMAND);
        i > 0 && cycles.nextWorkMs() <= nowMs;
        i--) {
      benefits.free(cycles.firstTaken(cycles.nextWork()));
    }
  }
}
