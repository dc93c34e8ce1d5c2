package org.civicswitch.gateway.iso20022.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.civicswitch.gateway.iso20022.Inputs;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.civicswitch.gateway.iso20022.schema.CheckLimits;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.iso20022.schema.MessageRefused.Kind;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Hostile files end in a refusal; other encodings of real messages say the same as UTF-8. */
class HostileXmlTest {
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10";

  private final MessageReader reader = new MessageReader();

  @Test
  void everyAttackIsRefused() throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Inputs.path("xml-attacks"))) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(300);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> new MessageReader().read(bytes))
                  .as(file.toString())
                  .isInstanceOf(MessageRefused.class));
    }
  }

  @Test
  void otherEncodingsSayTheSame() throws Exception {
    int compared = 0;
    for (Sample sample : Samples.all()) {
      String text = new String(sample.bytes(), StandardCharsets.UTF_8);
      String bare = text.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "");
      String expected = describe(bare.getBytes(StandardCharsets.UTF_8));
      byte[] utf8 = bare.getBytes(StandardCharsets.UTF_8);
      byte[] marked = new byte[utf8.length + 3];
      marked[0] = (byte) 0xef;
      marked[1] = (byte) 0xbb;
      marked[2] = (byte) 0xbf;
      System.arraycopy(utf8, 0, marked, 3, utf8.length);
      assertThat(describe(marked)).as(sample.file()).isEqualTo(expected);
      String utf16 = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + bare;
      assertThat(describe(utf16.getBytes(StandardCharsets.UTF_16)))
          .as(sample.file())
          .isEqualTo(expected);
      assertThat(describe(bare.strip().getBytes(StandardCharsets.UTF_16LE)))
          .as(sample.file())
          .isEqualTo(expected);
      if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(bare)) {
        String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + bare;
        assertThat(describe(latin.getBytes(StandardCharsets.ISO_8859_1)))
            .as(sample.file())
            .isEqualTo(expected);
      }
      assertThat(
              describe(
                  bare.replace("\r\n", "\n")
                      .replace("\n", "\r\n")
                      .getBytes(StandardCharsets.UTF_8)))
          .as(sample.file())
          .isEqualTo(expected);
      compared++;
    }
    assertThat(compared).isGreaterThan(100);
  }

  private String describe(byte[] message) {
    try {
      InboundBody body = reader.read(message).body();
      StringBuilder said = new StringBuilder(body.messageName()).append(body.messageId());
      if (body instanceof CreditTransfer transfer) {
        for (CreditTransfer.Transaction transaction : transfer.transactions()) {
          said.append(transaction.amount())
              .append(transaction.uetr())
              .append(transaction.privateFields().creditorName())
              .append(transaction.privateFields().hashCode());
        }
      }
      return said.toString();
    } catch (MessageRefused e) {
      return e.kind() + e.path() + e.rule();
    }
  }

  @Test
  void everyLimitRefuses() {
    CheckLimits small = new CheckLimits(2_000, 10, 3, 100, 2);
    MessageReader limited = new MessageReader(small);
    refused(limited, " ".repeat(2_001), Kind.LIMIT_EXCEEDED);
    refused(limited, "<BusMsg>".repeat(20), Kind.LIMIT_EXCEEDED);
    refused(
        limited,
        "<Document xmlns=\"" + NAMESPACE + "\" a='' b='' c='' d=''/>",
        Kind.LIMIT_EXCEEDED);
    refused(limited, status("x".repeat(101)), Kind.LIMIT_EXCEEDED);
  }

  @Test
  void whatIsNoMessageIsRefusedByKind() {
    refused(reader, "", Kind.NOT_WELL_FORMED);
    refused(reader, "<Document/>", Kind.UNKNOWN_MESSAGE);
    refused(reader, "<Document xmlns='urn:swift:xsd:$pacs.008.001.01'/>", Kind.UNKNOWN_MESSAGE);
    refused(reader, "<html/>", Kind.UNKNOWN_MESSAGE);
    refused(reader, "<Envelope/>", Kind.UNKNOWN_MESSAGE);
    refused(reader, "<Envelope><![CDATA[<Document/>]]></Envelope>", Kind.UNKNOWN_MESSAGE);
    refused(reader, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Kind.NOT_WELL_FORMED);
    refused(reader, "<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>", Kind.ENCODING);
    refused(reader, "<Document xmlns='" + NAMESPACE + "'><x>", Kind.NOT_VALID);
    refused(reader, "<D\u0000ocument/>", Kind.ENCODING);
  }

  private static String status(String id) {
    return document(
        "<FIToFIPmtStsRpt><GrpHdr><MsgId>"
            + id
            + "</MsgId><CreDtTm>2026-11-23T10:11:12Z</CreDtTm></GrpHdr></FIToFIPmtStsRpt>");
  }

  private static String document(String inner) {
    return "<BusMsg><Body><Request><Message><Envelope><BusMsg><Body><Request><Document xmlns='"
        + NAMESPACE
        + "'>"
        + inner
        + "</Document></Request></Body></BusMsg></Envelope></Message></Request></Body></BusMsg>";
  }

  private static void refused(MessageReader reader, String xml, Kind kind) {
    assertThatThrownBy(() -> reader.read(xml.getBytes(StandardCharsets.UTF_8)))
        .as(xml)
        .isInstanceOfSatisfying(MessageRefused.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
