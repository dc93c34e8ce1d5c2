package org.civicswitch.ops.console;

import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.ParticipantStatus;

/** Who takes part, and in what: participants and assets by number. */
final class Directory {
  private final Map<Long, Participant> participants = new TreeMap<>();
  private final Map<Long, Asset> assets = new TreeMap<>();

  void on(final ParticipantChangedDecoder event) {
    participants.put(
        event.participant(),
        new Participant(
            event.participant(),
            event.settlementParticipant(),
            event.status(),
            event.code().strip(),
            event.name().strip()));
  }

  void on(final AssetDefinedDecoder event) {
    assets.put(
        event.asset(),
        new Asset(
            event.asset(),
            event.assetKind(),
            event.exponent(),
            event.moneyAsset(),
            event.code().strip()));
  }

  Map<Long, Participant> participants() {
    return participants;
  }

  Map<Long, Asset> assets() {
    return assets;
  }

  Participant participant(final long number) {
    final Participant known = participants.get(number);
    return known != null
        ? known
        : new Participant(number, 0, ParticipantStatus.NONE, "#" + number, "");
  }

  /** The participant on whose position this one settles: itself, or its sponsor. */
  long settles(final long number) {
    final Participant known = participants.get(number);
    return known == null || known.settlement() == 0 ? number : known.settlement();
  }

  /** Whether it draws on a sponsor's position, under a cap of its own. */
  boolean indirect(final long number) {
    return settles(number) != number;
  }

  Asset asset(final long number) {
    final Asset known = assets.get(number);
    return known != null ? known : new Asset(number, AssetKind.CURRENCY, 0, 0, "#" + number);
  }

  /** The currency behind an asset: itself, or what its vouchers and authority stand for. */
  Asset moneyOf(final long number) {
    final Asset asset = asset(number);
    return asset.kind() == AssetKind.CURRENCY || asset.money() == 0 ? asset : asset(asset.money());
  }

  Money money(final long asset, final long minor) {
    final Asset known = asset(asset);
    return new Money(minor, known.exponent(), known.code());
  }

  /** One bank, wallet or public payer. */
  record Participant(
      long number, long settlement, ParticipantStatus status, String code, String name) {}

  /** One currency, authority, voucher programme or registry unit. */
  record Asset(long number, AssetKind kind, int exponent, long money, String code) {}
}
