package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TrafficPlanTest {
  private static final List<String> BICS =
      List.of("AURBXX2A", "BORBXX2A", "CEDSXX2A", "DUNEXX2A", "EMBRXX2A");

  @Test
  void nobodyRunsDry() {
    for (long seed = 1; seed <= 5; seed++) {
      final TrafficPlan plan = new TrafficPlan(BICS, seed, UUID::randomUUID);
      for (int i = 0; i < 20_000; i++) {
        final PaymentOrder order = plan.next();
        assertThat(order.debtorBic()).isNotEqualTo(order.creditorBic());
        assertThat(order.amount()).isBetween(TrafficPlan.AMOUNT_MIN, TrafficPlan.AMOUNT_MAX);
        for (final String bic : BICS) {
          assertThat(Math.abs(plan.gained(bic, order.currency())))
              .as("seed %d, payment %d, %s", seed, i, bic)
              .isLessThan(2 * TrafficPlan.AMOUNT_MAX);
        }
      }
    }
  }

  @Test
  void sameSeedSamePayments() {
    final UUID uetr = UUID.randomUUID();
    final TrafficPlan one = new TrafficPlan(BICS, 7, () -> uetr);
    final TrafficPlan other = new TrafficPlan(BICS, 7, () -> uetr);
    for (int i = 0; i < 1_000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void whatDidNotSettleIsTakenBack() {
    final TrafficPlan plan = new TrafficPlan(BICS, 7, UUID::randomUUID);
    final PaymentOrder order = plan.next();
    assertThat(plan.gained(order.creditorBic(), order.currency())).isEqualTo(order.amount());
    plan.undo(order);
    assertThat(BICS).allMatch(bic -> plan.gained(bic, order.currency()) == 0);
  }
}
