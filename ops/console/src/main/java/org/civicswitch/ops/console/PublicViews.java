package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;

/** Where each programme's money is, as anybody may know it. */
final class PublicViews {
  private static final long DAY_MS = 86_400_000;

  private PublicViews() {}

  /**
   * @param payments how many; null where only money is told
   * @param money null where it is not told, or not known
   * @param hidden whether both are kept back because they are about too few
   */
  record Figure(
      String name, String label, String meaning, Long payments, Money money, boolean hidden) {}

  /**
   * @param median how long half of them have waited at least, in words; empty where it is not told
   * @param oldest how long the one that has waited longest
   */
  record Reason(
      String name,
      String words,
      long payments,
      Money money,
      String median,
      String oldest,
      boolean hidden) {}

  record Programme(String code, List<Figure> figures, List<Reason> held) {}

  record Page(AsOf asOf, List<Programme> programmes) {}

  static Page of(final Projection projection, final long nowMs) {
    final List<Programme> programmes = new ArrayList<>();
    for (final Programmes.Programme programme : projection.programmes.all()) {
      programmes.add(programme(projection, programme, nowMs));
    }
    return new Page(projection.asOf(), programmes);
  }

  private static Programme programme(
      final Projection projection, final Programmes.Programme programme, final long nowMs) {
    final MoneyTrail.Trail trail = projection.trail.of(programme.number);
    final Money zero = projection.directory.money(programme.cashAsset, 0);
    final List<Reason> held = held(trail, zero, nowMs);
    // Adding up what is told tells nothing more; the sums themselves would.
    long waiting = 0;
    long waitingMinor = 0;
    boolean known = !trail.incomplete;
    for (final MoneyTrail.Waiting one : trail.heldBy.values()) {
      waiting += one.sum.toldCount();
      waitingMinor += one.sum.toldMinor();
      known &= one.isKnown();
    }
    long announced = 0;
    long announcedMinor = 0;
    for (final Envelopes.Envelope envelope : projection.envelopes.all()) {
      if (envelope.programme == programme.number && isAnnounced(envelope.state)) {
        announced += envelope.declaredCount;
        announcedMinor += envelope.declaredTotal;
      }
    }
    // What came in less what is left is what went out: where that is about few, so is what is left,
    // and what is not told yet is counted as if it had not been.
    final boolean cashTells =
        trail.paid.isFew()
            || trail.redeemed.isFew()
            || trail.returned.isFew()
            || trail.vouchers.isFew();
    final long cash =
        programme.cash
            + trail.paid.untold()
            + trail.redeemed.untold()
            + trail.vouchers.untold()
            - trail.returned.untold();
    final List<Figure> figures =
        List.of(
            new Figure(
                "authorised",
                "Authorised",
                "What the budget allows, what has been spent of it included.",
                null,
                projection.directory.money(
                    programme.authorityAsset, programme.authority + programme.spent),
                false),
            new Figure(
                "cash",
                "Money here",
                "On the programme's account and not paid yet.",
                null,
                cashTells || trail.incomplete ? null : zero.with(cash),
                cashTells),
            figure(
                "announced",
                "Announced",
                "In runs that are not yet approved and released.",
                SmallCounts.isSmall(announced),
                announced,
                announcedMinor,
                zero),
            figure("paid", "Paid", "On the accounts of people, final.", trail.paid, zero),
            figure(
                "under_way",
                "Under way",
                "Offered to people's banks, which answer within seconds.",
                trail.underWay,
                zero),
            figure(
                "held",
                "Held",
                "Not sent, for one of the reasons below.",
                waiting < SmallCounts.FEWEST
                    && trail.heldBy.values().stream().anyMatch(w -> w.sum.isFew()),
                waiting,
                known ? waitingMinor : -1,
                zero),
            figure(
                "vouchers_outstanding",
                "Out as vouchers",
                "Set aside for vouchers that are not spent.",
                trail.vouchers.isFew(),
                trail.vouchers.toldCount(),
                trail.incomplete ? -1 : trail.vouchers.toldMinor(),
                zero),
            figure(
                "vouchers_redeemed",
                "Paid by voucher",
                "Redeemed in shops; payments here are redemptions.",
                trail.redeemed,
                zero),
            figure(
                "returned",
                "Given back",
                "Paid, and returned by people's banks.",
                trail.returned,
                zero));
    return new Programme(
        programme.code.isEmpty() ? "#" + programme.number : programme.code, figures, held);
  }

  private static boolean isAnnounced(final EnvelopeState state) {
    return state == EnvelopeState.DRAFT
        || state == EnvelopeState.SEALED
        || state == EnvelopeState.APPROVED;
  }

  private static Figure figure(
      final String name,
      final String label,
      final String meaning,
      final MoneyTrail.Sum sum,
      final Money zero) {
    return figure(name, label, meaning, sum.isFew(), sum.toldCount(), sum.toldMinor(), zero);
  }

  /**
   * @param minor below zero: not known
   */
  private static Figure figure(
      final String name,
      final String label,
      final String meaning,
      final boolean hidden,
      final long count,
      final long minor,
      final Money zero) {
    return new Figure(
        name,
        label,
        meaning,
        hidden ? null : count,
        hidden || minor < 0 ? null : zero.with(minor),
        hidden);
  }

  private static List<Reason> held(
      final MoneyTrail.Trail trail, final Money zero, final long nowMs) {
    final List<Map.Entry<Code, MoneyTrail.Waiting>> groups =
        trail.heldBy.entrySet().stream()
            .filter(
                group -> group.getValue().sum.toldCount() > 0 || !group.getValue().lines.isEmpty())
            .toList();
    final boolean[] hidden =
        SmallCounts.hidden(groups.stream().map(group -> group.getValue().sum.toldCount()).toList());
    final List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < hidden.length; i++) {
      final MoneyTrail.Waiting waiting = groups.get(i).getValue();
      hidden[i] |= waiting.sum.toldCount() == 0;
      final List<Long> since =
          waiting.lines.values().stream().map(MoneyTrail.Held::sinceMs).sorted().toList();
      // Of fewer than that no age, whatever was told before.
      final boolean ages = !hidden[i] && since.size() >= SmallCounts.FEWEST;
      reasons.add(
          new Reason(
              groups.get(i).getKey().name(),
              words(groups.get(i).getKey()),
              hidden[i] ? 0 : waiting.sum.toldCount(),
              hidden[i] || trail.incomplete || !waiting.isKnown()
                  ? null
                  : zero.with(waiting.sum.toldMinor()),
              ages ? age(since.get(since.size() / 2), nowMs) : "",
              ages ? age(since.get(0), nowMs) : "",
              hidden[i]));
    }
    return reasons;
  }

  /** In days of the calendar: an exact age, or when it grows, would tell whose notice it was. */
  static String age(final long sinceMs, final long nowMs) {
    final long days =
        Math.floorDiv(nowMs, DAY_MS) - Math.floorDiv(Math.min(sinceMs, nowMs), DAY_MS);
    return days == 0 ? "since today" : days + (days == 1 ? " day" : " days");
  }

  private static String words(final Code code) {
    return switch (code) {
      case SUBJECT_NOT_ACTIVE ->
          "A register reported something about the person, such as a death, or it is in question"
              + " who the person is. An officer looks into it.";
      case VERDICT_MISSING -> "The person has not shown yet who they are.";
      case VERDICT_EXPIRED -> "The proof of who the person is has run out and has to be renewed.";
      case VERDICT_ASSURANCE_LOW ->
          "The proof of who the person is is not strong enough for this programme.";
      default -> "Another rule of the programme.";
    };
  }
}
