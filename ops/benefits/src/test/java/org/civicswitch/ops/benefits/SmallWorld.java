package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.protocol.AddDisbursementsDecoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.gateway.iso20022.message.PrivateFields;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;
import org.civicswitch.gateway.kit.identity.DevelopmentIdentityProvider;
import org.civicswitch.gateway.kit.identity.EnrolledPerson;
import org.civicswitch.gateway.kit.identity.EnrolmentStatementVerifier;
import org.civicswitch.gateway.kit.identity.IdentityVerifier;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.Opening;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/** A real switch in a directory, with banks that answer as they are told. */
final class SmallWorld implements AutoCloseable {
  static final String AUDIENCE = "civic-switch";
  static final int ACCEPT = 0;
  static final int SILENT = 1;
  static final int AC04 = 'A' << 24 | 'C' << 16 | '0' << 8 | '4';

  final OperatorSigner maker = OperatorSigner.generate(2);
  final OperatorSigner checker = OperatorSigner.generate(3);
  final Tokens tokens;
  final DevelopmentIdentityProvider provider;
  final IdentityVerifier verifier;
  final LocalSwitch core;

  /** End-to-end names of all that was paid, as the banks read them, with how often. */
  final Map<String, Integer> paid = new ConcurrentHashMap<>();

  final AtomicInteger unreadable = new AtomicInteger();

  /** What a bank says to a creditor's name: ACCEPT, SILENT or a packed reason. */
  volatile ToIntFunction<String> bank = name -> ACCEPT;

  private final FileKeyService keys;
  private final Caller caller;
  private final SwitchGateway gateway;
  private final FeedProjection banks;
  private final Map<Id128, String> names = new ConcurrentHashMap<>();
  private final InstantSource clock = InstantSource.system();

  SmallWorld(final Path directory) throws Exception {
    core =
        LocalSwitch.open(
            directory.resolve("switch"),
            new SwitchEngine(),
            HostOptions.defaults(),
            JournalOptions.defaults(),
            note -> {});
    keys = FileKeyService.open(directory.resolve("keys"), "test");
    caller =
        keys.admit("office", Set.of(Caller.Right.TOKENS, Caller.Right.SEAL, Caller.Right.DELIVER));
    tokens = new Tokens(keys, caller);
    gateway = gateway();
    new Genesis(new Sender(gateway), clock.millis()).make(maker, checker);
    provider =
        DevelopmentIdentityProvider.open(
            directory.resolve("identity"), "https://localhost/identity", clock);
    verifier =
        new IdentityVerifier(
            provider.issuer(),
            1,
            AUDIENCE,
            refresh -> provider.publicKeys(),
            Duration.ofDays(365),
            clock);
    banks = banks();
  }

  SwitchGateway gateway() {
    return new SwitchGateway(core.newClient(), "test-gateway", SwitchGateway.Limits.DEFAULT);
  }

  BenefitsOffice office(final int timeoutMs) {
    return office(gateway, timeoutMs);
  }

  /** An office whose way to the switch is cut after so many chunks of lines. */
  BenefitsOffice cutAfter(final int chunks, final int timeoutMs) {
    final SwitchClient whole = core.newClient();
    final SwitchClient cut =
        new SwitchClient() {
          private int left = chunks;

          @Override
          public int offer(
              final DirectBuffer command, final int offset, final int length, final long id) {
            final int template = new MessageHeaderDecoder().wrap(command, offset).templateId();
            if (template == AddDisbursementsDecoder.TEMPLATE_ID && left-- <= 0) {
              return CLOSED;
            }
            return whole.offer(command, offset, length, id);
          }

          @Override
          public int poll(final OutcomeHandler handler, final int limit) {
            return whole.poll(handler, limit);
          }

          @Override
          public void close() {
            whole.close();
          }
        };
    return office(
        new SwitchGateway(cut, "test-cut-gateway", SwitchGateway.Limits.DEFAULT), timeoutMs);
  }

  private BenefitsOffice office(final SwitchGateway way, final int timeoutMs) {
    return BenefitsOffice.open(
        core,
        way,
        tokens,
        new PayloadCipher(keys, caller),
        new OfficeSettings(
            Genesis.OFFICE,
            Genesis.PROGRAMME,
            Genesis.TREASURY,
            "Treasury",
            "EUR",
            2,
            1,
            2,
            1,
            timeoutMs),
        clock);
  }

  ProgrammeDesk programmes() {
    return new ProgrammeDesk(gateway, tokens, Genesis.OFFICE, Genesis.TREASURY, clock);
  }

  static String person(final int number) {
    return "NID:P-" + number;
  }

  /** Enrols persons number 0 to count - 1. */
  EnrolmentResult enrol(final int count) throws Exception {
    final EnrolmentStatementVerifier statements = new EnrolmentStatementVerifier(verifier);
    final List<EnrolledPerson> people = new ArrayList<>();
    for (int from = 0; from < count; from += 500) {
      final List<String> names =
          IntStream.range(from, Math.min(count, from + 500)).mapToObj(SmallWorld::person).toList();
      people.addAll(statements.verify(provider.issueStatement(names, AUDIENCE, 2)));
    }
    return new Enrolment(gateway, tokens, Genesis.ENROLMENT, Genesis.TREASURY, 1, clock)
        .enrol(people, (person, code) -> {});
  }

  private FeedProjection banks() {
    final PayloadCipher cipher = new PayloadCipher(keys, caller);
    final EventHandlers handlers = new EventHandlers();
    handlers
        .on(
            PaymentReservedDecoder.TEMPLATE_ID,
            new PaymentReservedDecoder(),
            PaymentReservedDecoder::wrap,
            (at, e) -> offered(cipher, e))
        .on(
            PaymentSettledDecoder.TEMPLATE_ID,
            new PaymentSettledDecoder(),
            PaymentSettledDecoder::wrap,
            (at, e) -> paid.merge(names.get(Id128.of(e.uetr())), 1, Integer::sum));
    return FeedProjection.start("test-banks", core, 1, handlers);
  }

  private void offered(final PayloadCipher cipher, final PaymentReservedDecoder e) {
    // The rule for lines of envelopes: a payload is bound to the line's key, not to the UETR.
    final Id128 bound = Id128.of(e.key());
    final Id128 uetr = Id128.of(e.uetr());
    final int agent = (int) e.creditorAgent();
    final byte[] sealed = new byte[e.payloadLength()];
    e.getPayload(sealed, 0, sealed.length);
    final byte[] clear = new byte[sealed.length - PayloadCipher.OVERHEAD_BYTES];
    final String name;
    try {
      cipher.open(
          bound,
          Opening.deliver(bound),
          new UnsafeBuffer(sealed),
          0,
          sealed.length,
          new UnsafeBuffer(clear),
          0);
      if (!tokens.content(clear).equals(Digest256.of(e.contentDigest()))) {
        throw new AssertionError("the digest is not of the content");
      }
      name = PrivateFields.decode(clear).creditorName();
    } catch (final Exception | AssertionError problem) {
      unreadable.incrementAndGet();
      return;
    }
    names.put(uetr, name);
    final int answer = bank.applyAsInt(name);
    if (answer == SILENT) {
      return;
    }
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final ConfirmPaymentEncoder c = new ConfirmPaymentEncoder();
    c.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    c.head().participant(agent).connection(agent).keyHi(uetr.hi()).keyLo(uetr.lo());
    c.head().createdMs(clock.millis());
    final ConfirmPaymentEncoder.ConfirmationsEncoder item = c.confirmationsCount(1).next();
    uetr.put(item.uetr());
    item.accept((short) (answer == ACCEPT ? 1 : 0)).creditPending((short) 0).reserved(0);
    item.reason(answer == ACCEPT ? 0 : answer);
    // What becomes of it shows in the feed.
    final var unused =
        gateway.submit(
            buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + c.encodedLength(), Runnable::run);
  }

  /** The registry's notice about a person; a reversal names what it takes back. */
  OutcomeCopy lifeEvent(final int person, final LifeEventKind kind, final long id, final long of) {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final RecordLifeEventEncoder e = new RecordLifeEventEncoder();
    e.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    e.head()
        .participant(Genesis.REGISTRY)
        .connection(Genesis.REGISTRY)
        .keyHi(9)
        .keyLo(id)
        .createdMs(clock.millis());
    tokens.subject(PersonId.parse(person(person))).put(e.subject());
    e.lifeEvent(kind).occurredOn(20_000).recordedMs(clock.millis());
    e.reverses().hi(of == 0 ? 0 : 9).lo(of);
    return new Sender(gateway).call(OfficeCommands.bytes(buffer, e.encodedLength()));
  }

  static void until(final BooleanSupplier condition, final String what) {
    final long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() throws IOException {
    banks.close();
    gateway.close();
    core.close();
    keys.close();
  }
}
