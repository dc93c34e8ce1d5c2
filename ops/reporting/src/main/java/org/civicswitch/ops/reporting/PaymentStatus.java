package org.civicswitch.ops.reporting;

/** What has become of a payment. */
public enum PaymentStatus {
  RESERVED,
  SETTLED,
  SETTLED_CREDIT_PENDING,
  REJECTED,
  EXPIRED,
  RETURNED,
  PARTLY_RETURNED
}
