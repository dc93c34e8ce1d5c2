package org.civicswitch.gateway.iso20022.message;

import java.math.BigDecimal;
import java.util.List;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/**
 * Writes pacs.008.001.08 and .10. Carried elements come in the order of the version that is
 * written; what that version does not have, or types differently, is left out. Stateless and safe
 * for any thread.
 */
public final class CreditTransferWriter {
  private static final String CHARGE_BEARER = "SLEV";

  private CreditTransferWriter() {}

  /**
   * One message.
   *
   * @param messageName {@code pacs.008.001.08} or {@code pacs.008.001.10}
   * @param header written around the document, or null
   * @param messageId at most 35 characters
   * @param createdMs UTC milliseconds
   * @param instructing of all payments, or null
   * @param instructed of all payments, or null
   * @param transfers 1 to 1,000, of one currency
   */
  public static byte[] write(
      String messageName,
      BusinessHeader header,
      String messageId,
      long createdMs,
      Agent instructing,
      Agent instructed,
      List<OutboundTransfer> transfers) {
    if (transfers.isEmpty()) {
      throw new IllegalArgumentException("no transfers");
    }
    XmlOut out = new XmlOut();
    MessageDefinition definition = Envelopes.begin(out, messageName, header);
    MessageDefinition.Cursor transaction =
        definition.cursor().child("FIToFICstmrCdtTrf").child("CdtTrfTxInf");
    String[] children = transaction.children();
    out.open("FIToFICstmrCdtTrf");
    groupHeader(out, messageId, createdMs, instructing, instructed, transfers);
    for (OutboundTransfer transfer : transfers) {
      out.open("CdtTrfTxInf");
      for (String child : children) {
        element(out, transaction, child, transfer);
      }
      out.close("CdtTrfTxInf");
    }
    out.close("FIToFICstmrCdtTrf");
    return Envelopes.end(out, header);
  }

  private static void groupHeader(
      XmlOut out,
      String messageId,
      long createdMs,
      Agent instructing,
      Agent instructed,
      List<OutboundTransfer> transfers) {
    String currency = transfers.get(0).currency();
    int exponent = Currencies.exponent(currency);
    BigDecimal total = BigDecimal.ZERO;
    for (OutboundTransfer transfer : transfers) {
      if (!transfer.currency().equals(currency)) {
        throw new IllegalArgumentException("transfers of several currencies in one message");
      }
      total = total.add(BigDecimal.valueOf(transfer.amount(), exponent));
    }
    out.open("GrpHdr")
        .leaf("MsgId", messageId)
        .leaf("CreDtTm", Times.dateTime(createdMs))
        .leaf("NbOfTxs", Integer.toString(transfers.size()))
        .open("TtlIntrBkSttlmAmt", "Ccy", currency)
        .text(total.toPlainString())
        .close("TtlIntrBkSttlmAmt")
        .open("SttlmInf")
        .leaf("SttlmMtd", "CLRG")
        .close("SttlmInf");
    Envelopes.agent(out, "InstgAgt", instructing);
    Envelopes.agent(out, "InstdAgt", instructed);
    out.close("GrpHdr");
  }

  private static void element(
      XmlOut out, MessageDefinition.Cursor transaction, String name, OutboundTransfer transfer) {
    switch (name) {
      case "PmtId" -> identification(out, transfer);
      case "IntrBkSttlmAmt" ->
          out.open(name, "Ccy", transfer.currency())
              .text(Amounts.format(transfer.amount(), Currencies.exponent(transfer.currency())))
              .close(name);
      case "IntrBkSttlmDt" -> out.leaf(name, Times.date(transfer.settlementDay()));
      case "DbtrAgt" -> Envelopes.agent(out, name, transfer.debtorAgent());
      case "CdtrAgt" -> Envelopes.agent(out, name, transfer.creditorAgent());
      case "InstgAgt", "InstdAgt", "SplmtryData" -> {
        // agents stand in the group header, supplementary data is not relayed
      }
      case "AccptncDtTm" -> {
        boolean carried = carried(out, transaction, name, transfer);
        if (!carried && transfer.acceptedMs() != Times.UNKNOWN_MS) {
          out.leaf(name, Times.dateTime(transfer.acceptedMs()));
        }
      }
      case "ChrgBr" -> {
        if (!carried(out, transaction, name, transfer)) {
          out.leaf(name, CHARGE_BEARER);
        }
      }
      default -> carried(out, transaction, name, transfer);
    }
  }

  private static void identification(XmlOut out, OutboundTransfer transfer) {
    PrivateFields fields = transfer.privateFields();
    String endToEndId = fields.endToEndId();
    out.open("PmtId")
        .leaf("InstrId", fields.instructionId())
        .leaf("EndToEndId", endToEndId == null ? "NOTPROVIDED" : endToEndId)
        .leaf("TxId", fields.transactionId())
        .leaf("UETR", transfer.uetr())
        .leaf("ClrSysRef", transfer.clearingReference())
        .close("PmtId");
  }

  private static boolean carried(
      XmlOut out, MessageDefinition.Cursor transaction, String name, OutboundTransfer transfer) {
    byte[] tokens = transfer.privateFields().tokens();
    TokenCursor cursor = new TokenCursor(tokens, 0, tokens.length);
    boolean found = false;
    while (cursor.next()) {
      String text = cursor.peekText();
      boolean fits = text == null || transaction.accepts(name, text);
      if (cursor.name().equals(name) && fits) {
        copy(out, transaction.child(name), cursor);
        found = true;
      } else {
        cursor.skipElement();
      }
    }
    return found;
  }

  /** Copies the element that has just been opened, leaving out what does not fit. */
  private static void copy(XmlOut out, MessageDefinition.Cursor at, TokenCursor cursor) {
    String name = cursor.name();
    out.startTag(name);
    boolean tagOpen = true;
    while (cursor.next()) {
      if (cursor.kind() == Tokens.ATTRIBUTE) {
        out.attribute(cursor.name(), cursor.value());
        continue;
      }
      if (tagOpen) {
        out.endTag();
        tagOpen = false;
      }
      switch (cursor.kind()) {
        case Tokens.TEXT -> out.text(cursor.value());
        case Tokens.OPEN -> {
          String text = cursor.peekText();
          boolean fits = text == null ? at.has(cursor.name()) : at.accepts(cursor.name(), text);
          if (fits) {
            copy(out, at.child(cursor.name()), cursor);
          } else {
            cursor.skipElement();
          }
        }
        default -> {
          out.close(name);
          return;
        }
      }
    }
  }
}
