package org.civicswitch.ops.reporting;

/**
 * How far a running projector is.
 *
 * @param feedSequence of the last event in the store, 0 for none
 * @param logSequence of the command that caused it
 * @param timeMs its time
 * @param lagMs 0 when the store has all of the feed; else how old its last event is, or, where that
 *     is not known yet, how long it has been tried to find out; milliseconds
 * @param caughtUp whether it has all of the feed
 * @param problem why it does not go on for now, or null
 */
public record ReportingStatus(
    long feedSequence,
    long logSequence,
    long timeMs,
    long lagMs,
    boolean caughtUp,
    String problem) {
  /** One line for a person. */
  public String text() {
    final String at = "at feed sequence " + feedSequence;
    if (problem != null) {
      return at + ", stopped for now: " + problem;
    }
    return caughtUp ? at + ", up to date" : at + ", " + lagMs + " ms behind";
  }
}
