package org.civicswitch.ops.treasury;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.RolesDecoder;
import org.civicswitch.gateway.kit.Digest256;

/** What it means that somebody or something is registered, granted, or taken out. */
final class PlatformEffects {
  private final TreasuryBook book;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  PlatformEffects(final TreasuryBook book) {
    this.book = book;
  }

  /** Empty for a kind that is not of these. */
  List<Effect> of(final int template, final DirectBuffer bytes) {
    return switch (template) {
      case RegisterOperatorDecoder.TEMPLATE_ID ->
          operator(new RegisterOperatorDecoder().wrapAndApplyHeader(bytes, 0, header));
      case ChangeOperatorDecoder.TEMPLATE_ID ->
          operator(new ChangeOperatorDecoder().wrapAndApplyHeader(bytes, 0, header));
      case DefineAssetDecoder.TEMPLATE_ID ->
          asset(new DefineAssetDecoder().wrapAndApplyHeader(bytes, 0, header));
      case RegisterParticipantDecoder.TEMPLATE_ID ->
          participant(new RegisterParticipantDecoder().wrapAndApplyHeader(bytes, 0, header));
      case RegisterConnectionDecoder.TEMPLATE_ID ->
          connection(new RegisterConnectionDecoder().wrapAndApplyHeader(bytes, 0, header));
      case GrantConnectionDecoder.TEMPLATE_ID ->
          grant(new GrantConnectionDecoder().wrapAndApplyHeader(bytes, 0, header));
      case ActivateVersionDecoder.TEMPLATE_ID ->
          version(new ActivateVersionDecoder().wrapAndApplyHeader(bytes, 0, header));
      default -> List.of();
    };
  }

  private List<Effect> operator(final RegisterOperatorDecoder change) {
    final String who = "operator " + change.newOperator() + " ";
    return List.of(
        new Effect(who + "roles", "", words(change.roles())),
        new Effect(who + "key", "", Digest256.of(change.publicKey()).toString()));
  }

  private List<Effect> operator(final ChangeOperatorDecoder change) {
    final String who = "operator " + change.target() + " ";
    final TreasuryBook.Operator now = book.operator((int) change.target()).orElse(null);
    final List<Effect> effects = new ArrayList<>();
    final String roles = words(change.roles());
    effects.add(
        new Effect(
            who + "roles",
            now == null ? "" : now.roles(),
            roles.isEmpty() ? "none, signs nothing any more" : roles));
    final Digest256 key = Digest256.of(change.publicKey());
    if (!key.isNone()) {
      effects.add(new Effect(who + "key", now == null ? "" : now.key().toString(), key.toString()));
    }
    return effects;
  }

  /** The generated text has braces and a small first letter: {pLATFORM,sETTLEMENT}. */
  static String words(final RolesDecoder roles) {
    final String text = roles.toString();
    return text.substring(1, text.length() - 1).replace(",", ", ").toUpperCase(Locale.ROOT);
  }

  private List<Effect> asset(final DefineAssetDecoder change) {
    final String rules = change.rules().toString();
    return List.of(
        new Effect(
            "asset " + change.asset(),
            "",
            change.code().strip()
                + ", "
                + change.assetKind()
                + ", "
                + change.exponent()
                + " decimals"
                + (rules.equals("{}") ? "" : ", " + rules)));
  }

  private List<Effect> participant(final RegisterParticipantDecoder change) {
    final List<Effect> effects = new ArrayList<>();
    effects.add(
        new Effect(
            "participant " + change.newParticipant(),
            "",
            change.code().strip() + ", " + change.name().strip()));
    if (change.settlementParticipant() != 0) {
      effects.add(
          new Effect(
              change.code().strip() + " settles on the position of",
              "",
              book.name((int) change.settlementParticipant())));
    }
    return effects;
  }

  private List<Effect> connection(final RegisterConnectionDecoder change) {
    return List.of(
        new Effect(
            "connection " + change.newConnection() + " certificate",
            "",
            "SHA-256 " + Digest256.of(change.fingerprint())));
  }

  /** A grant replaces the one before: what is added and what goes is what people must see. */
  private List<Effect> grant(final GrantConnectionDecoder change) {
    final TreasuryBook.Grant now = book.grant((int) change.target(), (int) change.forParticipant());
    return List.of(
        new Effect(
            "connection "
                + change.target()
                + " may send for "
                + (change.forParticipant() == 0
                    ? "the platform"
                    : book.name((int) change.forParticipant())),
            kinds(now.kindsLow(), now.kindsHigh()),
            kinds(change.kindsLow(), change.kindsHigh())),
        new Effect(
            "of it new",
            "",
            kinds(change.kindsLow() & ~now.kindsLow(), change.kindsHigh() & ~now.kindsHigh())),
        new Effect(
            "of it no more",
            "",
            kinds(now.kindsLow() & ~change.kindsLow(), now.kindsHigh() & ~change.kindsHigh())));
  }

  private static String kinds(final long low, final long high) {
    if (low == -1 && high == -1) {
      return "everything";
    }
    final String names =
        IntStream.range(0, 2 * Long.SIZE)
            .filter(kind -> ((kind < Long.SIZE ? low : high) >>> kind & 1) != 0)
            .mapToObj(CommandNames::of)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  private static List<Effect> version(final ActivateVersionDecoder change) {
    return List.of(
        new Effect("version of the log", "", change.activeVersion() + ", with no way back"));
  }
}
