package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.ValueName;

/**
 * An engine with a clock and a log. Commands go in as bytes; the last outcome and the events since
 * are read here. {@link #genesis} makes a small world.
 */
final class EngineHarness {
  static final int EUR = 978;
  static final int ALPHA = 101;
  static final int BRAVO = 102;
  static final int CHARLIE = 103;

  /** Settles on Alpha's position. */
  static final int ALPHA_INDIRECT = 111;

  /** Connection of the operators; each participant's connection has the participant's number. */
  static final int OPERATIONS = 9;

  static final int PLATFORM_OPERATOR = 1;
  static final int SETTLEMENT_OPERATOR = 2;
  static final int SECOND_PLATFORM_OPERATOR = 3;
  static final long START_MS = 1_800_000_000_000L;
  static final long FUNDS = 1_000_000;

  final SwitchEngine engine;
  final CommandBytes commands = new CommandBytes();
  final CapturedOutput output = new CapturedOutput();
  final List<Logged> log = new ArrayList<>();
  long nowMs = START_MS;
  private long lastKey;

  EngineHarness() {
    this(new SwitchEngine(new AnySignature()));
  }

  EngineHarness(final SwitchEngine engine) {
    this.engine = engine;
  }

  /** One command as a log has it. */
  static final class Logged {
    private final long sequence;
    private final long timeMs;
    private final byte[] bytes;

    Logged(final long sequence, final long timeMs, final byte[] bytes) {
      this.sequence = sequence;
      this.timeMs = timeMs;
      this.bytes = bytes;
    }

    long sequence() {
      return sequence;
    }

    long timeMs() {
      return timeMs;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Sends one command now. */
  EngineHarness send(final byte[] bytes) {
    apply(new Logged(engine.sequence() + 1, nowMs, bytes));
    return this;
  }

  void apply(final Logged logged) {
    log.add(logged);
    output.clear();
    // Not at zero, so that an offset that was forgotten is seen.
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[logged.bytes().length + 64]);
    buffer.setMemory(0, buffer.capacity(), (byte) 0xEE);
    buffer.putBytes(24, logged.bytes());
    engine.touch(buffer, 24, logged.bytes().length);
    engine.apply(logged.sequence(), logged.timeMs(), buffer, 24, logged.bytes().length, output);
  }

  // ---- who sends

  /** The next commands come from a participant over its own connection, under a new key. */
  CommandBytes as(final int participant) {
    commands.from(participant, participant);
    return fresh();
  }

  /** The next commands come from the operators' connection, signed. */
  CommandBytes asOperator(final int signer) {
    commands.from(0, OPERATIONS);
    fresh();
    commands.signer = signer;
    return commands;
  }

  CommandBytes asHost() {
    commands.from(0, 0);
    return fresh();
  }

  private CommandBytes fresh() {
    commands.signer = 0;
    commands.createdMs = nowMs;
    commands.seenSequence = engine.sequence();
    commands.keyLo = ++lastKey;
    return commands;
  }

  /** Goes on with the keys of another harness. */
  void keysFrom(final EngineHarness other) {
    lastKey = other.lastKey;
  }

  EngineHarness pulse() {
    return send(asHost().pulse());
  }

  // ---- what came out

  OutcomeDecoder outcome() {
    final UnsafeBuffer buffer = new UnsafeBuffer(output.outcome());
    return new OutcomeDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
  }

  Code code() {
    return outcome().code();
  }

  Code itemCode() {
    return item(0).code();
  }

  OutcomeDecoder.ItemsDecoder item(final int index) {
    final OutcomeDecoder.ItemsDecoder items = outcome().items();
    for (int i = 0; i <= index; i++) {
      items.next();
    }
    return items;
  }

  List<Code> itemCodes() {
    final List<Code> codes = new ArrayList<>();
    for (final OutcomeDecoder.ItemsDecoder item : outcome().items()) {
      codes.add(item.code());
    }
    return codes;
  }

  long value(final ValueName name) {
    final OutcomeDecoder outcome = outcome();
    outcome.items().forEachRemaining(item -> {});
    for (final OutcomeDecoder.ValuesDecoder value : outcome.values()) {
      if (value.name() == name) {
        return value.amount();
      }
    }
    throw new AssertionError("no value " + name);
  }

  /** Template ids of the events of the last command. */
  List<Integer> events() {
    return output.events().stream()
        .map(bytes -> new MessageHeaderDecoder().wrap(new UnsafeBuffer(bytes), 0).templateId())
        .toList();
  }

  UnsafeBuffer event(final int index) {
    return new UnsafeBuffer(output.events().get(index));
  }

  /** The first event of a template. */
  UnsafeBuffer eventOf(final int template) {
    final int index = events().indexOf(template);
    if (index < 0) {
      throw new AssertionError("no event " + template + " in " + events());
    }
    return event(index);
  }

  // ---- a small world

  /** Three direct participants with funds, one indirect, all connected; three operators. */
  EngineHarness genesis() {
    ok(asHost().defineAsset(EUR, AssetKind.CURRENCY, "EUR"));
    ok(asHost().registerConnection(OPERATIONS));
    ok(asHost().grant(OPERATIONS, 0, -1, -1));
    for (final int bank : new int[] {ALPHA, BRAVO, CHARLIE}) {
      bank(bank, 0);
      ok(asHost().setLimit(bank, EUR, 0, 0));
      ok(asHost().moveLiquidity(bank, EUR, FUNDS, LiquidityKind.IN, bank));
    }
    bank(ALPHA_INDIRECT, ALPHA);
    ok(asHost().setLimit(ALPHA_INDIRECT, EUR, 5_000, 0));
    ok(asHost().registerOperator(PLATFORM_OPERATOR, Operators.PLATFORM));
    ok(asHost().registerOperator(SETTLEMENT_OPERATOR, Operators.SETTLEMENT));
    ok(asHost().registerOperator(SECOND_PLATFORM_OPERATOR, Operators.PLATFORM));
    return this;
  }

  private void bank(final int bank, final int settlement) {
    ok(asHost().registerParticipant(bank, settlement));
    ok(asHost().setStatus(bank, ParticipantStatus.ACTIVE));
    ok(asHost().registerConnection(bank));
    ok(asHost().grant(bank, bank, -1, -1));
  }

  void ok(final byte[] bytes) {
    send(bytes);
    if (code() != Code.OK) {
      throw new AssertionError("refused: " + code());
    }
  }

  /** Posted credits less debits of a participant's position. */
  long balance(final int participant) {
    final Core core = engine.core();
    final int position = core.positions.find(participant, EUR);
    return core.positions.creditsPosted(position) - core.positions.debitsPosted(position);
  }

  long debitsPending(final int participant) {
    final Core core = engine.core();
    return core.positions.debitsPending(core.positions.find(participant, EUR));
  }
}
