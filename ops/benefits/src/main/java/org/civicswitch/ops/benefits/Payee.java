package org.civicswitch.ops.benefits;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.SubjectStatus;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.gateway.kit.keys.Tokens;

/**
 * A row as the switch may see it.
 *
 * @param creditorAgent 0: through the alias
 * @param code OK, or why the row cannot be paid as far as the feed tells
 */
record Payee(Digest256 subject, int creditorAgent, Digest256 alias, long aliasVersion, Code code) {

  /** Looks a row up in what the feed has told. The switch looks again, and decides. */
  static Payee of(
      final RollRow row,
      final Tokens tokens,
      final OfficeBook book,
      final int assuranceMin,
      final long nowMs) {
    final Digest256 subject;
    try {
      subject = tokens.subject(PersonId.parse(row.beneficiary()));
    } catch (final IllegalArgumentException e) {
      return new Payee(Digest256.NONE, 0, Digest256.NONE, 0, Code.IDENTITY_INVALID);
    }
    final Code person = person(book.person(subject), assuranceMin, nowMs);
    if (!row.agent().isEmpty()) {
      final OfficeBook.Bank bank = book.bank(bic8(row.agent()));
      final Code code =
          person != Code.OK
              ? person
              : bank == null
                  ? Code.CREDITOR_AGENT_UNKNOWN
                  : bank.active() ? Code.OK : Code.CREDITOR_AGENT_NOT_ACTIVE;
      return new Payee(subject, bank == null ? 0 : bank.number(), Digest256.NONE, 0, code);
    }
    final Digest256 alias;
    try {
      alias = tokens.alias(PersonId.parse(row.alias()));
    } catch (final IllegalArgumentException e) {
      return new Payee(subject, 0, Digest256.NONE, 0, Code.ALIAS_UNKNOWN);
    }
    final OfficeBook.Link link = book.alias(alias);
    final Code code =
        person != Code.OK
            ? person
            : link == null
                ? Code.ALIAS_UNKNOWN
                : link.owner().equals(subject) ? Code.OK : Code.ALIAS_OWNER_CHANGED;
    return new Payee(subject, 0, alias, link == null ? 0 : link.version(), code);
  }

  private static Code person(
      final OfficeBook.Standing person, final int assuranceMin, final long nowMs) {
    if (person == null) {
      return Code.SUBJECT_UNKNOWN;
    }
    if (person.status() != SubjectStatus.ACTIVE) {
      return Code.SUBJECT_NOT_ACTIVE;
    }
    if (person.validUntilMs() == 0) {
      return Code.VERDICT_MISSING;
    }
    if (person.validUntilMs() <= nowMs) {
      return Code.VERDICT_EXPIRED;
    }
    return person.assurance() < assuranceMin ? Code.VERDICT_ASSURANCE_LOW : Code.OK;
  }

  /** A head office's BIC may be written with its branch letters. */
  private static String bic8(final String bic) {
    return bic.length() == 11 && bic.endsWith("XXX") ? bic.substring(0, 8) : bic;
  }
}
