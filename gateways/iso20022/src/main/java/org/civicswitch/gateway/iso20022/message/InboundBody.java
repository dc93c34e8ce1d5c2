package org.civicswitch.gateway.iso20022.message;

/** What kinds of document come in. */
public sealed interface InboundBody permits CreditTransfer, PaymentStatus, MessageReject {
  /** The message definition identifier. */
  String messageName();

  /** The sender's own identification of the message. */
  String messageId();

  /** Creation in UTC milliseconds, or {@link Times#UNKNOWN_MS}. */
  long createdMs();
}
