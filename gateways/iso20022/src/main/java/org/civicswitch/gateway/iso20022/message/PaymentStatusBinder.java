package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/** Reads a pacs.002. */
final class PaymentStatusBinder extends BodyBinder {
  private static final int MESSAGE_ID = 1;
  private static final int CREATED = 2;
  private static final int INSTRUCTING = 3; // and 4
  private static final int INSTRUCTED = 5; // and 6
  private static final int GROUP = 7;
  private static final int ENTRY = 8;
  private static final int ORIGINAL_MESSAGE = 9;
  private static final int ORIGINAL_NAME = 10;
  private static final int STATUS = 11;
  private static final int REASON_CODE = 12;
  private static final int REASON_PROPRIETARY = 13;
  private static final int INFORMATION = 14;
  private static final int STATUS_ID = 15;
  private static final int INSTRUCTION = 16;
  private static final int END_TO_END = 17;
  private static final int TRANSACTION = 18;
  private static final int UETR = 19;
  private static final int ACCEPTANCE = 20;
  private static final int CLEARING = 21;

  private PaymentStatus status = new PaymentStatus();
  private PaymentStatus.Statement statement;
  private PaymentStatus.Entry entry;

  @Override
  void clear(MessageDefinition definition) {
    status = new PaymentStatus();
    status.messageName = definition.name();
  }

  @Override
  ElementPaths bind(MessageDefinition definition) {
    String root = "FIToFIPmtStsRpt/";
    ElementPaths.Builder builder =
        ElementPaths.of(definition)
            .element(root + "GrpHdr/MsgId", MESSAGE_ID)
            .element(root + "GrpHdr/CreDtTm", CREATED);
    agent(builder, root + "GrpHdr/InstgAgt", INSTRUCTING);
    agent(builder, root + "GrpHdr/InstdAgt", INSTRUCTED);
    String group = root + "OrgnlGrpInfAndSts";
    builder.element(group, GROUP).element(group + "/GrpSts", STATUS);
    statement(builder, group, group);
    String transaction = root + "TxInfAndSts";
    builder.element(transaction, ENTRY).element(transaction + "/TxSts", STATUS);
    statement(builder, transaction, transaction + "/OrgnlGrpInf");
    return builder
        .element(transaction + "/StsId", STATUS_ID)
        .element(transaction + "/OrgnlInstrId", INSTRUCTION)
        .element(transaction + "/OrgnlEndToEndId", END_TO_END)
        .element(transaction + "/OrgnlTxId", TRANSACTION)
        .element(transaction + "/OrgnlUETR", UETR)
        .element(transaction + "/AccptncDtTm", ACCEPTANCE)
        .element(transaction + "/ClrSysRef", CLEARING)
        .build();
  }

  private static void statement(ElementPaths.Builder builder, String at, String original) {
    builder
        .element(original + "/OrgnlMsgId", ORIGINAL_MESSAGE)
        .element(original + "/OrgnlMsgNmId", ORIGINAL_NAME)
        .element(at + "/StsRsnInf/Rsn/Cd", REASON_CODE)
        .element(at + "/StsRsnInf/Rsn/Prtry", REASON_PROPRIETARY)
        .element(at + "/StsRsnInf/AddtlInf", INFORMATION);
  }

  @Override
  String started(int id, String name) {
    if (id == GROUP) {
      PaymentStatus.Group group = new PaymentStatus.Group();
      status.groups.add(group);
      statement = group;
    } else if (id == ENTRY) {
      entry = new PaymentStatus.Entry();
      status.entries.add(entry);
      statement = entry;
    }
    return null;
  }

  @Override
  void text(int id, char[] text, int offset, int length) {
    String value = new String(text, offset, length);
    switch (id) {
      case MESSAGE_ID -> status.messageId = value;
      case CREATED -> status.creationTime = value;
      case INSTRUCTING -> status.instructingAgent.bic = value;
      case INSTRUCTING + 1 -> status.instructingAgent.memberId = value;
      case INSTRUCTED -> status.instructedAgent.bic = value;
      case INSTRUCTED + 1 -> status.instructedAgent.memberId = value;
      case ORIGINAL_MESSAGE -> statement.originalMessageId = value;
      case ORIGINAL_NAME -> statement.originalMessageName = value;
      case STATUS -> statement.status = value;
      case REASON_CODE ->
          statement.reasonCode = statement.reasonCode == null ? value : statement.reasonCode;
      case REASON_PROPRIETARY ->
          statement.reasonProprietary =
              statement.reasonProprietary == null ? value : statement.reasonProprietary;
      case INFORMATION ->
          statement.additionalInformation =
              statement.additionalInformation == null ? value : statement.additionalInformation;
      case STATUS_ID -> entry.statusId = value;
      case INSTRUCTION -> entry.originalInstructionId = value;
      case END_TO_END -> entry.originalEndToEndId = value;
      case TRANSACTION -> entry.originalTransactionId = value;
      case UETR -> entry.originalUetr = value;
      case ACCEPTANCE -> entry.acceptanceTime = value;
      default -> entry.clearingReference = value;
    }
  }

  @Override
  void ended(int id) {
    if (id == ENTRY && entry.originalMessageId == null && status.groups.size() == 1) {
      entry.originalMessageId = status.groups.get(0).originalMessageId;
      entry.originalMessageName = status.groups.get(0).originalMessageName;
    }
  }

  @Override
  InboundBody body() {
    return status;
  }
}
