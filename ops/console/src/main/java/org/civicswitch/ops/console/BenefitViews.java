package org.civicswitch.ops.console;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.EnvelopeState;

/** Envelopes, vouchers and held subjects as pages show them. */
final class BenefitViews {
  /** How many vouchers and held subjects a page lists. */
  static final int LISTED = 50;

  private BenefitViews() {}

  static List<Views.Envelope> envelopes(
      final Projection projection, final long nowMs, final int limit) {
    return projection.envelopes.all().stream()
        .limit(limit)
        .map(envelope -> envelope(projection, envelope, nowMs))
        .toList();
  }

  /** Null when there is no such envelope here. */
  static Views.Envelope envelope(final Projection projection, final Id128 id, final long nowMs) {
    final Envelopes.Envelope envelope = projection.envelopes.get(id);
    return envelope == null ? null : envelope(projection, envelope, nowMs);
  }

  private static Views.Envelope envelope(
      final Projection projection, final Envelopes.Envelope envelope, final long nowMs) {
    final Programmes.Programme programme = projection.programmes.at(envelope.programme);
    final Money zero = projection.directory.money(programme.cashAsset, 0);
    final double rate = envelope.pace.perSecond(nowMs);
    // What is given up waits for nothing.
    final long held = envelope.state == EnvelopeState.CANCELLED ? 0 : envelope.held;
    final long open = envelope.declaredCount - envelope.done() - held;
    return new Views.Envelope(
        envelope.id.toString(),
        envelope.id.brief(),
        programme.code.isEmpty() ? "#" + envelope.programme : programme.code,
        envelope.cycle,
        Wording.words(envelope.state.name()),
        Wording.tone(envelope.state),
        envelope.declaredCount,
        zero.with(envelope.declaredTotal),
        envelope.added,
        zero.with(envelope.addedTotal),
        envelope.sent,
        envelope.settled,
        zero.with(envelope.settledTotal),
        envelope.rejected,
        envelope.expired,
        held,
        envelope.returned,
        envelope.approvals,
        envelope.done(),
        envelope.declaredCount == 0 ? 0 : (int) (envelope.done() * 100 / envelope.declaredCount),
        Wording.rate(rate),
        eta(envelope.state, open, rate),
        envelope.changedMs == 0 ? Wording.NONE : Utc.full(envelope.changedMs) + " UTC",
        envelope.reasons.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue()))
            .map(e -> new Views.Reason(e.getKey(), e.getValue()))
            .toList());
  }

  private static String eta(final EnvelopeState state, final long open, final double rate) {
    if (state != EnvelopeState.RELEASED) {
      return "";
    }
    if (open <= 0) {
      return "done";
    }
    return rate > 0 ? "in about " + Utc.duration(Math.round(open / rate)) : "no line is moving";
  }

  static List<Views.Voucher> vouchers(final Projection projection) {
    return projection.vouchers.newest(LISTED).stream()
        .map(
            v ->
                new Views.Voucher(
                    v.id().toString(),
                    projection.programmes.at(v.programme()).code,
                    projection.directory.money(v.asset(), v.amount()),
                    projection.directory.money(v.asset(), v.left()),
                    v.category(),
                    Wording.words(v.state().name()),
                    Wording.tone(v.state()),
                    v.expiresMs() == 0 ? Wording.NONE : Utc.full(v.expiresMs()) + " UTC"))
        .toList();
  }

  static List<Views.Held> held(final Projection projection) {
    return projection.subjects.newest(LISTED).stream()
        .map(
            h ->
                new Views.Held(
                    h.subject().toString(),
                    Wording.words(h.status().name()),
                    h.notice().isEmpty()
                        ? "An officer"
                        : "Registry: "
                            + Wording.words(h.notice()).toLowerCase(java.util.Locale.ROOT),
                    h.lines(),
                    Utc.full(h.timeMs()) + " UTC"))
        .toList();
  }
}
