package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;

import java.util.function.Consumer;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.PaymentState;
import org.junit.jupiter.api.Test;

/** What is planted in a sound state is found. */
class AuditTest {
  /** One line reserved and one held, a voucher partly spent, another envelope being filled. */
  private static BenefitsHarness world() {
    final BenefitsHarness h = new BenefitsHarness().genesis();
    h.person(1);
    h.person(2);
    h.fund(1000, 1000, 1);
    h.issue(1, 1, 100, h.nowMs + 60_000);
    h.redeem(1, BenefitsHarness.GROCER, 30, 11);
    h.create(1, 1, 2, 30);
    h.add(1, Line.of(1, ALPHA, 10), Line.of(2, ALPHA, 20));
    h.lifeEvent(2, org.civicswitch.core.protocol.LifeEventKind.DEATH, 7, 0);
    h.run(1);
    h.pulse();
    assertThat(h.reserved()).hasSize(1);
    h.create(2, 2, 2, 30);
    h.add(2, Line.of(1, ALPHA, 10));
    return h;
  }

  private static void finds(final String what, final Consumer<Core> defect) {
    final BenefitsHarness h = world();
    assertThat(h.engine.audit().problems()).isEmpty();
    defect.accept(h.engine.core());
    assertThat(h.engine.audit().problems()).as(what).isNotEmpty();
  }

  @Test
  void findsMoneyThatIsNotReserved() {
    finds("more left of a voucher", c -> c.benefits.vouchers.set(1, Vouchers.LEFT, 71));
    finds(
        "a voucher whose units are forgotten", c -> c.benefits.vouchers.set(1, Vouchers.UNITS, 0));
    finds("settled beyond what was", c -> c.benefits.envelopes.add(1, Envelopes.SETTLED_TOTAL, 1));
    finds("added beyond what was", c -> c.benefits.envelopes.add(2, Envelopes.ADDED_TOTAL, 1));
    finds(
        "a reservation nobody owns",
        c ->
            c.ledger.reserve(
                c.positions.account(c.positions.find(ALPHA, BenefitsHarness.EUR)),
                c.assets.issuer(c.assets.find(BenefitsHarness.EUR)),
                1,
                Long.MAX_VALUE,
                1));
  }

  @Test
  void findsLinesThatHangWrong() {
    finds("a count of held lines", c -> c.benefits.envelopes.add(1, Envelopes.HELD, 1));
    finds("a line lost from its person", c -> c.benefits.lines.removeFromSubject(3));
    finds("a line lost from those ready", c -> c.benefits.lines.removeReady(3));
    finds("a state of its own", c -> c.benefits.lines.state(1, PaymentState.SETTLED));
    finds("an entitlement given back", c -> c.benefits.lines.taken(1, 0));
    finds("a payment that is another's", c -> c.benefits.lines.payment(2, 1));
  }

  @Test
  void findsWhatIsTakenWrong() {
    finds("a cycle that counts one more", c -> c.benefits.cycles.declare(1, 1));
    finds("a cycle that counts one finished", c -> c.benefits.cycles.finished(1));
    finds("closed before its envelopes", c -> c.benefits.cycles.close(1, 1, 1));
    finds("a chain without its head", c -> c.benefits.cycles.freed(1, 0));
    finds("an entitlement freed", c -> c.benefits.entitlements.free(1));
    finds("an entitlement whose line lives", c -> c.benefits.entitlements.forgetLine(1));
    finds("an entitlement of nobody", c -> c.benefits.entitlements.take(1, 5, 1, 1));
    finds(
        "an entitlement of another line",
        c -> c.benefits.lines.taken(1, c.benefits.lines.taken(2)));
  }
}
