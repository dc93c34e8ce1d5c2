package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Parameter;

/** Forgets answered ids when their time is over, a few per command. */
final class IdEviction implements DueWork {
  private final Settings settings;
  private final RememberedIds remembered;

  IdEviction(final Core core) {
    settings = core.settings;
    remembered = core.remembered;
  }

  @Override
  public long nextDueMs() {
    final long oldest = remembered.oldestMs();
    return oldest == Long.MAX_VALUE ? oldest : oldest + settings.idsKeptMs() + 1;
  }

  @Override
  public void step(final long nowMs) {
    remembered.evict(nowMs - settings.idsKeptMs(), settings.count(Parameter.EVICTIONS_PER_COMMAND));
  }
}
