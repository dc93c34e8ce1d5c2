package org.civicswitch.ops.treasury;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;

/** What a change makes different, read from its bytes and from what is so now. */
final class ChangeEffects {
  private final TreasuryBook book;
  private final Function<Position, OutcomeCopy> query;
  private final PlatformEffects platform;
  private final BenefitEffects benefits;
  private final SettlementEffects settlement;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  /** Whose position, in what. */
  record Position(int participant, int asset) {}

  /**
   * @param query asks the switch for a position, exactly
   */
  ChangeEffects(final TreasuryBook book, final Function<Position, OutcomeCopy> query) {
    this.book = book;
    this.query = query;
    platform = new PlatformEffects(book);
    benefits = new BenefitEffects(book);
    settlement = new SettlementEffects(book);
  }

  /** In the order in which people look. A kind that is not known here says so. */
  List<Effect> of(final byte[] change) {
    final UnsafeBuffer bytes = new UnsafeBuffer(change);
    final int template = header.wrap(bytes, 0).templateId();
    return switch (template) {
      case SetParticipantLimitDecoder.TEMPLATE_ID ->
          limit(new SetParticipantLimitDecoder().wrapAndApplyHeader(bytes, 0, header));
      case SetParticipantStatusDecoder.TEMPLATE_ID ->
          status(new SetParticipantStatusDecoder().wrapAndApplyHeader(bytes, 0, header));
      case MoveLiquidityDecoder.TEMPLATE_ID ->
          liquidity(new MoveLiquidityDecoder().wrapAndApplyHeader(bytes, 0, header));
      case CloseWindowDecoder.TEMPLATE_ID ->
          settlement.close(new CloseWindowDecoder().wrapAndApplyHeader(bytes, 0, header).window());
      case ConfigureDecoder.TEMPLATE_ID ->
          settings(new ConfigureDecoder().wrapAndApplyHeader(bytes, 0, header));
      case SetApprovalRuleDecoder.TEMPLATE_ID ->
          rule(new SetApprovalRuleDecoder().wrapAndApplyHeader(bytes, 0, header));
      default -> others(template, bytes);
    };
  }

  private List<Effect> others(final int template, final UnsafeBuffer bytes) {
    final List<Effect> effects = new ArrayList<>(platform.of(template, bytes));
    effects.addAll(benefits.of(template, bytes));
    effects.addAll(settlement.of(template, bytes));
    if (effects.isEmpty()) {
      effects.add(
          new Effect(ChangeKind.word(template), "", bytes.capacity() + " bytes, not read here"));
    }
    return effects;
  }

  private List<Effect> limit(final SetParticipantLimitDecoder change) {
    final int asset = (int) change.asset();
    final OutcomeCopy now = query.apply(new Position((int) change.target(), asset));
    final String whose = book.name((int) change.target()) + " " + book.code(asset) + " ";
    final List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect(
            whose + "net debit cap",
            now.ok() ? book.amount(value(now, ValueName.NET_DEBIT_CAP), asset) : "",
            book.amount(change.netDebitCap(), asset)));
    final String before = now.ok() ? paymentMax(value(now, ValueName.PAYMENT_MAX), asset) : "";
    final String after = paymentMax(change.paymentMax(), asset);
    if (!before.equals(after)) {
      effects.add(new Effect(whose + "limit per payment", before, after));
    }
    return effects;
  }

  private List<Effect> status(final SetParticipantStatusDecoder change) {
    final TreasuryBook.Participant now = book.participant((int) change.target());
    return List.of(
        new Effect(
            book.name((int) change.target()) + " status",
            now == null ? "" : now.status().name(),
            change.status().name()));
  }

  private List<Effect> liquidity(final MoveLiquidityDecoder change) {
    final int asset = (int) change.asset();
    final OutcomeCopy now = query.apply(new Position((int) change.target(), asset));
    final String whose = book.name((int) change.target()) + " " + book.code(asset) + " ";
    final long amount = change.amount();
    final long balance = now.ok() ? now.value() : 0;
    final long reserved = now.ok() ? value(now, ValueName.DEBITS_PENDING) : 0;
    final List<Effect> effects = new ArrayList<>();
    switch (change.liquidityKind()) {
      case IN -> effects.add(moved(whose + "position", balance, amount, asset));
      case OUT_RESERVE -> effects.add(moved(whose + "reserved", reserved, amount, asset));
      case OUT_CONFIRM -> {
        effects.add(moved(whose + "position", balance, -amount, asset));
        effects.add(moved(whose + "reserved", reserved, -amount, asset));
      }
      default -> effects.add(moved(whose + "reserved", reserved, -amount, asset));
    }
    effects.add(new Effect("settlement reference", "", Id128.of(change.reference()).toString()));
    return effects;
  }

  private Effect moved(final String what, final long before, final long by, final int asset) {
    return new Effect(what, book.amount(before, asset), book.amount(before + by, asset));
  }

  private List<Effect> settings(final ConfigureDecoder change) {
    final List<Effect> effects = new ArrayList<>();
    for (final ConfigureDecoder.SettingsDecoder setting : change.settings()) {
      effects.add(
          new Effect(
              setting.parameter().name(),
              book.setting(setting.parameter()).map(String::valueOf).orElse("default"),
              Long.toString(setting.value())));
    }
    return effects;
  }

  private List<Effect> rule(final SetApprovalRuleDecoder change) {
    final int asset = (int) change.asset();
    final String of =
        "approvals of "
            + ChangeKind.word(change.ruledTemplate())
            + (asset == 0 ? "" : " in " + book.code(asset))
            + (change.fromAmount() == 0
                ? ""
                : " from "
                    + (asset == 0 ? change.fromAmount() : book.amount(change.fromAmount(), asset)));
    return List.of(
        new Effect(
            of,
            book.wanted(change.ruledTemplate(), asset, change.fromAmount()),
            change.approvals() == 0
                ? "0"
                : change.approvals() + " by " + PlatformEffects.words(change.roles())));
  }

  static long value(final OutcomeCopy outcome, final ValueName name) {
    return outcome.values().stream()
        .filter(value -> value.name() == name)
        .mapToLong(OutcomeCopy.Value::amount)
        .findFirst()
        .orElse(0);
  }

  private String paymentMax(final long minor, final int asset) {
    return minor == 0 || minor == Long.MAX_VALUE ? "none" : book.amount(minor, asset);
  }
}
