package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;

/** Where each programme's money is, as anybody may know it. */
final class PublicViews {
  private PublicViews() {}

  /**
   * @param payments how many; null where only money is told
   * @param money null where it is not told, or not known
   * @param hidden whether both are kept back because they are about too few
   */
  record Figure(
      String name, String label, String meaning, Long payments, Money money, boolean hidden) {}

  /**
   * @param median how long half of them have waited at least, in words; empty where hidden
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
    final MoneyTrail.Sum waiting = new MoneyTrail.Sum();
    trail.heldBy.values().forEach(lines -> add(waiting, lines.values()));
    final MoneyTrail.Sum announced = new MoneyTrail.Sum();
    for (final Envelopes.Envelope envelope : projection.envelopes.all()) {
      if (envelope.programme == programme.number && isAnnounced(envelope.state)) {
        announced.count += envelope.declaredCount;
        announced.minor += envelope.declaredTotal;
      }
    }
    final MoneyTrail.Sum vouchers = new MoneyTrail.Sum();
    vouchers.count = trail.vouchersOut;
    vouchers.minor = programme.voucherReserve;
    // What came in less what is left is what went out: where that is about few, so is what is left.
    final boolean cashTells =
        SmallCounts.isSmall(trail.paid.count)
            || SmallCounts.isSmall(trail.redeemed.count)
            || SmallCounts.isSmall(trail.returned.count)
            || SmallCounts.isSmall(trail.vouchersOut);
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
                cashTells ? null : zero.with(programme.cash),
                cashTells),
            figure(
                "announced",
                "Announced",
                "In runs that are not yet approved and released.",
                announced,
                zero),
            figure("paid", "Paid", "On the accounts of people, final.", trail.paid, zero),
            figure(
                "under_way",
                "Under way",
                "Offered to people's banks, which answer within seconds.",
                trail.underWay,
                zero),
            figure("held", "Held", "Not sent, for one of the reasons below.", waiting, zero),
            figure(
                "vouchers_outstanding",
                "Out as vouchers",
                "Set aside for vouchers that are not spent.",
                vouchers,
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
    final boolean hidden = SmallCounts.isSmall(sum.count);
    return new Figure(
        name,
        label,
        meaning,
        hidden ? null : sum.count,
        hidden || sum.minor < 0 ? null : zero.with(sum.minor),
        hidden);
  }

  /** An amount that is not remembered makes the whole unknown: below zero. */
  private static void add(final MoneyTrail.Sum sum, final Collection<MoneyTrail.Held> lines) {
    for (final MoneyTrail.Held line : lines) {
      sum.count++;
      sum.minor = sum.minor < 0 || line.minor() < 0 ? -1 : sum.minor + line.minor();
    }
  }

  private static List<Reason> held(
      final MoneyTrail.Trail trail, final Money zero, final long nowMs) {
    final List<Map.Entry<Code, Map<MoneyTrail.Line, MoneyTrail.Held>>> groups =
        trail.heldBy.entrySet().stream().filter(group -> !group.getValue().isEmpty()).toList();
    final boolean[] hidden =
        SmallCounts.hidden(groups.stream().map(group -> (long) group.getValue().size()).toList());
    final List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < hidden.length; i++) {
      final Collection<MoneyTrail.Held> lines = groups.get(i).getValue().values();
      final MoneyTrail.Sum sum = new MoneyTrail.Sum();
      add(sum, lines);
      final List<Long> since = lines.stream().map(MoneyTrail.Held::sinceMs).sorted().toList();
      reasons.add(
          new Reason(
              groups.get(i).getKey().name(),
              words(groups.get(i).getKey()),
              hidden[i] ? 0 : sum.count,
              hidden[i] || sum.minor < 0 ? null : zero.with(sum.minor),
              hidden[i] ? "" : age(nowMs - since.get(since.size() / 2)),
              hidden[i] ? "" : age(nowMs - since.get(0)),
              hidden[i]));
    }
    return reasons;
  }

  /** As rough as is useful: an exact age would tell whose notice it was. */
  static String age(final long ms) {
    final long hours = Math.max(0, ms) / 3_600_000;
    if (hours == 0) {
      return "less than an hour";
    }
    final long amount = hours < 48 ? hours : hours / 24;
    return amount + (hours < 48 ? " hour" : " day") + (amount == 1 ? "" : "s");
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
