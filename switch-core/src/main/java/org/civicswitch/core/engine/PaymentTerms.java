package org.civicswitch.core.engine;

import org.agrona.DirectBuffer;

/** What a payment is to be, gathered before anything is decided. Reused. */
final class PaymentTerms {
  long uetrHi;
  long uetrLo;
  long keyHi;
  long keyLo;
  int debtorAgent;
  int creditorAgent;
  int asset;
  long amount;
  long createdMs;
  long deadlineMs;
  int scheme;

  /** A value of SettlementModel. */
  int model;

  /** A value of PaymentMode. */
  int mode;

  /** Days since 1970-01-01. */
  int valueDate;

  int connection;

  /** Positions in {@link Positions}; the debtor's is 0 when programme cash is debited instead. */
  int debtorPosition;

  int creditorPosition;

  /** Accounts in the ledger. */
  int debtorAccount;

  int creditorAccount;

  // Of a disbursement.
  long envelopeHi;
  long envelopeLo;
  int line;

  /** The handle of the line, or 0 when the payment is not a disbursement. */
  int lineHandle;

  long aliasA;
  long aliasB;
  long aliasC;
  long aliasD;
  long digestA;
  long digestB;
  long digestC;
  long digestD;

  DirectBuffer payload;
  int payloadAt;
  int payloadLength;
}
