package org.civicswitch.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Messages of numbered payments from one seeded bank to another, dated as of now. */
final class PaymentMessages {
  static final String DEBTOR_AGENT = "AURBXX2A";
  static final String CREDITOR_AGENT = "BORBXX2A";

  /** Minor units; small, so that no run uses up the debtor's liquidity. */
  static final long AMOUNT = 105;

  private PaymentMessages() {}

  /** A pacs.008 with one payment. */
  static Buffer pay(final int number) {
    final String now = now();
    final String text =
        new String(SampleMessages.single(), StandardCharsets.UTF_8)
            .replace(SampleMessages.UETR, SampleMessages.uetr(number))
            .replace("AURBXX2A20261123000000001", String.format("AURBXX2A%017d", number))
            .replace("-000000001<", String.format("-%09d<", number))
            .replace("2026-11-23T09:30:00.000Z", now)
            .replace("2026-11-23T09:29:59.750Z", now)
            .replace(">2026-11-23<", ">" + now.substring(0, 10) + "<")
            .replace(">125.40<", ">1.05<");
    return Buffer.buffer(text);
  }

  /** The creditor agent's pacs.002. */
  static Buffer accept(final String uetr) {
    final String text =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10">
          <FIToFIPmtStsRpt>
            <GrpHdr>
              <MsgId>S%s</MsgId>
              <CreDtTm>%s</CreDtTm>
              <InstgAgt><FinInstnId><BICFI>%s</BICFI></FinInstnId></InstgAgt>
            </GrpHdr>
            <TxInfAndSts>
              <OrgnlUETR>%s</OrgnlUETR>
              <TxSts>ACCP</TxSts>
            </TxInfAndSts>
          </FIToFIPmtStsRpt>
        </Document>
        """
            .formatted(uetr.replace("-", ""), now(), CREDITOR_AGENT, uetr);
    return Buffer.buffer(text);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** The text between two marks, the first time they come. */
  static String between(final String text, final String before, final String after) {
    final int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }
}
