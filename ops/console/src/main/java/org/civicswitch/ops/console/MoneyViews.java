package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.AssetKind;

/** Positions, programmes and the proof of funds as pages show them. */
final class MoneyViews {
  /** Below this share of headroom, in percent, a position is low; below the other, critical. */
  static final int LOW = 20;

  static final int CRITICAL = 5;

  private MoneyViews() {}

  static Views.Proof proof(final Projection projection) {
    final Projection.Proof proof = projection.proof();
    final List<Views.Funds> rows = new ArrayList<>();
    for (final FundsProof.Funds funds : proof.funds()) {
      final Money zero = projection.directory.money(funds.asset(), 0);
      rows.add(
          new Views.Funds(
              zero.with(funds.positions()),
              zero.with(funds.programmeCash()),
              zero.with(funds.reserved()),
              zero.with(funds.vouchers()),
              zero.with(funds.inside()),
              zero.with(funds.settlementAccount()),
              zero.with(funds.difference()),
              funds.holds()));
    }
    return new Views.Proof(proof.asOf(), proof.holds(), rows);
  }

  static List<Views.Position> positions(final Projection projection) {
    final Directory directory = projection.directory;
    final List<Views.Position> rows = new ArrayList<>();
    for (final Positions.Position position : projection.positions.all()) {
      if (directory.asset(position.key.asset()).kind() != AssetKind.CURRENCY) {
        continue;
      }
      rows.add(position(directory, position));
    }
    return rows;
  }

  static Views.Position position(final Directory directory, final Positions.Position position) {
    final long asset = position.key.asset();
    final Directory.Participant holder = directory.participant(position.key.participant());
    final int share = share(position);
    final String level = share < CRITICAL ? "critical" : share < LOW ? "low" : "ok";
    return new Views.Position(
        holder.number(),
        holder.code(),
        directory.indirect(holder.number())
            ? holder.name() + ", through " + directory.participant(holder.settlement()).code()
            : holder.name(),
        Wording.words(holder.status().name()),
        directory.money(asset, position.available()),
        directory.money(asset, position.reserved()),
        directory.money(asset, position.posted()),
        directory.money(asset, position.netDebitCap),
        directory.money(asset, position.headroom()),
        share,
        level,
        words(level, position));
  }

  static List<Views.Programme> programmes(final Projection projection) {
    final Directory directory = projection.directory;
    final List<Views.Programme> rows = new ArrayList<>();
    for (final Programmes.Programme programme : projection.programmes.all()) {
      rows.add(
          new Views.Programme(
              programme.code,
              directory.participant(programme.payingParticipant).code(),
              directory.money(programme.cashAsset, programme.cash - programme.committed),
              directory.money(programme.cashAsset, programme.committed),
              directory.money(programme.cashAsset, programme.reserved),
              directory.money(programme.authorityAsset, programme.authority),
              directory.money(programme.authorityAsset, programme.spent),
              directory.money(programme.cashAsset, programme.voucherReserve)));
    }
    return rows;
  }

  private static int share(final Positions.Position position) {
    final double most = (double) position.netDebitCap + Math.max(position.peak, 0);
    if (most <= 0) {
      return position.headroom() > 0 ? 100 : 0;
    }
    return (int) Math.max(0, Math.min(100, Math.round(100.0 * position.headroom() / most)));
  }

  private static String words(final String level, final Positions.Position position) {
    final boolean inDebit = position.available() < 0;
    return switch (level) {
      case "critical" -> position.headroom() <= 0 ? "Nothing left" : "Critical";
      case "low" -> "Low";
      default -> inDebit ? "Using cap" : "Ample";
    };
  }
}
