package org.civicswitch.ops.benefits;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;

/** The first pass over a roll in a process of its own, at a switch where nothing ever happened. */
final class FirstPassMain {
  private FirstPassMain() {}

  public static void main(final String[] args) throws Exception {
    final Path directory = Path.of(args[0]);
    final EmptySwitch empty = new EmptySwitch();
    try (FileKeyService keys = FileKeyService.open(directory.resolve("keys"), "first-pass");
        SwitchGateway gateway =
            new SwitchGateway(
                empty.newClient(),
                "first-pass",
                new SwitchGateway.Limits(64, 64, 500, 2000, 9000));
        BenefitsOffice office = office(empty, gateway, keys)) {
      final RollCheck check =
          office.run(directory.resolve("roll.csv"), directory, new RunTerms(1, 1)).check();
      System.out.println(check.payable() + " " + check.refused());
    }
  }

  private static BenefitsOffice office(
      final SwitchConnection empty, final SwitchGateway gateway, final FileKeyService keys)
      throws Exception {
    final Caller caller = keys.admit("office", Set.of(Caller.Right.TOKENS, Caller.Right.SEAL));
    return BenefitsOffice.open(
        empty,
        gateway,
        new Tokens(keys, caller),
        new PayloadCipher(keys, caller),
        new OfficeSettings(2, 301, 106, "Treasury", "EUR", 2, 1, 2, 1, 0),
        InstantSource.system());
  }

  private static final class EmptySwitch implements SwitchConnection {
    @Override
    public SwitchClient newClient() {
      return new EmptyClient();
    }

    @Override
    public FeedReader feedFrom(final long feedSequence) {
      return new FeedReader() {
        @Override
        public int poll(final Handler handler, final int limit) {
          return 0;
        }

        @Override
        public long nextSequence() {
          return 1;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  /** Knows no payment. */
  private static final class EmptyClient implements SwitchClient {
    private final Deque<Long> asked = new ArrayDeque<>();

    @Override
    public int offer(
        final DirectBuffer command, final int offset, final int length, final long correlationId) {
      asked.add(correlationId);
      return ACCEPTED;
    }

    @Override
    public int poll(final OutcomeHandler handler, final int limit) {
      final Long correlationId = asked.poll();
      if (correlationId == null) {
        return 0;
      }
      final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
      final OutcomeEncoder outcome = new OutcomeEncoder();
      outcome.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
      outcome.sequence(0).code(Code.PAYMENT_UNKNOWN).differs(Field.NONE);
      outcome.itemsCount(0);
      outcome.valuesCount(0);
      handler.onOutcome(
          correlationId, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength());
      return 1;
    }

    @Override
    public void close() {}
  }
}
