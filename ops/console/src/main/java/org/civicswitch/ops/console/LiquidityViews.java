package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.AssetKind;

/** Liquidity as its page shows it: how much is left, for how long, and what came or went last. */
final class LiquidityViews {
  /** Sooner than this, at the present rate, is said beside the figure. */
  static final long SOON_S = 900;

  private LiquidityViews() {}

  static Views.Liquidity of(final Projection projection, final long only) {
    final Directory directory = projection.directory;
    final long nowMs = projection.asOf().timeMs();
    final List<Views.LiquidityRow> rows = new ArrayList<>();
    for (final Positions.Position position : projection.positions.all()) {
      final long participant = position.key.participant();
      final long asset = position.key.asset();
      if (directory.asset(asset).kind() != AssetKind.CURRENCY
          || (only != 0 && only != participant)) {
        continue;
      }
      final long left =
          position.trend.secondsLeft(nowMs, position.available(), position.headroom());
      rows.add(
          new Views.LiquidityRow(
              MoneyViews.position(directory, position),
              position.netDebitCap == 0
                  ? Wording.NONE
                  : Math.round(100.0 * Math.max(0, -position.available()) / position.netDebitCap)
                      + " %",
              left < 0 ? "Not falling" : left == 0 ? "Now" : Utc.duration(left),
              left >= 0 && left < SOON_S));
    }
    final List<Views.Move> moves = new ArrayList<>();
    for (final LiquidityMoves.Move move : projection.moves.newestFirst()) {
      if (only == 0 || only == move.participant()) {
        moves.add(
            new Views.Move(
                Utc.full(move.timeMs()),
                move.sequence(),
                directory.participant(move.participant()).code(),
                words(move),
                directory.money(move.asset(), move.amount()),
                move.reference().toString()));
      }
    }
    return new Views.Liquidity(projection.asOf(), rows, moves);
  }

  private static String words(final LiquidityMoves.Move move) {
    return switch (move.kind()) {
      case IN -> "In";
      case OUT_RESERVE -> "Out, reserved";
      case OUT_CONFIRM -> "Out, paid";
      case OUT_CANCEL -> "Out, cancelled";
      default -> Wording.words(move.kind().name());
    };
  }
}
