package org.civicswitch.ops.cli.node;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.civicswitch.core.host.EmbeddedHost;
import org.civicswitch.ops.console.Health;

/** Health of the embedded host, for the console's ops listener. */
final class HostHealth implements Health {
  private final EmbeddedHost host;
  private final BooleanSupplier gateway;

  HostHealth(final EmbeddedHost host, final BooleanSupplier gateway) {
    this.host = host;
    this.gateway = gateway;
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
            gateway.getAsBoolean() ? "follows the feed" : "no longer follows the feed: restart"));
  }
}
