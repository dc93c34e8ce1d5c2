package org.civicswitch.gateway.iso20022.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.iso20022.schema.SchemaOracle;
import org.junit.jupiter.api.Test;

/** What comes in can be encrypted, opened and written again, in either version, always valid. */
class RelayTest {
  private static final long NOW_MS = 1_795_430_472_345L;

  private final MessageReader reader = new MessageReader();

  @Test
  void realCreditTransfersAreWrittenAgainInBothVersions() throws Exception {
    SchemaOracle oracle = new SchemaOracle();
    int relayed = 0;
    for (Sample sample : Samples.all()) {
      CreditTransfer transfer = read(sample.bytes());
      if (transfer == null) {
        continue;
      }
      for (String version : List.of("pacs.008.001.08", "pacs.008.001.10")) {
        for (CreditTransfer.Transaction transaction : transfer.transactions()) {
          if (transaction.problem() != null) {
            continue;
          }
          byte[] written = write(version, null, List.of(outbound(transaction)));
          assertThat(oracle.verdict(written)).as(sample + " as " + version).isNull();
          CreditTransfer again = read(written);
          assertThat(again.problems()).isEmpty();
          CreditTransfer.Transaction back = again.transactions().get(0);
          assertThat(back.amount()).isEqualTo(transaction.amount());
          assertThat(back.uetr()).isEqualTo(transaction.uetr());
          if (version.equals(transfer.messageName())) {
            assertThat(back.privateFields().encode())
                .as(sample.file())
                .isEqualTo(transaction.privateFields().encode());
          }
          relayed++;
        }
      }
    }
    assertThat(relayed).isGreaterThan(50);
  }

  @Test
  void builtPaymentsGoIntoOneMessageOfAThousand() throws Exception {
    SchemaOracle oracle = new SchemaOracle();
    List<OutboundTransfer> transfers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 1_000; i++) {
      PrivateFields fields =
          PrivateFields.builder()
              .endToEndId("E2E-" + i)
              .debtorName("Ministry <of> \"Work\" & Care")
              .debtorAccount("BE71096123456769")
              .creditorName("\u0141ucja \u4e2d\u6587 " + i)
              .creditorAccount("ACC" + i)
              .purpose("BENE")
              .remittance("cycle ]]> 2026-11")
              .build();
      assertThat(PrivateFields.decode(fields.encode())).isEqualTo(fields);
      transfers.add(
          new OutboundTransfer(
              "8a562c67-ca16-48ba-b074-%012x".formatted(i),
              1 + random.nextLong(1_000_000),
              "EUR",
              20_780,
              NOW_MS,
              Integer.toString(i),
              Agent.of("AAAABEBB", null),
              Agent.of(null, "M1"),
              fields));
    }
    BusinessHeader header =
        new BusinessHeader("AAAABEBB", "M1", "msg-1", "pacs.008.001.10", null, NOW_MS, false);
    byte[] written = write("pacs.008.001.10", header, transfers);
    assertThat(oracle.verdict(written)).isNull();
    InboundMessage message = reader.read(written);
    assertThat(message.header().from()).isEqualTo("AAAABEBB");
    assertThat(message.header().to()).isEqualTo("M1");
    assertThat(message.headerMatches()).isTrue();
    CreditTransfer transfer = (CreditTransfer) message.body();
    assertThat(transfer.problems()).isEmpty();
    assertThat(transfer.transactions()).hasSize(1_000);
    CreditTransfer.Transaction last = transfer.transactions().get(999);
    assertThat(last.privateFields().creditorName()).isEqualTo("\u0141ucja \u4e2d\u6587 999");
    assertThat(last.privateFields().debtorName()).isEqualTo("Ministry <of> \"Work\" & Care");
    assertThat(last.privateFields().debtorAccount()).isEqualTo("BE71096123456769");
    assertThat(last.privateFields().creditorAccount()).isEqualTo("ACC999");
    assertThat(last.creditorAgent().memberId()).isEqualTo("M1");
    assertThat(last.acceptedMs()).isEqualTo(NOW_MS);

    transfers.add(transfers.get(0));
    byte[] tooMany = write("pacs.008.001.10", null, transfers);
    assertThatThrownBy(() -> reader.read(tooMany))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            e -> {
              assertThat(e.kind()).isEqualTo(MessageRefused.Kind.LIMIT_EXCEEDED);
              assertThat(e.rule()).contains("1000 transactions");
            });
    assertThat(reader.reference()).isEqualTo("OUT-1");
  }

  @Test
  void statusesAreWrittenValidAndReadBack() throws Exception {
    SchemaOracle oracle = new SchemaOracle();
    for (String version : List.of("pacs.002.001.10", "pacs.002.001.12")) {
      BusinessHeader header =
          new BusinessHeader("AAAABEBB", "BBBBBEBB", "m", version, "civic", NOW_MS, true);
      OutboundStatus rejected =
          OutboundStatus.of("RJCT")
              .withOriginalMessage("M1", "pacs.008.001.08")
              .withOriginal("I", "E", "T", "8a562c67-ca16-48ba-b074-65581be6f001")
              .withReason("AM04", "x".repeat(200))
              .withClearing("4711", NOW_MS);
      byte[] written =
          PaymentStatusWriter.write(
              version,
              header,
              "S1",
              NOW_MS,
              Agent.of("AAAABEBB", null),
              Agent.of("BBBBBEBB", null),
              List.of(rejected, OutboundStatus.of("ACSC").withReason(null, "P", null)));
      assertThat(oracle.verdict(written)).isNull();
      PaymentStatus status = (PaymentStatus) reader.read(written).body();
      PaymentStatus.Entry first = status.entries().get(0);
      assertThat(first.status()).isEqualTo("RJCT");
      assertThat(first.reasonCode()).isEqualTo("AM04");
      assertThat(first.additionalInformation()).hasSize(105);
      assertThat(first.originalMessageId()).isEqualTo("M1");
      assertThat(first.originalUetr()).isEqualTo("8a562c67-ca16-48ba-b074-65581be6f001");
      assertThat(first.clearingReference()).isEqualTo("4711");
      assertThat(status.entries().get(1).reasonProprietary()).isEqualTo("P");
      byte[] group = PaymentStatusWriter.writeGroup(version, null, "S2", NOW_MS, rejected);
      assertThat(oracle.verdict(group)).isNull();
      status = (PaymentStatus) reader.read(group).body();
      assertThat(status.groups().get(0).status()).isEqualTo("RJCT");
    }
  }

  @Test
  void refusalsNameLineElementAndRule() throws Exception {
    String xml =
        """
        <?xml version="1.0"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10">
          <FIToFIPmtStsRpt><GrpHdr>
            <MsgId>abc</MsgId>
            <CreDtTm>yesterday</CreDtTm>
          </GrpHdr></FIToFIPmtStsRpt>
        </Document>
        """;
    assertThatThrownBy(() -> reader.read(xml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            e -> {
              assertThat(e.line()).isEqualTo(5);
              assertThat(e.path()).isEqualTo("Document/FIToFIPmtStsRpt/GrpHdr/CreDtTm");
              assertThat(e.rule()).contains("dateTime").doesNotContain("yesterday");
              byte[] reject = MessageRejectWriter.write(null, reader.reference(), NOW_MS, e);
              assertThat(new String(reject, StandardCharsets.UTF_8))
                  .contains("<Ref>abc</Ref>")
                  .contains("NOT_VALID")
                  .contains("line=5")
                  .contains("GrpHdr/CreDtTm");
              assertThat(verdict(reject)).isNull();
              assertThat(((MessageReject) readAny(reject)).reason()).isEqualTo("NOT_VALID");
            });
  }

  private static String verdict(byte[] message) {
    try {
      return new SchemaOracle().verdict(message);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private InboundBody readAny(byte[] message) {
    try {
      return reader.read(message).body();
    } catch (MessageRefused e) {
      throw new AssertionError(e);
    }
  }

  private CreditTransfer read(byte[] message) {
    try {
      return reader.read(message).body() instanceof CreditTransfer transfer ? transfer : null;
    } catch (MessageRefused e) {
      return null;
    }
  }

  private static OutboundTransfer outbound(CreditTransfer.Transaction transaction) {
    return new OutboundTransfer(
        transaction.uetr(),
        transaction.amount(),
        transaction.currency(),
        transaction.settlementDay(),
        transaction.acceptedMs(),
        "42",
        transaction.debtorAgent().isPresent() ? transaction.debtorAgent() : Agent.of(null, "D"),
        transaction.creditorAgent().isPresent() ? transaction.creditorAgent() : Agent.of(null, "C"),
        PrivateFields.decode(transaction.privateFields().encode()));
  }

  private static byte[] write(
      String version, BusinessHeader header, List<OutboundTransfer> transfers) {
    return CreditTransferWriter.write(
        version,
        header,
        "OUT-1",
        NOW_MS,
        Agent.of("AAAABEBB", null),
        Agent.of("BBBBBEBB", null),
        transfers);
  }
}
