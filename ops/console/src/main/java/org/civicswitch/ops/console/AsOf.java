package org.civicswitch.ops.console;

/**
 * What an answer rests on: everything up to this feed sequence, and nothing later.
 *
 * @param feedSequence 0 before the first event
 * @param logSequence of the command that caused the last event
 * @param timeMs log time of that command, UTC
 */
record AsOf(long feedSequence, long logSequence, long timeMs) {
  static final AsOf NOTHING = new AsOf(0, 0, 0);

  String time() {
    return feedSequence == 0 ? "nothing yet" : Utc.full(timeMs) + " UTC";
  }
}
