package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;
import org.civicswitch.memory.StateSpace;

/**
 * The engine. Before every command it does a bounded piece of what has fallen due; then it checks
 * the command's shape to the last byte, who sends it and who signed it, and hands its instructions
 * to their handlers.
 *
 * <p>Any bytes may be given as a command: what does not decode is refused, not thrown.
 */
public final class SwitchEngine implements Engine {
  /** Longest command. What one command puts out is bounded only because the command is. */
  static final int COMMAND_BYTES_MAX = 64 * 1024;

  private final Core core;
  private final Instructions instructions;
  private final Command command = new Command();
  private final CommandReader reader;
  private final LookAhead lookAhead;

  /** An engine whose operators sign with Ed25519. */
  public SwitchEngine() {
    this(new Ed25519Signatures());
  }

  /**
   * @param signatures how operators sign; the same wherever a log is read again
   */
  public SwitchEngine(final Signatures signatures) {
    core = new Core(signatures);
    instructions =
        new Instructions(core.scalars, core.settings, core.remembered, core.answer, core.feed);
    reader = new CommandReader(core);
    lookAhead = new LookAhead(core);
  }

  /** For tests of what cannot be asked by a command. */
  Core core() {
    return core;
  }

  @Override
  public void touch(final DirectBuffer buffer, final int offset, final int length) {
    lookAhead.touch(buffer, offset, length);
  }

  /** Looks at the whole state: totals, and every invariant that can be checked. Slow. */
  public EngineSummary audit() {
    return new Audit(core).run();
  }

  @Override
  public void apply(
      final long sequence,
      final long timeMs,
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Output output) {
    lookAhead.bringNear();
    final Scalars scalars = core.scalars;
    if (sequence != scalars.sequence() + 1) {
      throw new IllegalStateException(
          "command " + sequence + " does not follow " + scalars.sequence());
    }
    scalars.set(Scalars.SEQUENCE, sequence);
    scalars.set(Scalars.TIME, Math.max(timeMs, scalars.timeMs()));
    core.feed.begin();
    core.answer.begin();
    core.stepDueWork(scalars.timeMs());
    reader.read(command, buffer, offset, length);
    core.answer.beginInstruction(sequence);
    final long keyHi = command.keyHi;
    final long keyLo = command.keyLo;
    final Code refusal = check();
    if (refusal == Code.OK) {
      instructions.run(command);
      core.proposals.carriedOut(command, core.answer);
    } else {
      core.answer.code = refusal;
      core.feed.refused(command, refusal, Field.NONE, 0, -1);
    }
    core.endCommand();
    output.outcome(core.answer.encode(output.buffer(), output.offset(), command, keyHi, keyLo));
    core.feed.writeTo(output);
  }

  /** Everything that can be refused before a handler is asked, in order of precedence. */
  private Code check() {
    final Code shape = reader.check(command, COMMAND_BYTES_MAX);
    if (shape != Code.OK) {
      return shape;
    }
    final CommandKind kind = command.kind;
    final boolean genesis = core.operators.isGenesis(command.template);
    final Code connection = core.connections.check(command, genesis);
    if (connection != Code.OK) {
      return connection;
    }
    if (command.connection != 0) {
      core.scalars.set(Scalars.OPENED, 1);
    }
    if (!kind.isSigned()) {
      return Code.OK;
    }
    final boolean unsigned = genesis && command.signer == 0;
    final Code operator = unsigned ? Code.OK : core.operators.check(command.signer, kind.roles());
    if (operator != Code.OK) {
      return operator;
    }
    if (!unsigned && !core.signed.isSigned(command)) {
      return Code.SIGNATURE_INVALID;
    }
    final long seen = CommandReader.seenSequence(command);
    if (seen < 0 || seen > command.sequence) {
      return Code.PROPOSAL_STALE;
    }
    return !unsigned && kind.governed() != null && core.approvalRules.isFor(command)
        ? Code.APPROVAL_NEEDED
        : Code.OK;
  }

  @Override
  public long nextDeadlineMs() {
    return core.nextDueMs();
  }

  @Override
  public long sequence() {
    return core.scalars.sequence();
  }

  @Override
  public long timeMs() {
    return core.scalars.timeMs();
  }

  @Override
  public long feedSequence() {
    return core.scalars.get(Scalars.FEED_SEQUENCE);
  }

  @Override
  public Image freeze() {
    return new EngineImage(core.space.freeze(), sequence(), timeMs(), feedSequence());
  }

  @Override
  public void load(final SnapshotSource source) {
    if (sequence() != 0) {
      throw new IllegalStateException("a snapshot is loaded before the first command");
    }
    core.space.load(source);
    final long version = core.scalars.get(Scalars.VERSION);
    if (version != Scalars.VERSION_KNOWN) {
      throw new IllegalStateException(
          "the state was written under version "
              + version
              + "; this program knows version "
              + Scalars.VERSION_KNOWN);
    }
    core.rebuild(source);
  }

  @Override
  public long stateHash() {
    return core.space.stateHash();
  }

  private record EngineImage(StateSpace.Image image, long sequence, long timeMs, long feedSequence)
      implements Image {
    @Override
    public long stateHash() {
      return image.stateHash();
    }

    @Override
    public void writeTo(final SnapshotSink sink) {
      image.writeTo(sink);
    }

    @Override
    public long copiedBytes() {
      return image.copiedBytes();
    }

    @Override
    public void close() {
      image.close();
    }
  }
}
