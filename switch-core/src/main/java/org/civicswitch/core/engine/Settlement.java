package org.civicswitch.core.engine;

import java.util.List;

/** Windows and what they owe, from their close to their settlement. */
final class Settlement {
  final Windows windows;
  final Obligations obligations;
  private final Core core;

  Settlement(final Core core) {
    this.core = core;
    windows = new Windows(core.space, core.scalars);
    obligations = new Obligations(core.space);
    final SettlementEvents events = new SettlementEvents(core, windows, obligations);
    new WindowCommands(core, windows, obligations, events).define();
    core.define(new SettlementModels.Change(core).kind());
    core.define(new Defaults(core, windows, obligations, events).kind());
    core.define(new Collateral(core, events).kind());
    core.define(new WindowWork(core, windows, obligations, events));
  }

  void rebuild() {
    windows.rebuild();
    obligations.rebuild();
  }

  /** Looks at everything of it; how many reservations it holds. */
  int audit(final List<String> problems) {
    return new SettlementAudit(core, this, problems).run();
  }
}
