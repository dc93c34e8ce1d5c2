package org.civicswitch.ops.console;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Everything the feed had said up to one moment, and nothing later. Stands still. Any thread. */
final class Past {
  private static final String KEY = "past";

  final Board board;
  final Pages pages;
  private final long sequence;
  private final long momentMs;
  private final StateHashes hashes;

  /**
   * @param sequence of the log that it is as of
   * @param momentMs what its pages take for now, UTC
   */
  Past(final Board board, final long sequence, final long momentMs, final StateHashes hashes) {
    this.board = board;
    this.sequence = sequence;
    this.momentMs = momentMs;
    this.hashes = hashes;
    this.pages = new Pages(board, new StageWindows(StageLatencies.none()), false, () -> momentMs);
  }

  /** The past that this request is answered from; null: from what is now. */
  static Past of(final RoutingContext request) {
    return request.get(KEY);
  }

  void answer(final RoutingContext request) {
    request.put(KEY, this);
  }

  long sequence() {
    return sequence;
  }

  /**
   * As its banner says it.
   *
   * @param now where the same page is as it is now
   */
  Views.Moment view(final long nowMs, final String now) {
    final StateHashes.Answer state = hashes.of(sequence);
    return new Views.Moment(
        sequence,
        Utc.full(momentMs),
        Utc.duration(Math.max(0, nowMs - momentMs) / 1000),
        state.hash(),
        state.why(),
        now,
        hashes.command(sequence));
  }

  /** The same for programs. */
  JsonObject json() {
    final StateHashes.Answer state = hashes.of(sequence);
    return new JsonObject()
        .put("log_sequence", sequence)
        .put("time", Utc.iso(momentMs))
        .put("state_hash", state.hash().isEmpty() ? null : state.hash())
        .put(
            "state_hash_is",
            !state.hash().isEmpty()
                ? "known"
                : state.why().isEmpty() ? "being computed" : state.why());
  }
}
