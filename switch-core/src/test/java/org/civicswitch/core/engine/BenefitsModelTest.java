package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands against a model in plain collections, compared after every command. */
class BenefitsModelTest {
  private static final int PEOPLE = 8;
  private static final int COMMANDS = 1200;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithTheModel(final long seed) {
    run(seed, COMMANDS);
  }

  @Test
  void snapshotAndTailIsReplay() {
    final BenefitsHarness live = run(77, 900);
    final SwitchEngine replayed = new SwitchEngine(new AnySignature());
    final Output nowhere = new NullOutput();
    SwitchEngine restored = null;
    for (int i = 0; i < live.log.size(); i++) {
      if (i == live.log.size() / 2) {
        final LongsSnapshot snapshot = new LongsSnapshot();
        try (Engine.Image image = replayed.freeze()) {
          image.writeTo(snapshot);
        }
        restored = new SwitchEngine(new AnySignature());
        restored.load(snapshot);
      }
      apply(replayed, live, i, nowhere);
      if (restored != null) {
        apply(restored, live, i, nowhere);
      }
    }
    assertThat(replayed.stateHash()).isEqualTo(live.engine.stateHash());
    assertThat(restored.stateHash()).isEqualTo(live.engine.stateHash());
    assertThat(restored.nextDeadlineMs()).isEqualTo(live.engine.nextDeadlineMs());
  }

  private static void apply(
      final SwitchEngine engine, final BenefitsHarness from, final int i, final Output output) {
    final byte[] bytes = from.log.get(i);
    engine.apply(i + 1, from.times.get(i), new UnsafeBuffer(bytes), 0, bytes.length, output);
  }

  private static BenefitsHarness run(final long seed, final int commands) {
    final SplittableRandom random = new SplittableRandom(seed);
    final BenefitsHarness h = new BenefitsHarness().genesis();
    h.configure(Parameter.LINES_PER_STEP, 3);
    for (long person = 1; person <= PEOPLE; person++) {
      h.person(person);
    }
    final BenefitsModel model = new BenefitsModel();
    final List<PaymentReservedDecoder> offers = new ArrayList<>();
    long next = 0;
    for (int i = 0; i < commands; i++) {
      next++;
      h.nowMs += random.nextInt(100) < 5 ? 12_000 : random.nextInt(300);
      final String what = "seed " + seed + ", command " + i;
      final int before = h.log.size();
      step(h, random, next, offers, model, what);
      assertThat(h.log).as(what).hasSizeGreaterThan(before);
    }
    assertThat(model.seen()).as("seed " + seed).allMatch(n -> n > 0);
    return h;
  }

  private static void step(
      final BenefitsHarness h,
      final SplittableRandom random,
      final long next,
      final List<PaymentReservedDecoder> offers,
      final BenefitsModel model,
      final String what) {
    final int choice = random.nextInt(100);
    final long person = 1L + random.nextInt(PEOPLE);
    if (choice < 8) {
      envelope(h, random, next, offers, model, what);
    } else if (choice < 45 && !offers.isEmpty()) {
      final PaymentReservedDecoder offer = offers.remove(random.nextInt(offers.size()));
      h.confirm(
          (int) offer.creditorAgent(), offer.uetr().hi(), offer.uetr().lo(), random.nextInt(4) > 0);
    } else if (choice < 50) {
      model.funded(h, random.nextInt(500), random.nextInt(500), next);
    } else if (choice < 58) {
      model.vouchers.add(next);
      h.issue(next, person, 1 + random.nextInt(60), h.nowMs + 1 + random.nextInt(60_000));
    } else if (choice < 72) {
      h.redeem(
          model.someVoucher(random),
          random.nextInt(3) > 0 ? BenefitsHarness.GROCER : BenefitsHarness.BOOKSHOP,
          1 + random.nextInt(30),
          next);
    } else if (choice < 75) {
      h.cancelVoucher(model.someVoucher(random));
    } else if (choice < 78) {
      if (model.deaths.putIfAbsent(person, next) == null) {
        h.lifeEvent(person, LifeEventKind.DEATH, next, 0);
      } else {
        h.pulse();
      }
    } else if (choice < 86) {
      final long death = model.deaths.isEmpty() ? 0 : model.deaths.firstEntry().getValue();
      final long dead = model.deaths.isEmpty() ? person : model.deaths.pollFirstEntry().getKey();
      h.lifeEvent(dead, LifeEventKind.DEATH_REVERSAL, next, death == 0 ? 999 : death);
    } else if (choice < 90) {
      model.giveBack(h, random);
    } else if (choice < 93) {
      h.pause(500_000 + Math.max(1, next - random.nextInt(40)));
    } else if (choice < 95) {
      model.closeCycle(h, random.nextInt((int) (next / 20) + 2));
    } else if (choice < 97) {
      h.release(500_000 + Math.max(1, next - random.nextInt(40)));
    } else {
      h.pulse();
    }
    model.hear(h, offers, what);
  }

  private static void envelope(
      final BenefitsHarness h,
      final SplittableRandom random,
      final long envelope,
      final List<PaymentReservedDecoder> offers,
      final BenefitsModel model,
      final String what) {
    final int count = 1 + random.nextInt(6);
    final Line[] lines = new Line[count];
    for (int i = 0; i < count; i++) {
      lines[i] =
          new Line(
              1 + random.nextInt(PEOPLE),
              random.nextInt(3),
              random.nextBoolean() ? BenefitsHarness.ALPHA : BenefitsHarness.BRAVO,
              1 + random.nextInt(40),
              0);
    }
    // Lines are tried in a first envelope only to learn which are good; the second declares them.
    h.create(envelope, (int) (envelope / 20), 100, 1_000_000);
    model.hear(h, offers, what);
    h.add(envelope, lines);
    final List<Code> codes = h.itemCodes();
    model.hear(h, offers, what);
    int good = 0;
    long total = 0;
    for (int i = 0; i < count; i++) {
      if (codes.get(i) == Code.OK) {
        lines[good++] = lines[i];
        total += lines[i].amount();
      }
    }
    h.cancel(envelope);
    model.hear(h, offers, what);
    h.pulse();
    model.hear(h, offers, what);
    h.pulse();
    model.hear(h, offers, what);
    h.pulse();
    model.hear(h, offers, what);
    if (good == 0) {
      return;
    }
    final long second = envelope + 500_000;
    h.create(second, (int) (envelope / 20), good, total);
    model.hear(h, offers, what);
    h.add(second, java.util.Arrays.copyOf(lines, good));
    model.added(h, second, (int) (envelope / 20), java.util.Arrays.copyOf(lines, good));
    model.hear(h, offers, what);
    if (random.nextInt(8) == 0) {
      h.cancel(second);
      return;
    }
    if (random.nextInt(3) == 0 && !model.deaths.containsKey(lines[0].subject())) {
      model.deaths.put(lines[0].subject(), 2_000_000 + envelope);
      h.lifeEvent(lines[0].subject(), LifeEventKind.DEATH, 2_000_000 + envelope, 0);
      model.hear(h, offers, what);
    }
    h.office(BenefitsHarness.MAKER);
    if (h.seal(second) == Code.OK) {
      model.hear(h, offers, what);
      h.office(BenefitsHarness.CHECKER);
      h.approve(second, true);
      model.hear(h, offers, what);
      h.release(second);
    }
  }

  /** Takes what comes out and keeps nothing. */
  private static final class NullOutput implements Output {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_BYTES]);

    @Override
    public org.agrona.MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void outcome(final int length) {
      assertThat(new MessageHeaderDecoder().wrap(buffer, 0).templateId()).isEqualTo(100);
    }

    @Override
    public void event(final int length) {
      assertThat(length).isPositive();
    }
  }
}
