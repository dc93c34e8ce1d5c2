package org.civicswitch.ops.treasury;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.CloseCycleDecoder;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.IssueVoucherDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/** What a change of programmes, vouchers and people makes different. */
final class BenefitEffects {
  private final TreasuryBook book;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  BenefitEffects(final TreasuryBook book) {
    this.book = book;
  }

  /** Empty for a kind that is not of these. */
  List<Effect> of(final int template, final DirectBuffer bytes) {
    return switch (template) {
      case SetSubjectStatusDecoder.TEMPLATE_ID ->
          subject(new SetSubjectStatusDecoder().wrapAndApplyHeader(bytes, 0, header));
      case CreateProgrammeDecoder.TEMPLATE_ID ->
          programme(new CreateProgrammeDecoder().wrapAndApplyHeader(bytes, 0, header));
      case FundProgrammeDecoder.TEMPLATE_ID ->
          funding(new FundProgrammeDecoder().wrapAndApplyHeader(bytes, 0, header));
      case CloseCycleDecoder.TEMPLATE_ID ->
          cycle(new CloseCycleDecoder().wrapAndApplyHeader(bytes, 0, header));
      case RegisterMerchantDecoder.TEMPLATE_ID ->
          merchant(new RegisterMerchantDecoder().wrapAndApplyHeader(bytes, 0, header));
      case IssueVoucherDecoder.TEMPLATE_ID ->
          voucher(new IssueVoucherDecoder().wrapAndApplyHeader(bytes, 0, header));
      case CancelVoucherDecoder.TEMPLATE_ID ->
          cancelled(new CancelVoucherDecoder().wrapAndApplyHeader(bytes, 0, header));
      default -> List.of();
    };
  }

  private static List<Effect> subject(final SetSubjectStatusDecoder change) {
    return List.of(
        new Effect(
            "status of the person " + Digest256.of(change.subject()),
            "",
            change.status().toString()));
  }

  private List<Effect> programme(final CreateProgrammeDecoder change) {
    final String which = "programme " + change.programme() + " ";
    return List.of(
        new Effect(which + "code", "", change.code().strip()),
        new Effect(which + "pays from", "", book.name((int) change.payingParticipant())),
        new Effect(
            which + "in",
            "",
            book.code((int) change.cashAsset())
                + ", authority "
                + book.code((int) change.authorityAsset())),
        new Effect(
            which + "fiscal year ends", "", LocalDate.ofEpochDay(change.fiscalEnd()).toString()),
        new Effect(
            which + "asks",
            "",
            change.approvals()
                + " approvals of each run, identity at level "
                + change.assuranceMin()));
  }

  private List<Effect> funding(final FundProgrammeDecoder change) {
    final TreasuryBook.Programme now =
        book.programme((int) change.programme())
            .orElse(new TreasuryBook.Programme("programme " + change.programme(), 0, 0, 0, 0));
    final List<Effect> effects = new ArrayList<>();
    if (change.authority() != 0) {
      effects.add(
          more(
              now.code() + " budget authority",
              now.authority(),
              change.authority(),
              now.authorityAsset()));
    }
    if (change.cash() != 0) {
      effects.add(more(now.code() + " cash", now.cash(), change.cash(), now.cashAsset()));
    }
    effects.add(new Effect("reference", "", Id128.of(change.reference()).toString()));
    return effects;
  }

  private Effect more(final String what, final long before, final long by, final int asset) {
    return new Effect(
        what + " in " + book.code(asset),
        book.amount(before, asset),
        book.amount(before + by, asset));
  }

  private static List<Effect> cycle(final CloseCycleDecoder change) {
    return List.of(
        new Effect(
            "programme " + change.programme() + " cycle " + change.cycle(), "", "closed for ever"));
  }

  private List<Effect> merchant(final RegisterMerchantDecoder change) {
    return List.of(
        new Effect(
            "merchant " + change.merchant(),
            "",
            "category "
                + change.category()
                + ", paid at "
                + book.name((int) change.atParticipant())));
  }

  private List<Effect> voucher(final IssueVoucherDecoder change) {
    return List.of(
        new Effect(
            "voucher " + Id128.of(change.voucher()),
            "",
            book.amount(change.amount(), (int) change.asset())
                + " "
                + book.code((int) change.asset())
                + " for the person "
                + Digest256.of(change.subject())
                + ", category "
                + change.category()
                + ", until "
                + Instant.ofEpochMilli(change.expiresMs())));
  }

  private static List<Effect> cancelled(final CancelVoucherDecoder change) {
    return List.of(
        new Effect(
            "voucher " + Id128.of(change.voucher()),
            "",
            "cancelled, what is left goes back to its budget line"));
  }
}
