package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.kit.keys.Epoch;
import org.civicswitch.gateway.kit.tls.MutualTls;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GatewayTest extends GatewayHarness {
  @Test
  void aPaymentGoesThroughAndBothAreTold() throws Exception {
    final String uetr = UUID.randomUUID().toString();
    final Future<Answer> waiting =
        call(bankA, HttpMethod.POST, MESSAGES, pay(uetr, 1_23), "wait=20");

    final JsonObject offer = receive(bankB).getJsonObject(0);
    assertThat(offer.getString("message")).isEqualTo("pacs.008.001.10");
    final CreditTransfer offered = (CreditTransfer) read(offer.getString("document"));
    assertThat(offered.transactions().get(0).uetr()).isEqualTo(uetr);
    assertThat(offered.transactions().get(0).amount()).isEqualTo(1_23);
    assertThat(offered.transactions().get(0).privateFields().creditorName()).isEqualTo("Bo Ek");

    final Answer confirmed = post(bankB, confirm(uetr, "ACCP", null));
    assertThat(confirmed.status()).isEqualTo(200);
    assertThat(status(confirmed.body())).isEqualTo("ACSC");
    final Answer finalWord = await(waiting);
    assertThat(finalWord.status()).isEqualTo(200);
    assertThat(status(finalWord.body())).isEqualTo("ACSC");
    assertThat(finalWord.body()).contains(uetr).contains("E2E-1");

    assertThat(status(receive(bankA).getJsonObject(0).getString("document"))).isEqualTo("ACSC");
    assertThat(status(receive(bankB).getJsonObject(0).getString("document"))).isEqualTo("ACSC");
    final Answer asked = call(bankA, HttpMethod.GET, "/iso20022/payments/" + uetr);
    assertThat(status(asked.body())).isEqualTo("ACSC");

    final Answer again = post(bankA, pay(uetr, 1_23));
    assertThat(status(again.body())).as("the same again").isEqualTo("ACSC");
    final Answer other = post(bankA, pay(uetr, 1_24));
    assertThat(entry(other.body()).reasonCode()).as("another amount").isEqualTo("AM05");
    assertNothingInClear("Ana Silva", "Bo Ek", "40012345");
  }

  @Test
  void isTakenDurablyThenRejectedOrExpired() throws Exception {
    final String refused = UUID.randomUUID().toString();
    final Answer taken = post(bankA, pay(refused, 5));
    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.location()).isEqualTo("/iso20022/payments/" + refused);
    assertThat(status(taken.body())).isEqualTo("ACSP");
    receive(bankB);
    assertThat(status(post(bankB, confirm(refused, "RJCT", "AC04")).body())).isEqualTo("RJCT");
    final JsonObject word = receive(bankA).getJsonObject(0);
    assertThat(entry(word.getString("document")).reasonCode()).isEqualTo("AC04");

    final String late = UUID.randomUUID().toString();
    post(bankA, pay(late, 5));
    core.pass(11_000);
    final Answer tooLate = post(bankB, confirm(late, "ACCP", null));
    assertThat(entry(tooLate.body()).reasonCode()).isEqualTo("AB05");
    final Answer asked = call(bankA, HttpMethod.GET, "/iso20022/payments/" + late);
    assertThat(entry(asked.body()).reasonCode()).isEqualTo("AB05");
    assertThat(entry(asked.body()).additionalInformation())
        .as("nobody confirmed, late or not, before the deadline passed")
        .isEqualTo("DEADLINE_PASSED");
    final List<String> statuses = new ArrayList<>();
    // B is told of both; the offer that expired is not among it.
    while (statuses.size() < 2) {
      for (final Object message : receive(bankB)) {
        assertThat(((JsonObject) message).getString("message")).startsWith("pacs.002");
        statuses.add(status(((JsonObject) message).getString("document")));
      }
    }
    assertThat(statuses).containsExactly("RJCT", "RJCT");
  }

  @Test
  void businessRefusalsComeAsStatusReports() throws Exception {
    final Answer poor = post(bankA, pay(UUID.randomUUID().toString(), 2_000_000_00L));
    assertThat(poor.status()).isEqualTo(200);
    assertThat(entry(poor.body()).status()).isEqualTo("RJCT");
    assertThat(entry(poor.body()).reasonCode()).isIn("AM04", "AM23");
    final Answer stranger =
        post(bankA, pay(UUID.randomUUID().toString(), 5, SeededSwitch.BIC_A, "NOBKXX2A", "EUR"));
    assertThat(entry(stranger.body()).reasonCode()).isEqualTo("RC04");
    final Answer currency =
        post(
            bankA,
            pay(UUID.randomUUID().toString(), 5, SeededSwitch.BIC_A, SeededSwitch.BIC_B, "CHF"));
    assertThat(entry(currency.body()).reasonCode()).isEqualTo("AM03");
  }

  @Test
  void answersEveryWrongRequestInItsOwnWay() throws Exception {
    assertThat(post(bankA, "<a".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
    final Answer invalid =
        post(
            bankA,
            new String(pay(UUID.randomUUID().toString(), 5), StandardCharsets.UTF_8)
                .replace("NbOfTxs", "NbOfTx")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.body()).contains("admi.002.001.01").contains("NbOfTx");
    assertThat(post(bankA, new byte[11 * 1024 * 1024]).status()).isEqualTo(413);
    assertThat(call(bankA, HttpMethod.GET, "/nothing").status()).isEqualTo(404);
    assertThat(call(bankA, HttpMethod.GET, MESSAGES + "?limit=0").status()).isEqualTo(400);
    assertThat(call(bankA, HttpMethod.GET, MESSAGES).status()).isEqualTo(204);
    assertThat(call(bankA, HttpMethod.DELETE, MESSAGES + "/x").status()).isEqualTo(400);
    assertThat(call(bankA, HttpMethod.GET, "/iso20022/payments/" + UUID.randomUUID()).status())
        .isEqualTo(404);
    final Answer forged = post(bankB, pay(UUID.randomUUID().toString(), 5));
    assertThat(forged.status()).as("B instructs as A").isEqualTo(403);
    final HttpClient unknown =
        vertx.createHttpClient(
            MutualTls.client(authority.client("unknown"), authority.rootCertificate()));
    assertThat(call(unknown, HttpMethod.GET, MESSAGES).status()).isEqualTo(401);
    core.full(true);
    final Answer busy = post(bankA, pay(UUID.randomUUID().toString(), 5));
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.body()).contains("nothing was taken");
    core.full(false);
  }

  @Test
  void whatIsNotAcknowledgedComesAgainAndWhatIsDoesNot() throws Exception {
    for (int i = 0; i < 3; i++) {
      post(bankA, pay(UUID.randomUUID().toString(), 5));
    }
    core.pass(11_000);
    final List<Long> ids = ids(receive(bankA, 3));
    assertThat(ids).hasSize(3).isSorted();
    assertThat(call(bankA, HttpMethod.GET, MESSAGES).status()).as("leased").isEqualTo(204);
    core.pass(Mailbox.LEASE_MS + 1);
    assertThat(ids(receive(bankA, 3))).as("the lease is over").isEqualTo(ids);

    assertThat(call(bankA, HttpMethod.DELETE, MESSAGES + "/" + ids.get(1)).status())
        .as("not contiguous")
        .isEqualTo(204);
    assertThat(
            call(bankA, HttpMethod.DELETE, MESSAGES + "/" + ids.get(0) + "-" + ids.get(1)).status())
        .isEqualTo(204);
    gateway.close();
    start();
    assertThat(ids(receive(bankA, 3))).as("after a restart").isEqualTo(ids.subList(2, 3));
  }

  @Test
  void aPaymentWhoseKeyIsErasedIsRejected() throws Exception {
    final String uetr = UUID.randomUUID().toString();
    post(bankA, pay(uetr, 5));
    keys.eraseEpoch(caller, Epoch.at(SeededSwitch.A, core.clockMs.get()), "retention is over");
    assertThat(receive(bankB).getJsonObject(0).getString("message"))
        .as("no offer any more, the final word at once")
        .isEqualTo("pacs.002.001.12");
    final Answer asked = call(bankA, HttpMethod.GET, "/iso20022/payments/" + uetr);
    assertThat(entry(asked.body()).reasonCode()).isEqualTo("FF10");
  }
}
