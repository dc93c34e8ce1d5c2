package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.MessageDefinition;
import org.civicswitch.gateway.iso20022.schema.MessageDefinitions;

/** What stands around a document: nothing, or an envelope with a business application header. */
final class Envelopes {
  private static final String HEADER = "head.001.001.02";
  private static final String ENVELOPE = "Envelope";
  private static final String ENVELOPE_NAMESPACE = "urn:swift:xsd:envelope";

  private Envelopes() {}

  static MessageDefinition begin(XmlOut out, String messageName, BusinessHeader header) {
    MessageDefinition definition = MessageDefinitions.committed().byName(messageName);
    if (header != null) {
      if (!header.messageName().equals(messageName)) {
        throw new IllegalArgumentException("the header names " + header.messageName());
      }
      out.open(ENVELOPE, "xmlns", ENVELOPE_NAMESPACE);
      write(out, header);
    }
    out.open("Document", "xmlns", definition.namespace());
    return definition;
  }

  static byte[] end(XmlOut out, BusinessHeader header) {
    out.close("Document");
    if (header != null) {
      out.close(ENVELOPE);
    }
    return out.toBytes();
  }

  private static void write(XmlOut out, BusinessHeader header) {
    out.open("AppHdr", "xmlns", MessageDefinitions.committed().byName(HEADER).namespace());
    party(out, "Fr", header.from());
    party(out, "To", header.to());
    out.leaf("BizMsgIdr", header.businessMessageId())
        .leaf("MsgDefIdr", header.messageName())
        .leaf("BizSvc", header.businessService())
        .leaf("CreDt", Times.dateTime(header.createdMs()))
        .leaf("PssblDplct", header.possibleDuplicate() ? "true" : null)
        .close("AppHdr");
  }

  private static void party(XmlOut out, String name, String id) {
    out.open(name).open("FIId");
    agent(out, isBic(id) ? Agent.of(id, null) : Agent.of(null, id));
    out.close("FIId").close(name);
  }

  static void agent(XmlOut out, String name, Agent agent) {
    if (agent != null && agent.isPresent()) {
      out.open(name);
      agent(out, agent);
      out.close(name);
    }
  }

  private static void agent(XmlOut out, Agent agent) {
    out.open("FinInstnId").leaf("BICFI", agent.bic());
    if (agent.memberId() != null) {
      out.open("ClrSysMmbId").leaf("MmbId", agent.memberId()).close("ClrSysMmbId");
    }
    out.close("FinInstnId");
  }

  /** The form of ISO 9362: four of the institution, two of the country, two or five more. */
  static boolean isBic(String id) {
    if (id == null || (id.length() != 8 && id.length() != 11)) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      if (!letter && (!digit || i == 4 || i == 5)) {
        return false;
      }
    }
    return true;
  }
}
