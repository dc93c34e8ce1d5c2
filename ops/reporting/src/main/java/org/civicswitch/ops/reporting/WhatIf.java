package org.civicswitch.ops.reporting;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.civicswitch.ops.reporting.PaymentSearch.Order;

/**
 * What another cap, or settling net, would have done to payments that there really were. Reads page
 * after page and keeps none. Safe for use by many threads; each call takes as long as it reads.
 */
public final class WhatIf {
  /** The longest stretch that is looked at. */
  public static final int HOURS_MAX = 72;

  /** Payments read at most; what comes behind them is left out, which the answer says. */
  public static final int PAYMENTS_MAX = 200_000;

  /** Refused payments that are named one by one. */
  public static final int LISTED = 50;

  private static final long HOUR_MS = 3_600_000;

  /**
   * A payment that was under way when the stretch began was reserved at most so long before; the
   * longest time-out that is usual.
   */
  private static final long LEAD_MS = HOUR_MS;

  private final PaymentSearch payments;
  private final PositionHistory positions;

  WhatIf(final PaymentSearch payments, final PositionHistory positions) {
    this.payments = payments;
    this.positions = positions;
  }

  /**
   * What a cap would have done.
   *
   * @param fromMs the stretch begins, UTC
   * @param toMs it ends before
   * @param asked payments of the participant that needed headroom in it
   * @param askedMinor what they come to
   * @param refused of those, by the cap
   * @param refusedMinor what they come to
   * @param refusedThen payments that really were refused for the cap of then, and are not counted
   * @param wouldPass of those, for which this cap had room
   * @param deferred payments that settle deferred and draw on no prefunded position: not looked at
   * @param lowest the least headroom there would have been; minor units
   * @param lowestMs when
   * @param listed the first refused ones
   * @param cutMs where reading ended for its limit; 0: it did not
   * @param asOf the feed sequence that the store had reached
   */
  public record Cap(
      long fromMs,
      long toMs,
      long asked,
      long askedMinor,
      long refused,
      long refusedMinor,
      long refusedThen,
      long wouldPass,
      long deferred,
      long lowest,
      long lowestMs,
      List<Refused> listed,
      long cutMs,
      long asOf) {}

  /**
   * A payment that the cap would have refused.
   *
   * @param headroom that there would have been; minor units, and less than the amount
   */
  public record Refused(PaymentRow payment, long headroom) {}

  /**
   * Goes through the payments of a participant, and of those who settle on its position, in order,
   * as if the cap had been this one all the time. A payment that it refuses is as if it had never
   * been: its later effects on the position are left out. What others, who had less then, would
   * have done is not.
   *
   * @param cap minor units, 0 or more
   * @param hours before {@code toMs}, 1 to {@link #HOURS_MAX}
   * @throws IllegalArgumentException if a number is out of its range
   * @throws IOException if the store cannot answer
   */
  public Cap cap(
      final long participant, final long asset, final long cap, final int hours, final long toMs)
      throws IOException {
    checkHours(hours);
    if (cap < 0) {
      throw new IllegalArgumentException("a cap is 0 or more, not " + cap);
    }
    final long fromMs = toMs - hours * HOUR_MS;
    final Set<Long> own = positions.settlingOn(participant);
    final CapTrial trial = new CapTrial(positions, participant, asset, cap, fromMs, own);
    final Reading read = new Reading(toMs);
    for (final long agent : own) {
      read.add(
          PaymentQuery.all()
              .withParticipant(agent)
              .withAmount(asset, null, null)
              .withTime(fromMs - LEAD_MS, toMs));
    }
    read.each(trial::payment);
    return trial.result(toMs, read.cutMs, read.asOf);
  }

  /**
   * What payments would have come to, settled net.
   *
   * @param fromMs the window opens, UTC
   * @param toMs it closes: a payment final at this millisecond belongs to the next
   * @param count payments in it
   * @param gross what they come to; minor units
   * @param net what those who owe would have paid in all
   * @param nets by participant; they sum to zero
   * @param cutMs where reading ended for its limit; 0: it did not
   * @param asOf the feed sequence that the store had reached
   */
  public record Window(
      long fromMs,
      long toMs,
      long count,
      long gross,
      long net,
      List<Net> nets,
      long cutMs,
      long asOf) {}

  /** What a participant paid and was paid; minor units. */
  public record Net(long participant, long paid, long received) {
    /** Below zero: it would have owed so much. */
    public long net() {
      return received - paid;
    }
  }

  /**
   * Adds up what became final in a stretch, by participant, whatever it really was settled by.
   * Lines of benefits are paid by their paying participant.
   *
   * @param hours before {@code toMs}, 1 to {@link #HOURS_MAX}
   * @throws IllegalArgumentException if the number is out of its range
   * @throws IOException if the store cannot answer
   */
  public Window window(final long asset, final int hours, final long toMs) throws IOException {
    checkHours(hours);
    final long fromMs = toMs - hours * HOUR_MS;
    final Map<Long, long[]> sums = new TreeMap<>();
    final long[] totals = new long[2];
    final Reading read = new Reading(toMs);
    read.add(PaymentQuery.all().withAmount(asset, null, null).withTime(fromMs - LEAD_MS, toMs));
    read.each(
        row -> {
          if (isPosted(row) && row.finalMs() >= fromMs && row.finalMs() < toMs) {
            totals[0]++;
            totals[1] += row.amount();
            sums.computeIfAbsent(row.debtorAgent(), p -> new long[2])[0] += row.amount();
            sums.computeIfAbsent(row.creditorAgent(), p -> new long[2])[1] += row.amount();
          }
        });
    final List<Net> nets = new ArrayList<>();
    sums.forEach((participant, sum) -> nets.add(new Net(participant, sum[0], sum[1])));
    final long net = nets.stream().mapToLong(one -> Math.max(0, -one.net())).sum();
    return new Window(fromMs, toMs, totals[0], totals[1], net, nets, read.cutMs, read.asOf);
  }

  /** Whether its amount has gone from one to the other. */
  static boolean isPosted(final PaymentRow row) {
    return row.finalMs() != null
        && row.status() != PaymentStatus.REJECTED
        && row.status() != PaymentStatus.EXPIRED;
  }

  private static void checkHours(final int hours) {
    if (hours < 1 || hours > HOURS_MAX) {
      throw new IllegalArgumentException("hours are 1 to " + HOURS_MAX + ", not " + hours);
    }
  }

  /** What is done with each payment, in order. */
  @FunctionalInterface
  private interface Taker {
    void take(PaymentRow row) throws IOException;
  }

  /** One reading: the payments of one or more queries in their order, each once. */
  private final class Reading {
    private final long toMs;
    private final PriorityQueue<Pages> pages =
        new PriorityQueue<>(Comparator.comparingLong(one -> one.rows.peek().number()));
    private long cutMs;
    private long asOf = Long.MAX_VALUE;

    Reading(final long toMs) {
      this.toMs = toMs;
    }

    void add(final PaymentQuery query) throws IOException {
      final Pages of = new Pages(query);
      asOf = Math.min(asOf, of.asOf);
      if (!of.rows.isEmpty()) {
        pages.add(of);
      }
    }

    void each(final Taker taker) throws IOException {
      long last = 0;
      int count = 0;
      while (!pages.isEmpty()) {
        final Pages of = pages.poll();
        final PaymentRow row = of.take();
        if (!of.rows.isEmpty()) {
          pages.add(of);
        }
        // One between two of them is found by both.
        if (row.number() == last || row.openedMs() >= toMs) {
          continue;
        }
        last = row.number();
        if (count++ == PAYMENTS_MAX) {
          cutMs = row.openedMs();
          return;
        }
        taker.take(row);
      }
    }
  }

  /** What one query finds, page after page, the eldest first. */
  private final class Pages {
    private final PaymentQuery query;
    private final Deque<PaymentRow> rows = new ArrayDeque<>();
    private final long asOf;
    private Long next;

    Pages(final PaymentQuery query) throws IOException {
      this.query = query;
      this.asOf = fetch(null);
    }

    private long fetch(final Long from) throws IOException {
      final PaymentPage page =
          payments.find(query, Order.OLDEST_FIRST, from, PaymentSearch.PAGE_MAX);
      rows.addAll(page.rows());
      next = page.next();
      return page.asOf();
    }

    PaymentRow take() throws IOException {
      final PaymentRow row = rows.poll();
      if (rows.isEmpty() && next != null) {
        fetch(next);
      }
      return row;
    }
  }
}
