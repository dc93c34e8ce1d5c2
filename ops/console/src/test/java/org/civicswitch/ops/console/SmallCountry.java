package org.civicswitch.ops.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.core.protocol.VoucherState;

/**
 * Six participants, two currencies, one benefits run: a believable feed from a seed. It keeps its
 * own books in the simplest way, so that the console's can be compared with them.
 */
final class SmallCountry {
  static final int KES = 1;
  static final int JPY = 2;
  static final int AUTHORITY = 3;
  static final int FOOD = 4;
  static final int PARTICIPANTS = 6;
  static final int PROGRAMME = 1;

  /** Payments that wait for their answer, at most. */
  static final int UNDER_WAY = 12;

  static final int LINES = 100_000;
  static final long LINE_AMOUNT = 250_000;
  static final Id128 ENVELOPE = new Id128(0x5eed_0000_0000_4000L, 0x8000_0000_0000_0001L);

  private static final String[][] NAMES = {
    {"NAKLKENX", "Nakala Bank"},
    {"UZIMKENX", "Uzima Trust"},
    {"SAVAKENX", "Savanna Commercial"},
    {"MPUNKENX", "Mpunga Cooperative"},
    {"TREAKENX", "National Treasury"},
    {"PESAKENX", "Pesa Wallet"},
  };

  /** Indexed by participant, then asset. */
  final long[][] debits = new long[PARTICIPANTS + 1][5];

  final long[][] credits = new long[PARTICIPANTS + 1][5];
  final long[][] pending = new long[PARTICIPANTS + 1][5];
  final long[] settlementAccount = new long[5];
  long programmeCash;
  long programmePending;
  long voucherReserve;
  int settled;
  int rejected;
  int expired;

  private final Events events;
  private final SplittableRandom random;
  private final Deque<Open> open = new ArrayDeque<>();
  private Id128 voucher;
  private long voucherLeft;
  private int sent;
  private int linesSettled;
  private int linesRejected;
  private Open lastSettled;

  SmallCountry(final Events events, final long seed) {
    this.events = events;
    this.random = new SplittableRandom(seed);
  }

  void found(final long nowMs) {
    events.command(nowMs).asset(KES, AssetKind.CURRENCY, 2, 0, "KES");
    events.command(nowMs).asset(JPY, AssetKind.CURRENCY, 0, 0, "JPY");
    events.command(nowMs).asset(AUTHORITY, AssetKind.BUDGET_AUTHORITY, 2, KES, "KES-AUTH");
    events.command(nowMs).asset(FOOD, AssetKind.VOUCHER, 2, KES, "FOOD");
    for (int p = 1; p <= PARTICIPANTS; p++) {
      events.command(nowMs).participant(p, 0, NAMES[p - 1][0], NAMES[p - 1][1]);
      fund(p, KES, 50_000_000_00L, 5_000_000_00L, nowMs);
    }
    fund(1, JPY, 90_000_000L, 0, nowMs);
    fund(2, JPY, 60_000_000L, 1_000_000, nowMs);
    programmeCash = LINES * LINE_AMOUNT;
    settlementAccount[KES] += programmeCash;
    events
        .command(nowMs)
        .liquidity(5, KES, programmeCash, LiquidityKind.IN)
        .programme(PROGRAMME, 5, KES, AUTHORITY, programmeCash, programmeCash, 0, 0);
    envelope(nowMs, EnvelopeState.RELEASED);
    voucher = new Id128(0x70_0000, 0x4000);
    voucherLeft = 40_000;
    programmeCash -= voucherLeft;
    voucherReserve += voucherLeft;
    events
        .command(nowMs)
        .voucher(voucher, PROGRAMME, FOOD, VoucherState.ACTIVE, voucherLeft, voucherLeft)
        .programme(
            PROGRAMME, 5, KES, AUTHORITY, programmeCash, LINES * LINE_AMOUNT, 0, voucherReserve);
    events.command(nowMs).lifeEvent(0x5ab1e, LifeEventKind.DEATH, 1);
  }

  private void fund(
      final int participant, final int asset, final long amount, final long cap, final long nowMs) {
    credits[participant][asset] += amount;
    settlementAccount[asset] += amount;
    events
        .command(nowMs)
        .liquidity(participant, asset, amount, LiquidityKind.IN)
        .position(
            participant,
            asset,
            cap,
            debits[participant][asset],
            credits[participant][asset],
            pending[participant][asset],
            0);
  }

  /** What no switch may ever do. */
  void conjureMoney() {
    events.command(0).position(1, KES, 0, debits[1][KES], credits[1][KES] + 1, pending[1][KES], 0);
  }

  /** One more command's worth of life. */
  void step(final long nowMs) {
    final int dice = random.nextInt(100);
    if (open.size() > UNDER_WAY) {
      answer(nowMs);
    } else if (dice < 40) {
      reserve(nowMs);
    } else if (dice < 48) {
      line(nowMs);
    } else if (dice < 94) {
      answer(nowMs);
    } else if (dice < 96) {
      giveBack(nowMs);
    } else if (dice < 98) {
      redeem(nowMs);
    } else {
      events.command(nowMs).refused(Code.DUPLICATE);
    }
  }

  private void reserve(final long nowMs) {
    final Id128 envelope = Events.NO_ENVELOPE;
    final int asset = random.nextInt(10) == 0 ? JPY : KES;
    final int from = asset == JPY ? 1 + random.nextInt(2) : 1 + random.nextInt(PARTICIPANTS);
    final int to = asset == JPY ? 3 - from : 1 + (from + random.nextInt(5)) % PARTICIPANTS;
    if (from == to) {
      return;
    }
    final long amount = 1_00 + random.nextLong(20_000_00);
    final Open payment = new Open(id(), from, to, asset, amount, envelope, 0);
    events.command(nowMs).reserved(payment.uetr, from, to, asset, amount, envelope, 0);
    payment.reservedSequence = events.sequence();
    pending[from][asset] += amount;
    open.add(payment);
  }

  private void line(final long nowMs) {
    if (sent == LINES) {
      return;
    }
    events.command(nowMs);
    for (int i = 0; i < 5 && sent < LINES; i++) {
      final int to = 1 + random.nextInt(PARTICIPANTS);
      final Open payment = new Open(id(), 5, to, KES, LINE_AMOUNT, ENVELOPE, ++sent);
      events.reserved(payment.uetr, 5, to, KES, LINE_AMOUNT, ENVELOPE, sent);
      payment.reservedSequence = events.sequence();
      programmePending += LINE_AMOUNT;
      open.add(payment);
    }
    changed(EnvelopeState.RELEASED);
  }

  private void answer(final long nowMs) {
    final Open payment = open.poll();
    if (payment == null) {
      return;
    }
    final boolean isLine = !payment.envelope.none();
    final int dice = random.nextInt(100);
    events.command(nowMs);
    if (isLine) {
      programmePending -= payment.amount;
    } else {
      pending[payment.from][payment.asset] -= payment.amount;
    }
    if (dice < 94) {
      events.settled(
          payment.uetr,
          payment.from,
          payment.to,
          payment.asset,
          payment.amount,
          payment.envelope,
          payment.line,
          payment.reservedSequence);
      if (isLine) {
        programmeCash -= payment.amount;
        linesSettled++;
      } else {
        debits[payment.from][payment.asset] += payment.amount;
        lastSettled = payment;
      }
      credits[payment.to][payment.asset] += payment.amount;
      settled++;
    } else {
      final boolean late = dice >= 98;
      events.rejected(
          payment.uetr,
          payment.from,
          payment.to,
          payment.asset,
          payment.amount,
          payment.envelope,
          payment.line,
          late ? Code.DEADLINE_PASSED : Code.REJECTED_BY_CREDITOR,
          late ? "" : "AC04",
          payment.reservedSequence);
      if (late) {
        expired++;
      } else {
        rejected++;
      }
      linesRejected += isLine ? 1 : 0;
    }
    if (isLine) {
      changed(EnvelopeState.RELEASED);
    }
  }

  private void giveBack(final long nowMs) {
    if (lastSettled == null) {
      return;
    }
    final Open payment = lastSettled;
    lastSettled = null;
    events
        .command(nowMs)
        .returned(
            payment.uetr,
            id(),
            payment.to,
            payment.from,
            payment.asset,
            payment.amount,
            PaymentState.RETURNED,
            Events.NO_ENVELOPE);
    debits[payment.to][payment.asset] += payment.amount;
    credits[payment.from][payment.asset] += payment.amount;
  }

  private void redeem(final long nowMs) {
    if (voucherLeft < 1_000) {
      return;
    }
    voucherLeft -= 1_000;
    voucherReserve -= 1_000;
    credits[2][KES] += 1_000;
    events.command(nowMs).redeemed(voucher, 2, FOOD, 1_000, voucherLeft);
  }

  private void envelope(final long nowMs, final EnvelopeState state) {
    events.command(nowMs);
    changed(state);
  }

  private void changed(final EnvelopeState state) {
    events.envelope(
        ENVELOPE,
        PROGRAMME,
        state,
        LINES,
        LINES * LINE_AMOUNT,
        sent,
        linesSettled,
        linesSettled * LINE_AMOUNT,
        linesRejected,
        1);
  }

  private Id128 id() {
    return new Id128(
        (random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | 0x8000000000000000L);
  }

  private static final class Open {
    final Id128 uetr;
    final int from;
    final int to;
    final int asset;
    final long amount;
    final Id128 envelope;
    final int line;
    long reservedSequence;

    Open(
        final Id128 uetr,
        final int from,
        final int to,
        final int asset,
        final long amount,
        final Id128 envelope,
        final int line) {
      this.uetr = uetr;
      this.from = from;
      this.to = to;
      this.asset = asset;
      this.amount = amount;
      this.envelope = envelope;
      this.line = line;
    }
  }
}
