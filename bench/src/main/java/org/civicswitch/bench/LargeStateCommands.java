package org.civicswitch.bench;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.DefineAssetEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.RegisterParticipantEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;

/**
 * The commands that fill a switch before it has operators: assets, participants, a position of each
 * participant in each asset (and with it an account), and then limits changed here and there. Each
 * leaves a remembered id, spread over all 128 bits.
 */
final class LargeStateCommands {
  /** Above whatever the seeded world uses. */
  private static final int NUMBERS_FROM = 10_000_000;

  private final LargeState state;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final DefineAssetEncoder asset = new DefineAssetEncoder();
  private final RegisterParticipantEncoder participant = new RegisterParticipantEncoder();
  private final SetParticipantLimitEncoder limit = new SetParticipantLimitEncoder();
  private final SplittableRandom random = new SplittableRandom(7);
  private int length;

  LargeStateCommands(final LargeState state) {
    this.state = state;
  }

  /**
   * The next command; valid until the one after.
   *
   * @param number from 0, each once and in order
   */
  UnsafeBuffer encode(final int number, final long nowMs) {
    final int participantsFrom = state.assets();
    final int positionsFrom = participantsFrom + state.participants();
    final int changesFrom = positionsFrom + state.positions();
    final int encoded;
    if (number < participantsFrom) {
      encoded = asset(number, nowMs);
    } else if (number < positionsFrom) {
      encoded = participant(number - participantsFrom, nowMs);
    } else if (number < changesFrom) {
      encoded = limit(number - positionsFrom, nowMs);
    } else {
      encoded = limit(random.nextInt(state.positions()), nowMs);
    }
    length = MessageHeaderEncoder.ENCODED_LENGTH + encoded;
    return buffer;
  }

  /** Of the command encoded last. */
  int length() {
    return length;
  }

  private void head(final HeadEncoder head, final long nowMs) {
    head.participant(0)
        .connection(0)
        .keyHi(random.nextLong())
        .keyLo(random.nextLong())
        .createdMs(nowMs);
  }

  private int asset(final int number, final long nowMs) {
    asset.wrapAndApplyHeader(buffer, 0, header);
    head(asset.head(), nowMs);
    asset
        .asset(NUMBERS_FROM + number)
        .assetKind(AssetKind.CURRENCY)
        .exponent((short) 2)
        .moneyAsset(0);
    asset.rules().clear();
    return asset.code("A" + number).encodedLength();
  }

  private int participant(final int number, final long nowMs) {
    participant.wrapAndApplyHeader(buffer, 0, header);
    head(participant.head(), nowMs);
    return participant
        .newParticipant(NUMBERS_FROM + number)
        .settlementParticipant(0)
        .code("P" + number)
        .name("Participant " + number)
        .encodedLength();
  }

  private int limit(final int position, final long nowMs) {
    limit.wrapAndApplyHeader(buffer, 0, header);
    head(limit.head(), nowMs);
    return limit
        .target(NUMBERS_FROM + position / state.assets())
        .asset(NUMBERS_FROM + position % state.assets())
        .netDebitCap(random.nextInt(1 << 30))
        .paymentMax(0)
        .encodedLength();
  }
}
