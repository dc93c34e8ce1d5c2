package org.civicswitch.ops.cli.demo;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.xml.XMLConstants;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.CreditTransferWriter;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.iso20022.message.OutboundTransfer;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.iso20022.message.PrivateFields;

/** Writes what the simulated banks send. Stateless and safe for any thread. */
public final class PaymentMessages {
  static final String CREDIT_TRANSFER = "pacs.008.001.08";
  static final String STATUS = "pacs.002.001.12";

  /** How the switch calls itself in group headers. */
  static final String SWITCH = "CIVCXX00XXX";

  private PaymentMessages() {}

  /**
   * A pacs.008.001.08 with one transaction, accepted and created at the given time.
   *
   * @param messageId at most 35 characters
   * @param nowMs UTC milliseconds
   */
  public static byte[] creditTransfer(
      final PaymentOrder order, final String messageId, final long nowMs) {
    final String uetr = order.uetr().toString();
    final String reference = uetr.replace("-", "").toUpperCase(Locale.ROOT);
    final PrivateFields fields =
        PrivateFields.builder()
            .instructionId(reference)
            .endToEndId(reference)
            .transactionId(reference)
            .debtorName(DemoAccounts.holder(order.debtorSerial()))
            .debtorAccount(order.debtorAccount())
            .creditorName(DemoAccounts.holder(order.creditorSerial()))
            .creditorAccount(order.creditorAccount())
            .remittance(order.remittance())
            .build();
    return CreditTransferWriter.write(
        CREDIT_TRANSFER,
        null,
        messageId,
        nowMs,
        Agent.of(order.debtorBic(), null),
        Agent.of(SWITCH, null),
        List.of(
            new OutboundTransfer(
                uetr,
                order.amount(),
                order.currency(),
                (int) TimeUnit.MILLISECONDS.toDays(nowMs),
                nowMs,
                null,
                Agent.of(order.debtorBic(), null),
                Agent.of(order.creditorBic(), null),
                fields)));
  }

  /**
   * A creditor agent's pacs.002.001.12.
   *
   * @param bic of the bank that answers
   * @param statuses 1 to 1,000, of any number of messages
   */
  static byte[] answer(
      final String bic,
      final String messageId,
      final long nowMs,
      final List<OutboundStatus> statuses) {
    return PaymentStatusWriter.write(
        STATUS, null, messageId, nowMs, Agent.of(bic, null), Agent.of(SWITCH, null), statuses);
  }

  /** One transaction's status in an answer, named as the offer named it. */
  static OutboundStatus status(
      final BankAnswer answer,
      final String offerId,
      final String offerName,
      final String uetr,
      final PrivateFields fields) {
    OutboundStatus status =
        OutboundStatus.of(answer.status())
            .withOriginalMessage(offerId, offerName)
            .withOriginal(fields, uetr);
    if (answer.reason() != null) {
      status = status.withReason(answer.reason(), answer.words());
    }
    return status;
  }

  /** A fresh message identification for people's own messages, such as {@code SEND-LZK3...}. */
  public static String freshId(final String prefix, final PaymentOrder order) {
    return prefix
        + "-"
        + Long.toUnsignedString(order.uetr().getMostSignificantBits(), 36).toUpperCase(Locale.ROOT);
  }

  /** The same message with line breaks, for people. Its content stays as it is. */
  public static String indented(final byte[] xml) {
    try {
      final TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
      final Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.INDENT, "yes");
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
      final StringWriter text = new StringWriter();
      transformer.transform(
          new StreamSource(new ByteArrayInputStream(xml)), new StreamResult(text));
      return text.toString().stripTrailing();
    } catch (final TransformerException e) {
      // What cannot be read as XML is shown as it came.
      return new String(xml, StandardCharsets.UTF_8);
    }
  }
}
