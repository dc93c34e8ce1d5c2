package org.civicswitch.gateway.iso20022.message;

import java.util.List;

/** Writes pacs.002.001.10 and .12. Stateless and safe for any thread. */
public final class PaymentStatusWriter {
  private static final int INFORMATION_MAX = 105;

  private PaymentStatusWriter() {}

  /**
   * One message.
   *
   * @param messageName {@code pacs.002.001.10} or {@code pacs.002.001.12}
   * @param header written around the document, or null
   * @param messageId at most 35 characters
   * @param createdMs UTC milliseconds
   * @param instructing of the group header, or null
   * @param instructed of the group header, or null
   * @param statuses 1 to 1,000
   */
  public static byte[] write(
      String messageName,
      BusinessHeader header,
      String messageId,
      long createdMs,
      Agent instructing,
      Agent instructed,
      List<OutboundStatus> statuses) {
    if (statuses.isEmpty()) {
      throw new IllegalArgumentException("no statuses");
    }
    XmlOut out = new XmlOut();
    Envelopes.begin(out, messageName, header);
    out.open("FIToFIPmtStsRpt")
        .open("GrpHdr")
        .leaf("MsgId", messageId)
        .leaf("CreDtTm", Times.dateTime(createdMs));
    Envelopes.agent(out, "InstgAgt", instructing);
    Envelopes.agent(out, "InstdAgt", instructed);
    out.close("GrpHdr");
    for (OutboundStatus status : statuses) {
      write(out, status);
    }
    out.close("FIToFIPmtStsRpt");
    return Envelopes.end(out, header);
  }

  /**
   * One message that answers a message as a whole, transactions not named.
   *
   * @param status its status, original message and reason are used
   */
  public static byte[] writeGroup(
      String messageName,
      BusinessHeader header,
      String messageId,
      long createdMs,
      OutboundStatus status) {
    XmlOut out = new XmlOut();
    Envelopes.begin(out, messageName, header);
    out.open("FIToFIPmtStsRpt")
        .open("GrpHdr")
        .leaf("MsgId", messageId)
        .leaf("CreDtTm", Times.dateTime(createdMs))
        .close("GrpHdr")
        .open("OrgnlGrpInfAndSts")
        .leaf("OrgnlMsgId", status.originalMessageId())
        .leaf("OrgnlMsgNmId", status.originalMessageName())
        .leaf("GrpSts", status.status());
    reason(out, status);
    out.close("OrgnlGrpInfAndSts").close("FIToFIPmtStsRpt");
    return Envelopes.end(out, header);
  }

  private static void write(XmlOut out, OutboundStatus status) {
    out.open("TxInfAndSts");
    if (status.originalMessageId() != null) {
      out.open("OrgnlGrpInf")
          .leaf("OrgnlMsgId", status.originalMessageId())
          .leaf("OrgnlMsgNmId", status.originalMessageName())
          .close("OrgnlGrpInf");
    }
    out.leaf("OrgnlInstrId", status.instructionId())
        .leaf("OrgnlEndToEndId", status.endToEndId())
        .leaf("OrgnlTxId", status.transactionId())
        .leaf("OrgnlUETR", status.uetr())
        .leaf("TxSts", status.status());
    reason(out, status);
    if (status.acceptedMs() != Times.UNKNOWN_MS) {
      out.leaf("AccptncDtTm", Times.dateTime(status.acceptedMs()));
    }
    out.leaf("ClrSysRef", status.clearingReference()).close("TxInfAndSts");
  }

  private static void reason(XmlOut out, OutboundStatus status) {
    String words = Texts.cut(status.additionalInformation(), INFORMATION_MAX);
    boolean coded = status.reasonCode() != null || status.reasonProprietary() != null;
    if (!coded && words == null) {
      return;
    }
    out.open("StsRsnInf");
    if (coded) {
      out.open("Rsn")
          .leaf("Cd", status.reasonCode())
          .leaf("Prtry", status.reasonCode() == null ? status.reasonProprietary() : null)
          .close("Rsn");
    }
    out.leaf("AddtlInf", words).close("StsRsnInf");
  }
}
