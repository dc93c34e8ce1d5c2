package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Parameter;

/** Forgets answered ids when their time is over, a few per command. */
final class IdEviction implements DueWork {
  private final Settings settings;
  private final Scalars scalars;
  private final RememberedIds remembered;

  IdEviction(final Core core) {
    settings = core.settings;
    scalars = core.scalars;
    remembered = core.remembered;
  }

  private long keptMs() {
    return settings.idsKeptMs(scalars.get(Scalars.LONGEST_LIFE_MS));
  }

  @Override
  public long nextDueMs() {
    final long oldest = remembered.oldestMs();
    return oldest == Long.MAX_VALUE ? oldest : oldest + keptMs() + 1;
  }

  @Override
  public void step(final long nowMs) {
    remembered.evict(nowMs - keptMs(), settings.count(Parameter.EVICTIONS_PER_COMMAND));
  }
}
