package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;

/** What the schema's text says about codes, as decisions. */
final class Codes {
  private Codes() {}

  /**
   * Whether the answer is remembered under its key. Passing causes and answers that say nothing
   * about the instruction itself are not: the same instruction may succeed later.
   */
  static boolean isStored(final Code code) {
    switch (code) {
      case MALFORMED:
      case UNKNOWN_KIND:
      case VERSION_NOT_ACTIVE:
      case DEFECT:
      case CONNECTION_UNKNOWN:
      case CONNECTION_NOT_GRANTED:
      case OPERATOR_UNKNOWN:
      case OPERATOR_NOT_ALLOWED:
      case SIGNATURE_INVALID:
      case PROPOSAL_STALE:
      case APPROVAL_NEEDED:
      case DUPLICATE:
      case CREATED_IN_FUTURE:
      case STALE:
      case CAPACITY:
      case THROTTLED:
      case PAYMENT_UNKNOWN:
      case PROPOSAL_UNKNOWN:
        return false;
      default:
        return true;
    }
  }
}
