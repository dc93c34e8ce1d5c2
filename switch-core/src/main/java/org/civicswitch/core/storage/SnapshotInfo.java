package org.civicswitch.core.storage;

/**
 * What a snapshot is of.
 *
 * @param sequence the last command in it
 * @param timeMs engine time after that command
 * @param feedSequence the last feed sequence given by then
 * @param stateHash of the state in it
 */
public record SnapshotInfo(long sequence, long timeMs, long feedSequence, long stateHash) {}
