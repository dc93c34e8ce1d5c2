package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.QueryDecoder;
import org.civicswitch.core.protocol.QueryKind;

/**
 * What has happened, once and for all: every command that is durable, and an engine that never
 * crashed and was given them in order. Whatever a recovered host says is compared with it.
 */
final class Truth {
  final Oracle oracle = new Oracle();
  final Answers answers = new Answers();
  private final SimParts parts;
  private final Engine engine;
  private final CommandResult.Collector output = new CommandResult.Collector();
  private final List<SimHost.Applied> log = new ArrayList<>();
  private final List<DirectBuffer> feed = new ArrayList<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final QueryDecoder query = new QueryDecoder();
  private int timersPerCommand = 64;
  private long digest;

  Truth(final SimParts parts) {
    this.parts = parts;
    engine = parts.engine(new SwitchEngine(parts.signatures()));
  }

  long sequence() {
    return log.size();
  }

  SimHost.Applied get(final long sequence) {
    return log.get((int) sequence - 1);
  }

  List<DirectBuffer> feed() {
    return feed;
  }

  long stateHash() {
    return engine.stateHash();
  }

  /** Of all that was ever put out: equal for equal runs. */
  long digest() {
    return digest;
  }

  void timersPerCommand(final int most) {
    timersPerCommand = most;
  }

  /** Takes the next durable command. */
  CommandResult accept(final long sequence, final long timeMs, final Instruction instruction) {
    SimFailure.unlessEqual(sequence() + 1, sequence, "sequence of the next durable command");
    final int overdue = oracle.overdue(Math.max(timeMs, engine.timeMs()));
    engine.apply(sequence, timeMs, instruction.buffer(), 0, instruction.bytes.length, output);
    final CommandResult result = output.take();
    log.add(new SimHost.Applied(sequence, timeMs, instruction, result));
    outcome.wrapAndApplyHeader(result.outcome(), 0, header);
    final boolean done = outcome.code() == Code.OK && outcome.replayed() == 0;
    SimFailure.unless(
        !done
            || !instruction.isSigned()
            || (instruction.signer() == 0 && instruction.isGenesis())
            || SimSignatures.isSigned(instruction.bytes),
        () -> "a command that nobody signed was carried out at " + sequence);
    oracle.apply(instruction, done, sequence, result.events());
    feed.addAll(result.events());
    answers.check(instruction, result.outcome());
    checkQuery(instruction, result.outcome());
    SimFailure.unless(
        oracle.overdue(engine.timeMs()) <= Math.max(0, overdue - timersPerCommand),
        () -> "payments are overdue after sequence " + sequence);
    digest = digest * 31 + result.outcome().hashCode();
    for (final DirectBuffer event : result.events()) {
      digest = digest * 31 + event.hashCode();
    }
    return result;
  }

  /** An exact read must say what the oracle counted. */
  private void checkQuery(final Instruction instruction, final DirectBuffer bytes) {
    outcome.wrapAndApplyHeader(bytes, 0, header);
    if (instruction.template != QueryDecoder.TEMPLATE_ID || outcome.code() != Code.OK) {
      return;
    }
    query.wrapAndApplyHeader(instruction.buffer(), 0, header);
    final SimPositions.Position known =
        oracle.positions.of((int) query.target(), (int) query.asset());
    if (query.queryKind() != QueryKind.POSITION || query.target() == 0) {
      return;
    }
    SimFailure.unlessEqual(known.balance(), outcome.value(), "queried balance");
    outcome.items().forEach(item -> {});
    for (final OutcomeDecoder.ValuesDecoder value : outcome.values()) {
      switch (value.name()) {
        case DEBITS_POSTED -> same(known.debitsPosted, value);
        case CREDITS_POSTED -> same(known.creditsPosted, value);
        case DEBITS_PENDING -> same(known.debitsPending, value);
        case CREDITS_PENDING -> same(known.creditsPending, value);
        case NET_DEBIT_CAP -> same(known.netDebitCap, value);
        default -> {
          // nothing the oracle knows
        }
      }
    }
  }

  private static void same(final long known, final OutcomeDecoder.ValuesDecoder value) {
    SimFailure.unlessEqual(known, value.amount(), "queried " + value.name());
  }

  /** The first command of all to the last, into a new engine: same results, same state. */
  void replayAll() {
    final Engine again = parts.engine(new SwitchEngine(parts.signatures()));
    for (final SimHost.Applied entry : log) {
      again.apply(
          entry.sequence(),
          entry.timeMs(),
          entry.instruction().buffer(),
          0,
          entry.instruction().bytes.length,
          output);
      SimFailure.unless(
          output.take().isSame(entry.result()),
          () -> "replay differs at sequence " + entry.sequence());
    }
    SimFailure.unlessEqual(stateHash(), again.stateHash(), "state hash of a replay from zero");
  }
}
