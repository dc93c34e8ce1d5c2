package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;

/**
 * Money inside against money outside, per currency: positions + programme cash + reserved + voucher
 * reserve = settlement account. The right side is added up from what entered and left against
 * settlement references and nothing else, so that neither side can hide the other's error.
 *
 * <p>A command moves both sides by several events: the proof is taken between commands only.
 */
final class FundsProof {
  private final Map<Long, Long> settlementAccount = new HashMap<>();

  void on(final LiquidityMovedDecoder event) {
    if (event.liquidityKind() == LiquidityKind.IN) {
      settlementAccount.merge(event.asset(), event.amount(), Math::addExact);
    } else if (event.liquidityKind() == LiquidityKind.OUT_CONFIRM) {
      settlementAccount.merge(event.asset(), -event.amount(), Math::addExact);
    }
  }

  /** Cash entered a programme against a settlement reference. */
  void funded(final long asset, final long amount) {
    settlementAccount.merge(asset, amount, Math::addExact);
  }

  /** By currency number. */
  List<Funds> take(
      final Directory directory, final Positions positions, final Programmes programmes) {
    final Map<Long, Sums> byCurrency = new TreeMap<>();
    settlementAccount.forEach(
        (asset, balance) -> byCurrency.computeIfAbsent(asset, a -> new Sums()).outside = balance);
    for (final Positions.Position position : positions.all()) {
      // What an indirect participant drew is on its sponsor's position already.
      if (directory.asset(position.key.asset()).kind() == AssetKind.CURRENCY
          && !directory.indirect(position.key.participant())) {
        final Sums sums = byCurrency.computeIfAbsent(position.key.asset(), a -> new Sums());
        sums.positions += position.available();
        sums.reserved += position.reserved();
      }
    }
    for (final Programmes.Programme programme : programmes.all()) {
      final Sums sums = byCurrency.computeIfAbsent(programme.cashAsset, a -> new Sums());
      sums.programmeCash += programme.cash - programme.reserved;
      sums.reserved += programme.reserved;
      sums.vouchers += programme.voucherReserve;
    }
    final List<Funds> funds = new ArrayList<>(byCurrency.size());
    byCurrency.forEach(
        (asset, s) ->
            funds.add(
                new Funds(asset, s.positions, s.programmeCash, s.reserved, s.vouchers, s.outside)));
    return funds;
  }

  private static final class Sums {
    long positions;
    long programmeCash;
    long reserved;
    long vouchers;
    long outside;
  }

  /** One currency, minor units. */
  record Funds(
      long asset,
      long positions,
      long programmeCash,
      long reserved,
      long vouchers,
      long settlementAccount) {
    long inside() {
      return positions + programmeCash + reserved + vouchers;
    }

    long difference() {
      return inside() - settlementAccount;
    }

    boolean holds() {
      return difference() == 0;
    }
  }
}
