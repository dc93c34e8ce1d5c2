package org.civicswitch.core.engine;

/** Work that falls due by itself, done a bounded piece at a time before every command. */
interface DueWork {
  /** When there is something to do, or {@link Long#MAX_VALUE}; 0 when work waits already. */
  long nextDueMs();

  /** Does a bounded piece of what is due. Asks {@link Feed#hasRoomForDueWork}. */
  void step(long nowMs);
}
