package org.civicswitch.ops.cli.demo;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/** A simulated bank for each seeded participant. Safe for any thread. */
public final class SimulatedBanks implements AutoCloseable {
  private final List<SimulatedBank> banks;

  private SimulatedBanks(final List<SimulatedBank> banks) {
    this.banks = List.copyOf(banks);
  }

  /**
   * Starts all; returns once each has spoken with the gateway.
   *
   * @param gateway the ISO 20022 gateway as in {@code endpoints.json}
   * @param authority that made the participants' certificates
   */
  public static SimulatedBanks start(
      final Vertx vertx, final URI gateway, final DevelopmentCa authority) throws IOException {
    final List<SimulatedBank> started = new ArrayList<>();
    try {
      for (final Bank bank : SeededWorld.BANKS) {
        started.add(SimulatedBank.start(vertx, gateway, authority, bank.bic()));
      }
      for (final SimulatedBank bank : started) {
        bank.awaitConnected();
      }
      return new SimulatedBanks(started);
    } catch (final IOException | RuntimeException e) {
      started.forEach(SimulatedBank::close);
      throw e;
    }
  }

  /**
   * The bank of this code.
   *
   * @throws IllegalArgumentException when none has it
   */
  public SimulatedBank bank(final String bic) {
    return banks.stream()
        .filter(bank -> bank.bic().equals(bic))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no simulated bank '" + bic + "'"));
  }

  public List<SimulatedBank> all() {
    return banks;
  }

  /** The sums over all banks. */
  public BankTotals totals() {
    return banks.stream().map(SimulatedBank::totals).reduce(BankTotals.ZERO, BankTotals::plus);
  }

  /** Stops all, one after the other. */
  @Override
  public void close() {
    banks.forEach(SimulatedBank::close);
  }
}
