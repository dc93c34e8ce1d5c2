package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/** Reads an admi.002. */
final class MessageRejectBinder extends BodyBinder {
  private static final int REFERENCE = 1;
  private static final int REASON = 2;
  private static final int TIME = 3;
  private static final int DESCRIPTION = 4;

  private MessageReject reject = new MessageReject();

  @Override
  void clear(MessageDefinition definition) {
    reject = new MessageReject();
    reject.messageName = definition.name();
  }

  @Override
  ElementPaths bind(MessageDefinition definition) {
    String root = definition.name() + "/";
    return ElementPaths.of(definition)
        .element(root + "RltdRef/Ref", REFERENCE)
        .element(root + "Rsn/RjctgPtyRsn", REASON)
        .element(root + "Rsn/RjctnDtTm", TIME)
        .element(root + "Rsn/RsnDesc", DESCRIPTION)
        .build();
  }

  @Override
  void text(int id, char[] text, int offset, int length) {
    String value = new String(text, offset, length);
    switch (id) {
      case REFERENCE -> reject.reference = value;
      case REASON -> reject.reason = value;
      case TIME -> reject.time = value;
      default -> reject.description = value;
    }
  }

  @Override
  InboundBody body() {
    return reject;
  }
}
