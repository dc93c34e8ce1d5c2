package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/** Reads a head.001. */
final class HeaderBinder extends Binder {
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int MESSAGE_ID = 3;
  private static final int MESSAGE_NAME = 4;
  private static final int SERVICE = 5;
  private static final int CREATED = 6;
  private static final int DUPLICATE = 7;

  private final String[] values = new String[DUPLICATE + 1];

  @Override
  void clear(MessageDefinition definition) {
    java.util.Arrays.fill(values, null);
  }

  @Override
  ElementPaths bind(MessageDefinition definition) {
    ElementPaths.Builder builder = ElementPaths.of(definition);
    party(builder, "Fr", FROM);
    party(builder, "To", TO);
    return builder
        .element("BizMsgIdr", MESSAGE_ID)
        .element("MsgDefIdr", MESSAGE_NAME)
        .element("BizSvc", SERVICE)
        .element("CreDt", CREATED)
        .element("PssblDplct", DUPLICATE)
        .build();
  }

  /** Institutions by BIC, member or other identification, organisations by BIC or another one. */
  private static void party(ElementPaths.Builder builder, String path, int id) {
    builder
        .element(path + "/FIId/FinInstnId/BICFI", id)
        .element(path + "/FIId/FinInstnId/ClrSysMmbId/MmbId", id)
        .element(path + "/FIId/FinInstnId/Othr/Id", id)
        .element(path + "/OrgId/Id/OrgId/AnyBIC", id)
        .element(path + "/OrgId/Id/OrgId/Othr/Id", id);
  }

  @Override
  void text(int id, char[] text, int offset, int length) {
    if (values[id] == null) {
      values[id] = new String(text, offset, length);
    }
  }

  String messageId() {
    return values[MESSAGE_ID];
  }

  BusinessHeader header() {
    String duplicate = values[DUPLICATE];
    return new BusinessHeader(
        values[FROM],
        values[TO],
        values[MESSAGE_ID],
        values[MESSAGE_NAME],
        values[SERVICE],
        Times.epochMs(values[CREATED]),
        "true".equals(duplicate) || "1".equals(duplicate));
  }
}
