package org.civicswitch.ops.funds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.CollateralMovedDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.feed.EventHandlers;
import org.civicswitch.gateway.kit.feed.FeedProjection;

/**
 * What the switch's feed says of money that came in and went out. One thread writes, any thread
 * reads. Everything is kept: 64 bytes and more a movement, of which there are some thousand a day.
 */
public final class FundsBook implements Movements, AutoCloseable {
  private final Map<Integer, String> currencies = new HashMap<>();
  private final Map<Integer, String> participants = new HashMap<>();
  private final List<Movement> movements = new ArrayList<>();
  private final FeedProjection projection;

  /** Follows the feed from its beginning. */
  public FundsBook(final SwitchConnection connection) {
    final EventHandlers handlers = new EventHandlers();
    handlers
        .on(
            AssetDefinedDecoder.TEMPLATE_ID,
            new AssetDefinedDecoder(),
            AssetDefinedDecoder::wrap,
            (sequence, event) -> asset(event))
        .on(
            ParticipantChangedDecoder.TEMPLATE_ID,
            new ParticipantChangedDecoder(),
            ParticipantChangedDecoder::wrap,
            (sequence, event) -> participant(event))
        .on(
            LiquidityMovedDecoder.TEMPLATE_ID,
            new LiquidityMovedDecoder(),
            LiquidityMovedDecoder::wrap,
            (sequence, event) -> moved(event))
        .on(
            CollateralMovedDecoder.TEMPLATE_ID,
            new CollateralMovedDecoder(),
            CollateralMovedDecoder::wrap,
            (sequence, event) -> moved(event));
    projection = FeedProjection.start("funds-feed", connection, 1, handlers);
  }

  private synchronized void asset(final AssetDefinedDecoder event) {
    if (event.assetKind() == AssetKind.CURRENCY) {
      currencies.put((int) event.asset(), event.code().strip());
    }
  }

  private synchronized void participant(final ParticipantChangedDecoder event) {
    participants.put((int) event.participant(), event.code().strip());
  }

  private synchronized void moved(final LiquidityMovedDecoder event) {
    movements.add(
        new Movement(
            event.at().sequence(),
            event.at().timeMs(),
            /* collateral= */ false,
            (int) event.participant(),
            (int) event.asset(),
            event.amount(),
            event.liquidityKind(),
            Id128.of(event.reference())));
  }

  /** Collateral and default fund lie on the same account outside. */
  private synchronized void moved(final CollateralMovedDecoder event) {
    movements.add(
        new Movement(
            event.at().sequence(),
            event.at().timeMs(),
            /* collateral= */ true,
            (int) event.participant(),
            (int) event.asset(),
            event.amount(),
            event.liquidityKind(),
            Id128.of(event.reference())));
  }

  /**
   * Waits until everything was read that was in the feed when the book was opened.
   *
   * @throws IllegalStateException if the feed cannot be followed or takes longer
   */
  public void awaitPast(final Duration patience) {
    projection.awaitCaughtUp(patience);
  }

  /** The feed sequence up to which it reaches. */
  public long asOf() {
    return projection.asOf();
  }

  @Override
  public synchronized List<Movement> movements(final String currency) {
    return movements.stream()
        .filter(movement -> currency.equals(currencies.get(movement.asset())))
        .toList();
  }

  @Override
  public synchronized List<String> currencies() {
    return movements.stream()
        .map(movement -> currencies.get(movement.asset()))
        .filter(code -> code != null)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public synchronized String participant(final int number) {
    return number == 0
        ? "the default fund"
        : participants.getOrDefault(number, "participant " + number);
  }

  @Override
  public void close() {
    projection.close();
  }
}
