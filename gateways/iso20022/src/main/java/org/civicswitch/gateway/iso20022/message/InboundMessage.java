package org.civicswitch.gateway.iso20022.message;

/**
 * A message that is well-formed and valid.
 *
 * @param header the business application header, or null when there was none
 * @param body the document
 */
public record InboundMessage(BusinessHeader header, InboundBody body) {
  /** Whether there is no header, or the header names the document that follows. */
  public boolean headerMatches() {
    return header == null || header.messageName().equals(body.messageName());
  }
}
