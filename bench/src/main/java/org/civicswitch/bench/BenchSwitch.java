package org.civicswitch.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.cli.world.Seeding;

/** A switch in a new directory with the seeded world in it, and exact questions to it. */
final class BenchSwitch implements AutoCloseable {
  private static final long WAIT_NS_MAX = 30_000_000_000L;
  static final int PAYMENTS_MAX = 1 << 25;
  private static final long WINDOW_MS = 86_400_000;
  private static final long RETENTION_MS = 7 * 86_400_000L;

  private final LocalSwitch host;
  private final SwitchClient client;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private boolean answered;
  private Code code;
  private long debitsPosted;
  private long creditsPosted;
  private long pending;

  private BenchSwitch(final LocalSwitch host) {
    this.host = host;
    this.client = host.newClient();
  }

  /** Opens in an empty directory. Snapshots are off, so that no run has one and another none. */
  static BenchSwitch open(final Path directory, final Engine engine) throws IOException {
    return open(directory, engine, HostOptions.defaults().withSnapshotEvery(0, 1L << 30));
  }

  static BenchSwitch open(final Path directory, final Engine engine, final HostOptions options)
      throws IOException {
    return new BenchSwitch(
        LocalSwitch.open(
            directory,
            engine,
            options,
            JournalOptions.defaults(),
            note -> System.err.println("bench: " + note)));
  }

  LocalSwitch host() {
    return host;
  }

  /** Puts the seeded banks in, and room for as many payments as a run may make. */
  void seed() {
    seed(Map.of());
  }

  /**
   * The same with real certificates for some.
   *
   * @param fingerprints by the name of the credential
   */
  void seed(final Map<String, Digest256> fingerprints) {
    seed(fingerprints, WINDOW_MS, RETENTION_MS);
  }

  /** With the shortest memory there is, so that it has grown to its end within minutes. */
  void seedForgetful() {
    seed(Map.of(), 60_000, 60_000);
  }

  private void seed(
      final Map<String, Digest256> fingerprints, final long windowMs, final long retentionMs) {
    final long now = System.currentTimeMillis();
    final List<byte[]> commands = new ArrayList<>();
    commands.add(room(now, windowMs, retentionMs));
    commands.addAll(BenchWorld.genesis(now, fingerprints));
    Seeding.apply(host, commands);
  }

  /** Room for as many payments as a run may make, in a switch that others fill. */
  void makeRoom() {
    Seeding.apply(host, List.of(room(System.currentTimeMillis(), WINDOW_MS, RETENTION_MS)));
  }

  private static byte[] room(final long nowMs, final long windowMs, final long retentionMs) {
    return BenchWorld.configure(
        nowMs,
        Parameter.CAPACITY_PAYMENTS,
        PAYMENTS_MAX,
        Parameter.CAPACITY_IDS,
        2 * PAYMENTS_MAX,
        Parameter.DUPLICATE_WINDOW_MS,
        windowMs,
        Parameter.PAYMENT_RETENTION_MS,
        retentionMs);
  }

  /** As the very first command. */
  void configure(final Object... parametersAndValues) {
    Seeding.apply(
        host, List.of(BenchWorld.configure(System.currentTimeMillis(), parametersAndValues)));
  }

  /** Puts the seeded banks in, and ends the time in which commands need no signature. */
  void genesis() {
    Seeding.apply(host, BenchWorld.genesis(System.currentTimeMillis()));
  }

  private void ask(final UnsafeBuffer command, final int length) throws WrongResultException {
    final long end = System.nanoTime() + WAIT_NS_MAX;
    while (client.offer(command, 0, length, 0) != SwitchClient.ACCEPTED) {
      waitUntil(end);
    }
    answered = false;
    while (!answered) {
      if (client.poll(this::onOutcome, 1) == 0) {
        waitUntil(end);
      }
    }
  }

  private void waitUntil(final long endNs) throws WrongResultException {
    if (System.nanoTime() - endNs > 0) {
      throw new WrongResultException("the switch does not answer: " + host.host().haltReason());
    }
    LockSupport.parkNanos(20_000);
  }

  private void onOutcome(
      final long correlationId, final DirectBuffer buffer, final int offset, final int length) {
    outcome.wrapAndApplyHeader(buffer, offset, header);
    code = outcome.code();
    debitsPosted = 0;
    creditsPosted = 0;
    pending = 0;
    outcome.items().forEach(item -> {});
    for (final OutcomeDecoder.ValuesDecoder value : outcome.values()) {
      final ValueName name = value.name();
      if (name == ValueName.DEBITS_POSTED) {
        debitsPosted = value.amount();
      } else if (name == ValueName.CREDITS_POSTED) {
        creditsPosted = value.amount();
      } else if (name == ValueName.DEBITS_PENDING || name == ValueName.CREDITS_PENDING) {
        pending += value.amount();
      }
    }
    answered = true;
  }

  /**
   * Asks every bank's position and compares it with what payments 0 to {@code payments} must have
   * made of it; then looks for the last event of the last payment where it must be in the feed.
   */
  void check(final long payments, final long feedSequence) throws WrongResultException {
    for (final Bank bank : SeededWorld.accountBanks()) {
      checkBank(bank, payments);
    }
    checkFeed(feedSequence);
  }

  /** One bank's position alone. */
  void checkBank(final Bank bank, final long payments) throws WrongResultException {
    long out = 0;
    long in = 0;
    for (long number = 0; number < payments; number++) {
      final long amount = PaymentCommands.amount(number);
      out += PaymentCommands.debtor(number) == bank.number() ? amount : 0;
      in += PaymentCommands.creditor(number) == bank.number() ? amount : 0;
    }
    checkPosition(bank, out, in);
  }

  /** Asks a bank's position and compares it with what went out and came in since the seeding. */
  void checkPosition(final Bank bank, final long out, final long in) throws WrongResultException {
    checkPosition(bank.number(), out, in + bank.prefundedMinor());
  }

  /** The same of any participant, by the totals themselves. */
  void checkPosition(final int participant, final long debits, final long credits)
      throws WrongResultException {
    askPosition(participant);
    equal(participant + " debits", debits, debitsPosted);
    equal(participant + " credits", credits, creditsPosted);
    equal(participant + " pending", 0, pending);
  }

  /** The feed ends exactly here. */
  void checkFeed(final long last) throws WrongResultException {
    final long end = System.nanoTime() + WAIT_NS_MAX;
    try (FeedReader reader = host.feedFrom(last)) {
      while (reader.poll((sequence, event, offset, length) -> {}, 1) == 0) {
        waitUntil(end);
      }
      equal("events after the last expected", 0, reader.poll((s, event, o, length) -> {}, 1));
    }
  }

  private void askPosition(final int bank) throws WrongResultException {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    final QueryEncoder query = new QueryEncoder();
    query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    query.head().participant(bank).connection(bank).keyHi(1).keyLo(1);
    query.head().createdMs(System.currentTimeMillis());
    query.queryKind(QueryKind.POSITION).target(bank).asset(SeededWorld.EUR);
    ask(buffer, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
    if (code != Code.OK) {
      throw new WrongResultException("position of " + bank + ": " + code);
    }
  }

  private static void equal(final String what, final long expected, final long found)
      throws WrongResultException {
    if (expected != found) {
      throw new WrongResultException(what + ": " + found + " instead of " + expected);
    }
  }

  @Override
  public void close() {
    client.close();
    host.close();
  }
}
