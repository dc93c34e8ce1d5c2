package org.civicswitch.ops.cli.node;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.civicswitch.core.host.EmbeddedHost;
import org.civicswitch.ops.console.Health;
import org.civicswitch.ops.reporting.Projector;

/** Health of the embedded host, for the console's ops listener. */
final class HostHealth implements Health {
  private final EmbeddedHost host;
  private final BooleanSupplier gateway;
  private final Projector reporting;

  /**
   * @param reporting null where it is switched off
   */
  HostHealth(final EmbeddedHost host, final BooleanSupplier gateway, final Projector reporting) {
    this.host = host;
    this.gateway = gateway;
    this.reporting = reporting;
  }

  @Override
  public boolean live() {
    return !host.isHalted();
  }

  @Override
  public List<Check> checks() {
    final String paused = host.pausedReason();
    return List.of(
        new Check(
            "host",
            !host.isHalted(),
            host.isHalted() ? "halted: " + host.haltReason().getMessage() : "running"),
        new Check("intake", paused == null, paused == null ? "open" : paused),
        new Check(
            "iso20022",
            gateway.getAsBoolean(),
            gateway.getAsBoolean() ? "follows the feed" : "no longer follows the feed: restart"),
        // Always ok: payments go on without it, and a node that is not ready gets none. The alarm
        // for it is civicswitch_reporting_lag_seconds.
        new Check(
            "reporting", true, reporting == null ? "switched off" : reporting.status().text()));
  }
}
