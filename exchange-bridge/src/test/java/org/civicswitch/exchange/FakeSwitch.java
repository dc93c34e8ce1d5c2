package org.civicswitch.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConnectionChangedEncoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.OutcomeEncoder;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/** Grants in its feed; answers life events as the engine does, or as a test says. */
final class FakeSwitch implements SwitchConnection {
  /** What was taken, in order, and how long the message log was then. */
  record Taken(int connection, int participant, Id128 key, Digest256 evidence, long logged) {}

  private final List<UnsafeBuffer> feed = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final Map<Id128, Digest256> remembered = new HashMap<>();
  private final Map<Id128, Code> codes = new HashMap<>();
  private final Set<Digest256> known = new HashSet<>();
  private LongSupplier logged = () -> 0;
  private Code forced;
  private boolean full;

  synchronized void grant(
      final int connection, final int participant, final long kinds, final Digest256 certificate) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    final ConnectionChangedEncoder event = new ConnectionChangedEncoder();
    event.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    event.connection(connection).forParticipant(participant).kindsLow(kinds).kindsHigh(0);
    certificate.put(event.fingerprint());
    feed.add(buffer);
  }

  synchronized void know(final Digest256 subject) {
    known.add(subject);
  }

  /** Every command has this outcome; null for what the engine would say. */
  synchronized void force(final Code code) {
    forced = code;
  }

  synchronized void full(final boolean now) {
    full = now;
  }

  synchronized void watch(final LongSupplier messageLog) {
    logged = messageLog;
  }

  synchronized List<Taken> taken() {
    return List.copyOf(taken);
  }

  @Override
  public SwitchClient newClient() {
    return new Client();
  }

  @Override
  public FeedReader feedFrom(final long feedSequence) {
    return new Reader(feedSequence);
  }

  @Override
  public void close() {}

  private synchronized UnsafeBuffer event(final long feedSequence) {
    return feedSequence <= feed.size() ? feed.get((int) feedSequence - 1) : null;
  }

  private synchronized UnsafeBuffer apply(final DirectBuffer command, final int offset) {
    if (full) {
      return null;
    }
    final RecordLifeEventDecoder event = new RecordLifeEventDecoder();
    event.wrapAndApplyHeader(command, offset, new MessageHeaderDecoder());
    final Id128 key = new Id128(event.head().keyHi(), event.head().keyLo());
    final Digest256 evidence = Digest256.of(event.evidence());
    taken.add(
        new Taken(
            (int) event.head().connection(),
            (int) event.head().participant(),
            key,
            evidence,
            logged.getAsLong()));
    if (forced != null) {
      return outcome(forced, false, Field.NONE);
    }
    final Digest256 before = remembered.putIfAbsent(key, evidence);
    if (before != null) {
      return before.equals(evidence)
          ? outcome(codes.get(key), true, Field.NONE)
          : outcome(Code.DUPLICATE, false, Field.CONTENT);
    }
    final boolean reversal = event.lifeEvent() == LifeEventKind.DEATH_REVERSAL;
    final Code code;
    if (!known.contains(Digest256.of(event.subject()))) {
      code = Code.SUBJECT_UNKNOWN;
    } else if (reversal && codes.get(Id128.of(event.reverses())) != Code.OK) {
      code = Code.LIFE_EVENT_UNKNOWN;
    } else {
      code = Code.OK;
    }
    codes.put(key, code);
    return outcome(code, false, Field.NONE);
  }

  private static UnsafeBuffer outcome(final Code code, final boolean again, final Field differs) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    final OutcomeEncoder outcome = new OutcomeEncoder();
    outcome.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    outcome.sequence(7).timeMs(8).commandTemplate(RecordLifeEventDecoder.TEMPLATE_ID).code(code);
    outcome.replayed((short) (again ? 1 : 0)).differs(differs).state((short) 0);
    outcome.originalSequence(0).itemsCount(0);
    outcome.valuesCount(0);
    return buffer;
  }

  private final class Client implements SwitchClient {
    private record Waiting(long correlationId, UnsafeBuffer outcome) {}

    private final Deque<Waiting> outcomes = new ArrayDeque<>();

    @Override
    public int offer(
        final DirectBuffer command, final int offset, final int length, final long correlationId) {
      final UnsafeBuffer outcome = apply(command, offset);
      if (outcome == null) {
        return BACK_PRESSURED;
      }
      outcomes.add(new Waiting(correlationId, outcome));
      return ACCEPTED;
    }

    @Override
    public int poll(final OutcomeHandler handler, final int limit) {
      int count = 0;
      while (count < limit && !outcomes.isEmpty()) {
        final Waiting next = outcomes.remove();
        handler.onOutcome(next.correlationId(), next.outcome(), 0, next.outcome().capacity());
        count++;
      }
      return count;
    }

    @Override
    public void close() {}
  }

  private final class Reader implements FeedReader {
    private long next;

    private Reader(final long next) {
      this.next = next;
    }

    @Override
    public int poll(final Handler handler, final int limit) {
      int count = 0;
      UnsafeBuffer event;
      while (count < limit && (event = event(next)) != null) {
        handler.onEvent(next++, event, 0, event.capacity());
        count++;
      }
      return count;
    }

    @Override
    public long nextSequence() {
      return next;
    }

    @Override
    public void close() {}
  }
}
