package org.civicswitch.gateway.iso20022.http;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;

/**
 * What a refusal of the switch is called in a pacs.002 (ISO external status reason codes). Codes
 * that say what a bank did to its customer (AC..) are relayed from the creditor agent, never made
 * up here.
 */
public final class IsoReasons {
  /** The creditor agent did not answer in time. */
  static final String TIMEOUT = "AB05";

  /** The private fields can no longer be read: the payment is rejected, never stuck. */
  static final String UNREADABLE = "FF10";

  private static final String IN_WORDS = "NARR";

  private IsoReasons() {}

  /** The reason code for a refusal; {@code NARR} where ISO has no word. */
  public static String of(Code code) {
    return switch (code) {
      case CONFIRMATION_LATE, DEADLINE_PASSED -> TIMEOUT;
      case DUPLICATE, PAYMENT_EXISTS -> "AM05";
      case CREATED_IN_FUTURE, STALE -> "DT02";
      case PARTICIPANT_UNKNOWN -> "RC03";
      case PARTICIPANT_NOT_ACTIVE -> "AB07";
      case CREDITOR_AGENT_UNKNOWN -> "RC04";
      case CREDITOR_AGENT_NOT_ACTIVE -> "AB08";
      case SAME_AGENT, NOT_CREDITOR_AGENT -> "AGNT";
      case ASSET_UNKNOWN, ASSET_RETIRED, ASSET_FROZEN, ASSET_RULE, ACCOUNT_UNKNOWN -> "AM03";
      case AMOUNT_NOT_POSITIVE, AMOUNT_OVERFLOW -> "AM12";
      case AMOUNT_OVER_LIMIT -> "AM02";
      case INSUFFICIENT_FUNDS -> "AM04";
      case NET_DEBIT_CAP -> "AM23";
      case ALIAS_UNKNOWN, ALIAS_OWNER_CHANGED, ALIAS_VERSION_AHEAD -> "BE23";
      default -> IN_WORDS;
    };
  }

  /** The words that go with the code: the switch's own name for it, and what a retry changed. */
  static String words(Code code, Field differs) {
    return code == Code.DUPLICATE
        ? code.name() + ": taken before with other content, first in " + element(differs)
        : code.name();
  }

  /** Where a compared field stands in a pacs.008. */
  private static String element(Field field) {
    return switch (field) {
      case AMOUNT, ASSET -> "IntrBkSttlmAmt";
      case CREATED -> "AccptncDtTm or CreDtTm";
      case DEBTOR_AGENT -> "DbtrAgt";
      case CREDITOR_AGENT -> "CdtrAgt";
      case PARTICIPANT -> "InstgAgt";
      case UETR -> "UETR";
      case ALIAS -> "CdtrAcct/Prxy";
      case VALUE_DATE -> "IntrBkSttlmDt";
      case CONTENT -> "the parties, accounts, references or remittance";
      case OTHER -> "the kind of payment";
      default -> field.name();
    };
  }

  /** Four ASCII letters or digits as the wire carries them, the first in the highest byte. */
  public static int pack(String reason) {
    if (reason == null || reason.length() > 4) {
      return 0;
    }
    int packed = 0;
    for (int i = 0; i < reason.length(); i++) {
      packed = packed << 8 | (reason.charAt(i) & 0x7F);
    }
    return packed;
  }

  /**
   * The reverse of {@link #pack}.
   *
   * @return null for none
   */
  public static String unpack(int packed) {
    if (packed == 0) {
      return null;
    }
    final StringBuilder text = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      final char c = (char) (packed >>> shift & 0x7F);
      if (c != 0) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
