package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;

/** What the directory says about a payment: where its alias leads now, and whether it may. */
final class Identities {
  /**
   * Resolves the alias of a payment, if it names one, into the creditor agent of the terms.
   *
   * @return OK, or a code of identity or alias; then the terms are as they were
   */
  Code resolve(final SubmitPaymentDecoder.PaymentsDecoder payment, final PaymentTerms terms) {
    final DigestDecoder alias = payment.alias();
    terms.aliasA = alias.a();
    terms.aliasB = alias.b();
    terms.aliasC = alias.c();
    terms.aliasD = alias.d();
    return Words.isZero(alias) ? Code.OK : Code.ALIAS_UNKNOWN;
  }
}
