package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.MessageReject;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.message.Times;
import org.civicswitch.gateway.iso20022.schema.SchemaOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real credit transfers, addressed anew to two banks of ours and dated today, are paid. */
@Tag("slow")
class RealMessagesTest extends GatewayHarness {
  private static final List<Charset> ENCODINGS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  private final Set<String> offered = new HashSet<>();

  @Test
  void whatIsValidIsPaidAndWhatIsNotIsRefused() throws Exception {
    final SchemaOracle oracle = new SchemaOracle();
    int paid = 0;
    int refused = 0;
    for (final Sample sample : Samples.all()) {
      if (!sample.type().startsWith("pacs.008")) {
        continue;
      }
      final String message = addressedAnew(sample);
      final boolean valid = oracle.verdict(message.getBytes(StandardCharsets.UTF_8)) == null;
      final Charset encoding = ENCODINGS.get((paid + refused) % ENCODINGS.size());
      final Answer answer = post(bankA, encoded(message, encoding));
      if (valid) {
        assertThat(answer.status()).as("%s: %s", sample.file(), answer.body()).isEqualTo(202);
        for (final PaymentStatus.Entry entry : ((PaymentStatus) read(answer.body())).entries()) {
          assertThat(entry.status()).as(sample.file()).isEqualTo("ACSP");
          isOffered(entry.originalUetr(), oracle, sample);
          assertThat(status(post(bankB, confirm(entry.originalUetr(), "ACCP", null)).body()))
              .as(sample.file())
              .isEqualTo("ACSC");
        }
        paid++;
      } else {
        assertThat(answer.status()).as(sample.file()).isEqualTo(400);
        final MessageReject reject = (MessageReject) read(answer.body());
        assertThat(answer.body()).as(sample.file()).contains("line=").contains("rule=");
        assertThat(reject.messageName()).isEqualTo("admi.002.001.01");
        refused++;
      }
    }
    assertThat(paid).isGreaterThan(40);
    assertThat(refused).isGreaterThan(10);
  }

  /** Receives until the payment has been offered; every offer is valid itself. */
  private void isOffered(final String uetr, final SchemaOracle oracle, final Sample sample)
      throws Exception {
    while (!offered.contains(uetr)) {
      for (final Object message : receive(bankB)) {
        final String document = ((JsonObject) message).getString("document");
        assertThat(oracle.verdict(document.getBytes(StandardCharsets.UTF_8)))
            .as(sample.file())
            .isNull();
        if (read(document) instanceof CreditTransfer transfer) {
          transfer.transactions().forEach(transaction -> offered.add(transaction.uetr()));
        }
      }
    }
  }

  private static byte[] encoded(final String message, final Charset encoding) {
    final String bare = message.replaceFirst("^\\s*<\\?xml[^>]*\\?>\\s*", "").strip();
    return bare.getBytes(encoding);
  }

  /** Other agents, currency, times and UETRs; amounts small enough for the banks' positions. */
  private String addressedAnew(final Sample sample) {
    String text = new String(sample.bytes(), StandardCharsets.UTF_8);
    for (final String agent : List.of("InstgAgt", "DbtrAgt")) {
      text = agent(text, agent, SeededSwitch.BIC_A);
    }
    for (final String agent : List.of("InstdAgt", "CdtrAgt")) {
      text = agent(text, agent, SeededSwitch.BIC_B);
    }
    text = party(party(text, "Fr", SeededSwitch.BIC_A), "To", SeededSwitch.BIC_B);
    final String now = Times.dateTime(core.clockMs.get());
    text = text.replaceAll("(IntrBkSttlmAmt\\s+Ccy=)\"[A-Z]{3}\"", "$1\"EUR\"");
    text = text.replaceAll("(IntrBkSttlmAmt\\s+Ccy=\"EUR\"\\s*>)[0-9]{5,}", "$11000");
    text = text.replaceAll("(<(?:\\w+:)?(?:CreDtTm|AccptncDtTm|CreDt)>)[^<]*", "$1" + now);
    text = text.replaceAll("(<(?:\\w+:)?IntrBkSttlmDt>)[^<]*", "$1" + now.substring(0, 10));
    // Several of one origin have the same identification.
    text =
        text.replaceAll(
            "(<(?:\\w+:)?TxId>)[^<]*", "$1" + UUID.randomUUID().toString().substring(9));
    final Matcher uetr = Pattern.compile("(<(?:\\w+:)?UETR>)[^<]*").matcher(text);
    return uetr.replaceAll(found -> found.group(1) + UUID.randomUUID());
  }

  private static String agent(final String text, final String element, final String bic) {
    return replaced(text, element, prefix -> institution(prefix, bic));
  }

  private static String party(final String text, final String element, final String bic) {
    return replaced(text, element, prefix -> element(prefix, "FIId", institution(prefix, bic)));
  }

  private static String institution(final String prefix, final String bic) {
    return element(prefix, "FinInstnId", element(prefix, "BICFI", bic));
  }

  private static String element(final String prefix, final String name, final String content) {
    return "<" + prefix + name + ">" + content + "</" + prefix + name + ">";
  }

  /** Other content for every element of this name; its prefix goes with what is within. */
  private static String replaced(
      final String text, final String name, final UnaryOperator<String> content) {
    return Pattern.compile(
            "<((?:[\\w.-]+:)?)" + name + "(?:\\s[^>]*)?>.*?</\\1" + name + ">", Pattern.DOTALL)
        .matcher(text)
        .replaceAll(found -> element(found.group(1), name, content.apply(found.group(1))));
  }
}
