package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.VerdictDecoder;
import org.civicswitch.identity.Aliases;
import org.civicswitch.identity.Token;

/** What the directory says about a payment: where its alias leads now, and whether it may. */
final class Identities {
  private final Aliases aliases;
  private final Settings settings;
  private final Scalars scalars;
  private final Token alias = new Token();
  private final Token owner = new Token();

  Identities(final Core core) {
    aliases = core.identity.aliases();
    settings = core.settings;
    scalars = core.scalars;
  }

  /**
   * Whether the payer's bank vouches, or makes no claim: a claim that is there must be its own, not
   * over and not of the future.
   */
  Code checkVerdict(final VerdictDecoder verdict) {
    if (verdict.validUntilMs() != 0 && verdict.validUntilMs() <= scalars.timeMs()) {
      return Code.VERDICT_EXPIRED;
    }
    final boolean own =
        verdict.kind() == VerdictKinds.NONE || verdict.kind() == VerdictKinds.BANK_ATTESTED;
    return !own || UsedVerdicts.isAhead(verdict, scalars.timeMs(), settings)
        ? Code.IDENTITY_INVALID
        : Code.OK;
  }

  /**
   * Resolves the alias of a payment, if it names one, into the creditor agent of the terms: the
   * same owner at another bank is followed, another owner is refused.
   *
   * @return OK, or a code of identity or alias; then the terms are as they were
   */
  Code resolve(final SubmitPaymentDecoder.PaymentsDecoder payment, final PaymentTerms terms) {
    final DigestDecoder given = payment.alias();
    terms.aliasA = given.a();
    terms.aliasB = given.b();
    terms.aliasC = given.c();
    terms.aliasD = given.d();
    if (Words.isZero(given)) {
      return Code.OK;
    }
    alias.set(terms.aliasA, terms.aliasB, terms.aliasC, terms.aliasD);
    final DigestDecoder of = payment.owner();
    owner.set(of.a(), of.b(), of.c(), of.d());
    final int handle = aliases.find(alias);
    final int result = aliases.check(handle, payment.aliasVersion(), owner);
    if (result != 0) {
      return Precedence.of(result);
    }
    terms.creditorAgent = aliases.participant(handle);
    return Code.OK;
  }
}
