package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.message.PaymentStatus.Entry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same again gets the same answer; another content, another word and a lost client do not. */
@Tag("slow")
class GatewayOnceTest extends GatewayHarness {
  @Test
  void anotherContentIsRefusedAndTheFieldNamed() throws Exception {
    final String uetr = UUID.randomUUID().toString();
    final String taken = text(pay(uetr, 5_00));
    assertThat(post(bankA, bytes(taken)).status()).isEqualTo(202);
    assertThat(words(taken.replace(">5.00<", ">5.01<"))).contains("IntrBkSttlmAmt");
    assertThat(words(taken.replace("Bo Ek", "Bo Ekk"))).contains("parties");
    assertThat(words(taken.replaceAll("(<IntrBkSttlmDt>)[^<]*", "$12027-01-01")))
        .endsWith("first in IntrBkSttlmDt");
    assertThat(entry(post(bankA, bytes(taken)).body()).status()).isEqualTo("ACSP");
  }

  private String words(String changed) throws Exception {
    final Entry entry = entry(post(bankA, bytes(changed)).body());
    assertThat(entry.status()).isEqualTo("RJCT");
    assertThat(entry.reasonCode()).isEqualTo("AM05");
    return entry.additionalInformation();
  }

  @Test
  void aSecondWordOfTheCreditorAgentIsAnsweredWithWhatStands() throws Exception {
    final String settled = UUID.randomUUID().toString();
    post(bankA, pay(settled, 5_00));
    receive(bankB);
    assertThat(status(post(bankB, confirm(settled, "ACCP", null)).body())).isEqualTo("ACSC");
    receive(bankB);
    assertThat(status(post(bankB, confirm(settled, "RJCT", "AC04")).body())).isEqualTo("ACSC");

    final String rejected = UUID.randomUUID().toString();
    post(bankA, pay(rejected, 5_00));
    receive(bankB);
    final Entry first = entry(post(bankB, confirm(rejected, "RJCT", "AC04")).body());
    assertThat(first.reasonCode()).isEqualTo("AC04");
    assertThat(first.additionalInformation()).isEqualTo("REJECTED_BY_CREDITOR");
    receive(bankB);
    final Entry second = entry(post(bankB, confirm(rejected, "ACCP", null)).body());
    assertThat(second.status()).isEqualTo("RJCT");
    assertThat(second.reasonCode()).isEqualTo("AC04");
  }

  @Test
  void paymentsWithoutIdentificationsOfTheirOwnAreKeptApart() throws Exception {
    final String one = text(pay(UUID.randomUUID().toString(), 5_00));
    final String transaction =
        one.substring(one.indexOf("<CdtTrfTxInf>"), one.indexOf("</FIToFICstmrCdtTrf>"))
            .replaceAll("<UETR>[^<]*</UETR>", "");
    final String two =
        one.substring(0, one.indexOf("<CdtTrfTxInf>"))
                .replace("<NbOfTxs>1<", "<NbOfTxs>2<")
                .replace(">5.00</Ttl", ">10.00</Ttl")
            + transaction
            + transaction
            + one.substring(one.indexOf("</FIToFICstmrCdtTrf>"));
    final List<Entry> entries = entries(post(bankA, bytes(two)).body());
    assertThat(entries).extracting(Entry::status).containsExactly("ACSP", "ACSP");
    assertThat(entries.get(0).originalUetr()).isNotEqualTo(entries.get(1).originalUetr());
    final List<Entry> again = entries(post(bankA, bytes(two)).body());
    assertThat(again)
        .extracting(Entry::originalUetr)
        .containsExactly(entries.get(0).originalUetr(), entries.get(1).originalUetr());
    final String later = two.replaceFirst("<MsgId>[^<]*", "<MsgId>another");
    assertThat(entries(post(bankA, bytes(later)).body()))
        .as("of another message with the same end-to-end identifications")
        .extracting(Entry::status)
        .containsExactly("ACSP", "ACSP");
  }

  @Test
  void anIdentificationThatStandsTwiceInAMessageIsPaidOnce() throws Exception {
    final String one = text(pay(UUID.randomUUID().toString(), 5_00));
    final String transaction =
        one.substring(one.indexOf("<CdtTrfTxInf>"), one.indexOf("</FIToFICstmrCdtTrf>"));
    final String two =
        one.replace("</FIToFICstmrCdtTrf>", transaction + "</FIToFICstmrCdtTrf>")
            .replace("<NbOfTxs>1<", "<NbOfTxs>2<")
            .replace(">5.00</Ttl", ">10.00</Ttl");
    final List<Entry> entries = entries(post(bankA, bytes(two)).body());
    assertThat(entries).extracting(Entry::status).containsExactly("ACSP", "RJCT");
    assertThat(entries.get(1).reasonCode()).isEqualTo("AM05");
  }

  @Test
  void anOfferIsAnsweredAsAWholeAlsoWhenItHasBeenAcknowledged() throws Exception {
    final String uetr = UUID.randomUUID().toString();
    post(bankA, pay(uetr, 5_00));
    final JsonObject offer = receive(bankB).getJsonObject(0);
    call(bankB, HttpMethod.DELETE, MESSAGES + "/" + offer.getString("id"));
    final String whole =
        text(confirm(uetr, "ACCP", null))
            .replaceFirst(
                "<TxInfAndSts>.*</TxInfAndSts>",
                "<OrgnlGrpInfAndSts><OrgnlMsgId>CSW"
                    + offer.getString("id")
                    + "</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.10</OrgnlMsgNmId>"
                    + "<GrpSts>ACCP</GrpSts></OrgnlGrpInfAndSts>");
    assertThat(status(post(bankB, bytes(whole)).body())).isEqualTo("ACSC");
    assertThat(post(bankB, bytes(whole.replace("CSW", "CSX"))).status()).isEqualTo(400);
  }

  @Test
  void aStatusMayNameTheMessageOfOnePaymentInsteadOfTheUetr() throws Exception {
    final String uetr = UUID.randomUUID().toString();
    post(bankA, pay(uetr, 5_00));
    final String id = receive(bankB).getJsonObject(0).getString("id");
    final String named =
        text(confirm(uetr, "ACCP", null))
            .replaceFirst("<OrgnlUETR>[^<]*</OrgnlUETR>", "")
            .replaceFirst(
                "<TxInfAndSts>",
                "<TxInfAndSts><OrgnlGrpInf><OrgnlMsgId>CSW"
                    + id
                    + "</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.10</OrgnlMsgNmId></OrgnlGrpInf>");
    final Answer answer = post(bankB, bytes(named));
    assertThat(status(answer.body())).isEqualTo("ACSC");
    assertThat(answer.body()).contains(uetr);
    assertThat(post(bankB, bytes(named.replace("CSW", "CSX"))).body()).contains("OrgnlUETR");
  }

  @Test
  void aWaitingClientThatIsGoneTakesNothingAway() throws Exception {
    final HttpClientRequest gone =
        await(bankB.request(HttpMethod.GET, gateway.port(), "localhost", MESSAGES + "?wait=20"));
    await(gone.end());
    assertThat(call(bankB, HttpMethod.GET, MESSAGES).status()).as("it waits by now").isEqualTo(204);
    await(gone.connection().close());
    assertThat(call(bankB, HttpMethod.GET, MESSAGES).status()).as("it is gone").isEqualTo(204);
    post(bankA, pay(UUID.randomUUID().toString(), 5_00));
    final JsonArray messages = receive(bankB);
    assertThat(messages).hasSize(1);
  }

  @Test
  void aRangeThatRunsBackwardsIsRefused() throws Exception {
    assertThat(call(bankA, HttpMethod.DELETE, MESSAGES + "/9-3").status()).isEqualTo(400);
    assertThat(call(bankA, HttpMethod.DELETE, MESSAGES + "/0").status()).isEqualTo(400);
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Entry> entries(String document) throws Exception {
    return ((PaymentStatus) read(document)).entries();
  }
}
