package org.civicswitch.ops.reporting;

/**
 * One step of a payment's life.
 *
 * @param kind RESERVED, SETTLED, REJECTED, EXPIRED or RETURNED
 * @param timeMs milliseconds UTC of the log
 * @param code why it was rejected, or null
 * @param reason a bank's four letters, or null
 * @param amount of the payment, or what was returned; minor units
 */
public record PaymentEvent(
    String kind,
    long feedSequence,
    long logSequence,
    long timeMs,
    String code,
    String reason,
    long amount) {}
