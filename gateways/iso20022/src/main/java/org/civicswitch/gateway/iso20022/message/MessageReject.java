package org.civicswitch.gateway.iso20022.message;

/** An admi.002 that came in. */
public final class MessageReject implements InboundBody {
  String messageName;
  String reference;
  String reason;
  String time;
  String description;

  @Override
  public String messageName() {
    return messageName;
  }

  /** The reference of the rejected message: this document has no identification of its own. */
  @Override
  public String messageId() {
    return reference;
  }

  @Override
  public long createdMs() {
    return time == null ? Times.UNKNOWN_MS : Times.epochMs(time);
  }

  /** The rejecting party's reason code. */
  public String reason() {
    return reason;
  }

  /** Or null. */
  public String description() {
    return description;
  }
}
