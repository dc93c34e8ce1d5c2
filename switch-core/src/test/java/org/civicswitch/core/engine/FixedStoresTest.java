package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.EngineHarness.PLATFORM_OPERATOR;
import static org.civicswitch.core.engine.SettlementHarness.ALPHA;
import static org.civicswitch.core.engine.SettlementHarness.BRAVO;
import static org.civicswitch.core.engine.SettlementHarness.CHARLIE;
import static org.civicswitch.core.engine.SettlementHarness.EUR;
import static org.civicswitch.core.engine.SettlementHarness.NET;

import java.lang.reflect.Field;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;
import org.junit.jupiter.api.Test;

/**
 * Limits that are too large to be reached in a test, and are not configured: the store is made as
 * small as what is in it, and the refusal is CAPACITY, the state whole, and what needs no more room
 * goes on.
 */
class FixedStoresTest {
  private static void fill(final Core core, final String name) {
    final RecordStore store = store(core.space, name);
    store.capacity(Math.max(1, store.size()));
    if (store.size() == 0) {
      store.allocate();
    }
  }

  /** Nobody but a test wants a store by its name. */
  private static RecordStore store(final StateSpace space, final String name) {
    try {
      final Field stores = StateSpace.class.getDeclaredField("stores");
      stores.setAccessible(true);
      for (final Object store : (List<?>) stores.get(space)) {
        if (((RecordStore) store).name().equals(name)) {
          return (RecordStore) store;
        }
      }
    } catch (final ReflectiveOperationException e) {
      throw new LinkageError("the space keeps its stores in another field", e);
    }
    throw new AssertionError("there is no store " + name);
  }

  private static void fill(final SettlementHarness h, final String name) {
    fill(h.bank.engine.core(), name);
  }

  @Test
  void grants() {
    final SettlementHarness h = new SettlementHarness();
    fill(h, "engine.grants");
    assertThat(h.send(h.bank.asOperator(PLATFORM_OPERATOR).grant(ALPHA, CHARLIE, -1, -1)))
        .isEqualTo(Code.CAPACITY);
    assertThat(h.send(h.bank.asOperator(PLATFORM_OPERATOR).grant(ALPHA, ALPHA, -1, 0)))
        .as("one that is there is changed")
        .isEqualTo(Code.OK);
    assertThat(h.bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void settlementReferences() {
    final SettlementHarness h = new SettlementHarness();
    final long outside = h.outside();
    h.closeWhole(paid(h));
    fill(h, "engine.references");
    assertThat(h.send(h.officer().collateral(ALPHA, EUR, 5, LiquidityKind.IN, 77)))
        .isEqualTo(Code.CAPACITY);
    assertThat(h.send(h.officer().propose(1, 78))).isEqualTo(Code.CAPACITY);
    assertThat(h.outside()).isEqualTo(outside);
    assertThat(h.pay(3, NET, BRAVO, ALPHA, 10)).isEqualTo(Code.OK);
    assertThat(h.bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void settlementModels() {
    final SettlementHarness h = new SettlementHarness();
    fill(h, "engine.settlementModels");
    assertThat(h.send(h.officer().model(9, EUR, SettlementModel.DEFERRED_NET, false)))
        .isEqualTo(Code.CAPACITY);
    assertThat(h.send(h.officer().model(NET, EUR, SettlementModel.DEFERRED_NET, true)))
        .as("one that is there is changed")
        .isEqualTo(Code.OK);
    assertThat(h.bank.engine.audit().problems()).isEmpty();
  }

  @Test
  void whoPaysDeferred() {
    final SettlementHarness h = new SettlementHarness();
    fill(h, "engine.netting");
    assertThat(h.pay(1, NET, BRAVO, ALPHA, 10)).isEqualTo(Code.CAPACITY);
    assertThat(h.deferred(BRAVO)).isZero();
    assertThat(h.pay(2, 1, BRAVO, ALPHA, 10)).as("a gross scheme").isEqualTo(Code.OK);
  }

  @Test
  void obligations() {
    final SettlementHarness h = new SettlementHarness();
    final int window = paid(h);
    fill(h, "engine.obligations");
    assertThat(h.close(window)).isEqualTo(Code.CAPACITY);
    assertThat(h.pay(3, NET, BRAVO, ALPHA, 10)).as("into the same window").isEqualTo(Code.OK);
    store(h.bank.engine.core().space, "engine.obligations").capacity(100);
    h.closeWhole(window);
  }

  /** The window that is open, with a payment in it. */
  private static int paid(final SettlementHarness h) {
    assertThat(h.pay(1, NET, BRAVO, ALPHA, 10)).isEqualTo(Code.OK);
    return 1;
  }

  @Test
  void envelopes() {
    final BenefitsHarness h = new BenefitsHarness().genesis();
    h.fund(1_000, 1_000, 1);
    assertThat(h.create(1, 1, 1, 10)).isEqualTo(Code.OK);
    fill(h.engine.core(), "engine.envelopes");
    assertThat(h.create(2, 2, 1, 10)).isEqualTo(Code.CAPACITY);
    assertThat(h.fund(1, 0, 2)).isEqualTo(Code.OK);
    assertThat(h.engine.audit().problems()).isEmpty();
  }

  @Test
  void referencesOfAProgramme() {
    final BenefitsHarness h = new BenefitsHarness().genesis();
    assertThat(h.fund(1_000, 1_000, 1)).isEqualTo(Code.OK);
    fill(h.engine.core(), "engine.references");
    assertThat(h.fund(1_000, 1_000, 2)).isEqualTo(Code.CAPACITY);
    assertThat(h.fund(1_000, 1_000, 1)).as("used before").isNotEqualTo(Code.OK);
    assertThat(h.engine.audit().problems()).isEmpty();
  }
}
