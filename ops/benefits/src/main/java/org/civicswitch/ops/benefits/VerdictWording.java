package org.civicswitch.ops.benefits;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import org.civicswitch.core.protocol.Code;

/** Why a row was refused, as a sentence for those who look after the roll. */
final class VerdictWording {
  private VerdictWording() {}

  static String of(final Code code) {
    return switch (code) {
      case SUBJECT_UNKNOWN -> "nobody of this identifier is enrolled";
      case SUBJECT_NOT_ACTIVE -> "suspended, contested or deceased";
      case VERDICT_MISSING -> "the identity was never verified";
      case VERDICT_EXPIRED -> "the identity has to be verified again";
      case VERDICT_ASSURANCE_LOW -> "the identity was not verified well enough for this programme";
      case IDENTITY_INVALID -> "is not an identifier";
      case CREDITOR_AGENT_UNKNOWN -> "no bank of this BIC takes part";
      case CREDITOR_AGENT_NOT_ACTIVE -> "the bank is suspended";
      case ALIAS_UNKNOWN -> "the alias is not in the directory";
      case ALIAS_OWNER_CHANGED -> "the alias belongs to another person";
      case ENTITLEMENT_TAKEN -> "this entitlement has a live or paid line in this cycle";
      case DUPLICATE -> "the row was sent before with other content";
      case PROGRAMME_UNKNOWN -> "there is no such programme";
      case PROGRAMME_EXISTS -> "there is a programme of this number";
      case PROGRAMME_NOT_ACTIVE -> "its fiscal period is over";
      case BUDGET_EXCEEDED -> "there is not enough free budget authority";
      case CASH_EXCEEDED -> "there is not enough free cash";
      case CYCLE_UNKNOWN -> "nothing was ever to be paid for this cycle";
      case CYCLE_CLOSED -> "the cycle is closed: nothing is paid for it any more";
      case CYCLE_NOT_FINISHED ->
          "an envelope of the cycle is not finished: let it be paid, or cancel it before release";
      case ENVELOPE_STATE -> "the envelope is in another state";
      case ENVELOPE_INCOMPLETE -> "count and total are not as declared";
      case OPERATOR_UNKNOWN -> "there is no such operator";
      case OPERATOR_NOT_ALLOWED -> "the operator's role does not allow it";
      case SIGNATURE_INVALID -> "it is not signed with the operator's key";
      case OPERATOR_NOT_INDEPENDENT -> "nobody approves what they made, or twice";
      case SETTLEMENT_REFERENCE_USED -> "this reference was used before";
      case PARTICIPANT_UNKNOWN -> "there is no such participant";
      case ALIAS_EXISTS -> "the alias belongs to somebody else";
      case MERCHANT_UNKNOWN -> "there is no such merchant";
      case MERCHANT_CATEGORY -> "the voucher is not for merchants of this category";
      case VOUCHER_UNKNOWN -> "there is no such voucher";
      case VOUCHER_NOT_ACTIVE -> "the voucher is spent, cancelled or expired";
      case VOUCHER_AMOUNT -> "more than is left on the voucher";
      case VERDICT_BINDING -> "the token is about another person";
      case CAPACITY, THROTTLED -> "the switch is full; try again";
      default -> "refused by the switch";
    };
  }

  static void copyForSpreadsheet(final Path verdicts, final Path file) throws IOException {
    try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(verdicts);
        CsvFile copy = CsvFile.create(file, true)) {
      for (final CsvRecord row : rows) {
        copy.row(row.getFields().toArray(String[]::new));
      }
    }
  }
}
