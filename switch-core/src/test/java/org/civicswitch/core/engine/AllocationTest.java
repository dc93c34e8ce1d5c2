package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Parameter;
import org.junit.jupiter.api.Test;

/**
 * In the steady state, where as much is forgotten as comes, applying commands allocates nothing.
 */
class AllocationTest {
  private static final int ROUNDS = 4_000;

  /** What is remembered is replaced several times: by then no page of an index splits any more. */
  private static final int WARM_UP = 5 * ROUNDS;

  @Test
  void applyAllocatesNothingInTheSteadyState() {
    final EngineHarness bank = new EngineHarness().genesis();
    applies(bank, 1);
    assertThat(bank.balance(EngineHarness.ALPHA)).isEqualTo(EngineHarness.FUNDS - WARM_UP - ROUNDS);
  }

  @Test
  void noMoreDoesADeferredPayment() {
    final SettlementHarness h = new SettlementHarness();
    h.bank.ok(
        h.bank
            .asOperator(EngineHarness.SETTLEMENT_OPERATOR)
            .setLimit(EngineHarness.ALPHA, EngineHarness.EUR, EngineHarness.FUNDS, 0));
    applies(h.bank, SettlementHarness.UNCOVERED);
    assertThat(h.deferred(EngineHarness.ALPHA)).isEqualTo(-WARM_UP - ROUNDS);
  }

  private static void applies(final EngineHarness bank, final int scheme) {
    bank.ok(
        bank.asOperator(EngineHarness.PLATFORM_OPERATOR)
            .configure(
                Parameter.DUPLICATE_WINDOW_MS,
                60_000,
                Parameter.PAYMENT_TIMEOUT_MS_MAX,
                60_000,
                Parameter.PAYMENT_RETENTION_MS,
                60_000));
    final List<UnsafeBuffer> commands = new ArrayList<>();
    for (int i = 1; i <= WARM_UP + ROUNDS; i++) {
      bank.nowMs += 100;
      commands.add(
          new UnsafeBuffer(
              bank.as(EngineHarness.ALPHA)
                  .submit(
                      Payment.of(i, EngineHarness.ALPHA, EngineHarness.BRAVO, 1).scheme(scheme))));
      commands.add(new UnsafeBuffer(bank.as(EngineHarness.BRAVO).confirm(i)));
    }
    final Discarded output = new Discarded();
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long start = bank.engine.timeMs();
    apply(bank.engine, commands.subList(0, WARM_UP * 2), start, output);
    final long before = threads.getCurrentThreadAllocatedBytes();
    apply(
        bank.engine,
        commands.subList(WARM_UP * 2, commands.size()),
        start + WARM_UP * 100L,
        output);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The loop of the test itself and the interpreter's leftovers, far below a byte per command.
    assertThat(allocated).isLessThan(ROUNDS);
  }

  private static void apply(
      final SwitchEngine engine,
      final List<UnsafeBuffer> commands,
      final long startMs,
      final Discarded output) {
    for (int i = 0; i < commands.size(); i++) {
      final UnsafeBuffer command = commands.get(i);
      engine.touch(command, 0, command.capacity());
      engine.apply(
          engine.sequence() + 1,
          startMs + (i / 2 + 1) * 100L,
          command,
          0,
          command.capacity(),
          output);
    }
  }

  private static final class Discarded implements Output {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_BYTES]);

    @Override
    public MutableDirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public void outcome(final int length) {}

    @Override
    public void event(final int length) {}
  }
}
