package org.civicswitch.ops.cli.node;

import java.util.List;
import org.civicswitch.core.host.EmbeddedHost;
import org.civicswitch.ops.console.Health;

/** Health of the embedded host, for the console's ops listener. */
final class HostHealth implements Health {
  private final EmbeddedHost host;

  HostHealth(final EmbeddedHost host) {
    this.host = host;
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
        new Check("intake", paused == null, paused == null ? "open" : paused));
  }
}
