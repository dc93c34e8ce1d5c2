package org.civicswitch.core.storage;

/**
 * A journal segment that will not be written again.
 *
 * @param number of the segment
 * @param firstSequence of its first entry
 * @param lastSequence of its last entry; one less than the first if it has none
 * @param end bytes in use, header included
 * @param capacity size of the file
 * @param recyclable whether every force of it is known to have come through: the file of another
 *     life may hold what a failed force left behind, which can still reach the disk
 */
public record SealedSegment(
    long number,
    long firstSequence,
    long lastSequence,
    long end,
    long capacity,
    boolean recyclable) {
  /** The file's name in the journal's directory. */
  public String fileName() {
    return SegmentHeader.fileName(number);
  }
}
