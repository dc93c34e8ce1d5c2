package org.civicswitch.ops.treasury;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.WindowState;
import org.civicswitch.gateway.kit.Id128;

/** What a change of settlement makes different, from the feed. */
final class SettlementEffects {
  /** Obligations told one by one; {@code window show} has all. */
  static final int LISTED = 200;

  private final TreasuryBook book;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  SettlementEffects(final TreasuryBook book) {
    this.book = book;
  }

  /** Empty for a kind that is not about settlement. */
  List<Effect> of(final int template, final UnsafeBuffer bytes) {
    return switch (template) {
      case SetSettlementModelDecoder.TEMPLATE_ID ->
          model(new SetSettlementModelDecoder().wrapAndApplyHeader(bytes, 0, header));
      case ProposeSettlementDecoder.TEMPLATE_ID -> {
        final ProposeSettlementDecoder change =
            new ProposeSettlementDecoder().wrapAndApplyHeader(bytes, 0, header);
        final List<Effect> effects = step(change.window(), WindowState.PROPOSED);
        effects.add(reference(Id128.of(change.reference())));
        yield effects;
      }
      case ConfirmSettlementDecoder.TEMPLATE_ID -> {
        final ConfirmSettlementDecoder change =
            new ConfirmSettlementDecoder().wrapAndApplyHeader(bytes, 0, header);
        final List<Effect> effects = step(change.window(), WindowState.CONFIRMED);
        effects.add(reference(Id128.of(change.reference())));
        yield effects;
      }
      case SettleWindowDecoder.TEMPLATE_ID ->
          settle(new SettleWindowDecoder().wrapAndApplyHeader(bytes, 0, header).window());
      case DeclareDefaultDecoder.TEMPLATE_ID ->
          declareDefault(new DeclareDefaultDecoder().wrapAndApplyHeader(bytes, 0, header));
      case MoveCollateralDecoder.TEMPLATE_ID ->
          collateral(new MoveCollateralDecoder().wrapAndApplyHeader(bytes, 0, header));
      default -> List.of();
    };
  }

  private static Effect reference(final Id128 reference) {
    return new Effect("settlement reference", "", reference.toString());
  }

  private List<Effect> model(final SetSettlementModelDecoder change) {
    final int asset = (int) change.asset();
    final String whose = "scheme " + change.scheme() + " " + book.code(asset) + " ";
    final SettlementBook.Model now =
        book.settlement()
            .model(change.scheme(), asset)
            .orElse(
                new SettlementBook.Model(
                    change.scheme(), asset, SettlementModel.PREFUNDED_GROSS, false));
    return List.of(
        new Effect(whose + "settlement model", now.model().name(), change.settlementModel().name()),
        new Effect(
            whose + "caps beyond collateral",
            now.uncovered() ? "yes" : "no",
            change.uncovered() == 1 ? "yes" : "no"));
  }

  /**
   * What a close now would give: the window that opens, what everybody gets or owes, who is short.
   */
  List<Effect> close(final long number) {
    final List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect(
            "open settlement window",
            Long.toString(book.settlement().openWindow()),
            Long.toString(number + 1)));
    final SettlementBook.Window closing = window(number);
    closing.nets().stream()
        .filter(one -> one.net() != 0)
        .limit(LISTED)
        .forEach(
            one ->
                effects.add(
                    new Effect(
                        obligation(one.participant(), 0, one.asset()),
                        "",
                        book.amount(one.net(), one.asset()))));
    book.settlement().debts(closing).stream()
        .filter(one -> one.uncovered() > 0)
        .limit(LISTED)
        .forEach(
            one ->
                effects.add(
                    new Effect(
                        book.name(one.participant())
                            + " "
                            + book.code(one.asset())
                            + " owed beyond its collateral",
                        "",
                        book.amount(one.uncovered(), one.asset()))));
    return effects;
  }

  private SettlementBook.Window window(final long number) {
    return book.settlement()
        .window(number)
        .orElse(
            new SettlementBook.Window(
                number, WindowState.NONE, 0, 0, Id128.NONE, List.of(), List.of()));
  }

  private List<Effect> step(final long number, final WindowState state) {
    final List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect("window " + number + " state", window(number).state().name(), state.name()));
    return effects;
  }

  private List<Effect> settle(final long number) {
    final List<Effect> effects = step(number, WindowState.SETTLED);
    final List<SettlementBook.Obligation> obligations = window(number).obligations();
    for (final SettlementBook.Obligation one :
        obligations.subList(0, Math.min(LISTED, obligations.size()))) {
      effects.add(
          new Effect(
              obligation(one.participant(), one.counterparty(), one.asset()),
              book.amount(one.net(), one.asset()),
              book.amount(0, one.asset())));
    }
    if (obligations.size() > LISTED) {
      effects.add(new Effect("more obligations", (obligations.size() - LISTED) + "", "0"));
    }
    return effects;
  }

  private String obligation(final int participant, final int counterparty, final int asset) {
    return book.name(participant)
        + (counterparty == 0 ? "" : " with " + book.name(counterparty))
        + " "
        + book.code(asset)
        + " obligation";
  }

  private List<Effect> declareDefault(final DeclareDefaultDecoder change) {
    final int asset = (int) change.asset();
    final int target = (int) change.target();
    final int other = (int) change.counterparty();
    long owed = 0;
    for (final SettlementBook.Obligation one : window(change.window()).obligations()) {
      final SettlementBook.Obligation mine =
          one.counterparty() == target && other != 0 ? one.turned() : one;
      if (mine.asset() == asset && mine.participant() == target && mine.counterparty() == other) {
        owed = Math.max(0, -mine.net());
      }
    }
    final SettlementBook.Funds own = book.settlement().funds(target, asset);
    final SettlementBook.Funds fund = book.settlement().funds(0, asset);
    final long fromOwn = Math.min(owed, own.free());
    final TreasuryBook.Participant known = book.participant(target);
    return List.of(
        new Effect(
            book.name(target) + " status", known == null ? "" : known.status().name(), "SUSPENDED"),
        new Effect(
            obligation(target, other, asset) + ", paid by others' money",
            book.amount(0, asset),
            book.amount(owed, asset)),
        new Effect(
            book.name(target) + " " + book.code(asset) + " collateral, free",
            book.amount(own.free(), asset),
            book.amount(own.free() - fromOwn, asset)),
        new Effect(
            book.code(asset) + " default fund, free",
            book.amount(fund.free(), asset),
            book.amount(fund.free() - (owed - fromOwn), asset)));
  }

  private List<Effect> collateral(final MoveCollateralDecoder change) {
    final int asset = (int) change.asset();
    final int target = (int) change.target();
    final String what =
        target == 0
            ? book.code(asset) + " default fund"
            : book.name(target) + " " + book.code(asset) + " collateral";
    final SettlementBook.Funds now = book.settlement().funds(target, asset);
    final long amount = change.amount();
    final List<Effect> effects = new ArrayList<>();
    final long held =
        switch (change.liquidityKind()) {
          case IN -> amount;
          case OUT_CONFIRM -> -amount;
          default -> 0;
        };
    final long reserved =
        switch (change.liquidityKind()) {
          case IN -> 0;
          case OUT_RESERVE -> amount;
          default -> -amount;
        };
    if (held != 0) {
      effects.add(
          new Effect(what, book.amount(now.held(), asset), book.amount(now.held() + held, asset)));
    }
    if (reserved != 0) {
      effects.add(
          new Effect(
              what + ", reserved",
              book.amount(now.reserved(), asset),
              book.amount(now.reserved() + reserved, asset)));
    }
    effects.add(reference(Id128.of(change.reference())));
    return effects;
  }
}
