package org.civicswitch.ops.benefits;

import org.civicswitch.gateway.iso20022.message.PrivateFields;
import org.civicswitch.gateway.kit.Id128;

/** The private fields of a line's payment: the same bytes whenever they are made again. */
final class LineContent {
  /** Of an account number that is no IBAN, and of an alias in its place. */
  static final int ACCOUNT_CHARS_MAX = 34;

  private LineContent() {}

  static byte[] of(final RollRow row, final Id128 envelope, final String debtorName) {
    // Unique per line and told by no person's number; 34 characters at most.
    final String reference = String.format("BR%016X-%d", envelope.hi(), row.line());
    final PrivateFields.Builder fields =
        PrivateFields.builder()
            .instructionId(reference)
            .endToEndId(reference)
            .transactionId(reference)
            .debtorName(debtorName)
            .creditorName(row.name());
    fields.creditorAccount(row.account().isEmpty() ? row.alias() : row.account());
    if (!row.remittance().isEmpty()) {
      fields.remittance(row.remittance());
    }
    return fields.build().encode();
  }
}
