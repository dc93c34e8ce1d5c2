package org.civicswitch.gateway.iso20022.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.junit.jupiter.api.Test;

/** Whatever stands around a message, the verdict is that of the message. */
class EnvelopeTest {
  private static final Pattern PART =
      Pattern.compile("<((?:[\\w.-]+:)?(?:AppHdr|Document))[\\s>].*?</\\1\\s*>", Pattern.DOTALL);

  /** Where a header and a document stand; %s is both of them. */
  private static final List<String> ENVELOPES =
      List.of(
          "%s",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- one after the other -->\n%s\n",
          "<x>%s</x>",
          "<Envelope xmlns='urn:swift:xsd:envelope'>%s</Envelope>",
          "<FedNowIncoming xmlns='urn:fednow'><FedNowIncomingMessage>"
              + "<FedNowCustomerCreditTransfer>%s</FedNowCustomerCreditTransfer>"
              + "</FedNowIncomingMessage></FedNowIncoming>",
          "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header/>"
              + "<s:Body>%s</s:Body></s:Envelope>",
          "<Saa:DataPDU xmlns:Saa='urn:swift:saa:xsd:saa.2.0'><Saa:Revision>2.0.13</Saa:Revision>"
              + "<Saa:Header><Saa:Message><Saa:SenderReference>M1</Saa:SenderReference>"
              + "</Saa:Message></Saa:Header><Saa:Body>%s</Saa:Body></Saa:DataPDU>",
          "<document>text before%stext after</document>");

  private final MessageChecker checker =
      new MessageChecker(MessageDefinitions.committed(), CheckLimits.DEFAULT);

  @Test
  void verdictIsThatOfTheMessage() throws Exception {
    SchemaOracle oracle = new SchemaOracle();
    int valid = 0;
    int invalid = 0;
    for (Sample sample : Samples.all()) {
      String parts = parts(sample);
      for (String envelope : ENVELOPES) {
        byte[] message = envelope.replace("%s", parts).getBytes(StandardCharsets.UTF_8);
        boolean expected = oracle.verdict(message) == null;
        assertThat(verdict(message) == null)
            .as("%s in %s: %s", sample.file(), envelope, verdict(message))
            .isEqualTo(expected);
        valid += expected ? 1 : 0;
        invalid += expected ? 0 : 1;
      }
    }
    assertThat(valid).isGreaterThan(60 * ENVELOPES.size());
    assertThat(invalid).isGreaterThan(20 * ENVELOPES.size());
  }

  @Test
  void headerAndDocumentBesideEachOtherAreNamedWhereTheyStand() {
    String header = "<AppHdr xmlns='urn:iso:std:iso:20022:tech:xsd:head.001.001.02'><Fr/></AppHdr>";
    MessageRefused refused = refusal(header + "\n<Document/>");
    assertThat(refused.line()).isEqualTo(1);
    assertThat(refused.column()).isEqualTo(header.indexOf("</AppHdr>") - "<Fr/>".length() + 1);
    assertThat(refused.path()).isEqualTo("AppHdr/Fr");
    assertThat(refusal(header + "</x><x>").kind()).isEqualTo(MessageRefused.Kind.NOT_VALID);
    assertThat(refusal("<AppHdr/></x><x>").rule()).contains("AppHdr without a namespace");
  }

  @Test
  void severalMessagesAreNotOne() {
    String document = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'/>";
    assertThat(refusal("<a>" + document.replace("/>", "><FIToFICstmrCdtTrf/></Document>") + "</a>"))
        .isNotNull();
    assertThat(refusal("<a/>").rule()).isEqualTo("there is no element Document in it");
    assertThat(refusal("<a><![CDATA[" + document + "]]></a>").rule())
        .isEqualTo("there is no element Document in it");
  }

  @Test
  void otherMessagesAreNamedAndSoIsWhatIsTakenIn() {
    String other = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08'/>";
    assertThat(refusal(other).rule())
        .startsWith("pacs.009.001.08 is not taken in here; taken in are pacs.008.001.08, ")
        .doesNotContain("head.");
    assertThat(refusal("<Document xmlns='urn:x:secret'/>").rule())
        .contains("not of ISO 20022")
        .doesNotContain("secret");
    assertThat(refusal(other).kind()).isEqualTo(MessageRefused.Kind.UNKNOWN_MESSAGE);
  }

  private static String parts(Sample sample) {
    Matcher part = PART.matcher(new String(sample.bytes(), StandardCharsets.UTF_8));
    StringBuilder parts = new StringBuilder();
    while (part.find()) {
      parts.append(part.group()).append("\n");
    }
    return parts.toString();
  }

  private MessageRefused refusal(String message) {
    return verdict(message.getBytes(StandardCharsets.UTF_8));
  }

  private MessageRefused verdict(byte[] message) {
    try {
      checker.check(message, 0, message.length, new SilentListener());
      return null;
    } catch (MessageRefused e) {
      return e;
    }
  }
}
