package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.VoucherChangedEncoder;
import org.civicswitch.core.protocol.VoucherRedeemedEncoder;
import org.civicswitch.core.protocol.VoucherState;
import org.civicswitch.identity.Token;

/** How vouchers end: by themselves at their time, or by command; and what is said of them. */
final class VoucherLife implements DueWork {
  /** Of one voucher that ends, its programme's among them. */
  private static final int BYTES_PER_VOUCHER = 512;

  private final Core core;
  private final Programmes programmes;
  private final Vouchers vouchers;
  private final ProgrammeFunds funds;
  private final VoucherChangedEncoder changed = new VoucherChangedEncoder();
  private final VoucherRedeemedEncoder redeemed = new VoucherRedeemedEncoder();
  private final Token token = new Token();

  VoucherLife(
      final Core core,
      final Programmes programmes,
      final Vouchers vouchers,
      final ProgrammeFunds funds) {
    this.core = core;
    this.programmes = programmes;
    this.vouchers = vouchers;
    this.funds = funds;
  }

  @Override
  public long nextDueMs() {
    return vouchers.nextTimerMs();
  }

  /** Expires what is due, and forgets what ended long ago. */
  @Override
  public void step(final long nowMs) {
    for (int i = core.settings.count(Parameter.TIMERS_PER_COMMAND);
        i > 0 && vouchers.nextTimerMs() <= nowMs && core.feed.hasRoomForDueWork(BYTES_PER_VOUCHER);
        i--) {
      final int voucher = vouchers.nextTimer();
      if (vouchers.isLive(voucher)) {
        end(voucher, VoucherState.EXPIRED);
      } else {
        vouchers.forget(voucher);
      }
    }
  }

  /** Ends a voucher that is live; what is left goes back to cash and budget. */
  void end(final int voucher, final VoucherState state) {
    funds.retire(
        vouchers.intAt(voucher, Vouchers.PROGRAMME),
        vouchers.intAt(voucher, Vouchers.ASSET),
        vouchers.intAt(voucher, Vouchers.UNITS),
        vouchers.get(voucher, Vouchers.LEFT),
        core.scalars.timeMs());
    vouchers.set(voucher, Vouchers.LEFT, 0);
    vouchers.set(voucher, Vouchers.UNITS, 0);
    vouchers.state(voucher, state);
    vouchers.timer(
        voucher, core.scalars.timeMs() + core.settings.get(Parameter.PAYMENT_RETENTION_MS) + 1);
    say(voucher);
  }

  void say(final int voucher) {
    final Feed feed = core.feed;
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed
        .voucher()
        .hi(vouchers.get(voucher, Vouchers.ID_HI))
        .lo(vouchers.get(voucher, Vouchers.ID_LO));
    changed
        .programme(programmes.get(vouchers.intAt(voucher, Vouchers.PROGRAMME), Programmes.NUMBER))
        .asset(assetNumber(voucher))
        .state(vouchers.state(voucher))
        .amount(vouchers.get(voucher, Vouchers.AMOUNT))
        .left(vouchers.get(voucher, Vouchers.LEFT))
        .category(vouchers.intAt(voucher, Vouchers.CATEGORY))
        .expiresMs(vouchers.get(voucher, Vouchers.EXPIRES_MS));
    core.identity.subjects().token(vouchers.intAt(voucher, Vouchers.SUBJECT), token);
    changed.subject().a(token.a()).b(token.b()).c(token.c()).d(token.d());
    feed.commit(changed.encodedLength());
  }

  private long assetNumber(final int voucher) {
    final int asset = core.assets.ledgerAsset(vouchers.intAt(voucher, Vouchers.ASSET));
    return Integer.toUnsignedLong(core.ledger.assets().number(asset));
  }

  /** What is left is that after the redemption. */
  void sayRedeemed(
      final Command command,
      final int voucher,
      final long merchant,
      final int participant,
      final long amount) {
    final Feed feed = core.feed;
    redeemed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(redeemed.at());
    redeemed
        .voucher()
        .hi(vouchers.get(voucher, Vouchers.ID_HI))
        .lo(vouchers.get(voucher, Vouchers.ID_LO));
    redeemed
        .merchant(merchant)
        .atParticipant(Integer.toUnsignedLong(participant))
        .asset(assetNumber(voucher))
        .amount(amount)
        .left(vouchers.get(voucher, Vouchers.LEFT))
        .key()
        .hi(command.keyHi)
        .lo(command.keyLo);
    feed.commit(redeemed.encodedLength());
  }
}
