package org.civicswitch.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XRoadHeadersTest {
  private static final String CLIENT = "XX/GOV/1000002/civil-registry";

  private final MultiMap request = MultiMap.caseInsensitiveMultiMap();

  @Test
  void readsAllAndMakesAnIdWhereThereIsNone() throws Exception {
    request.add("x-road-client", " " + CLIENT + " ").add("X-ROAD-ID", "m-1");
    request.add("X-Road-UserId", "XX-OFFICER-1").add("X-Road-Issue", "case 7");
    assertThat(XRoadHeaders.read(request))
        .isEqualTo(new XRoadHeaders(CLIENT, "m-1", "XX-OFFICER-1", "case 7"));
    request.remove("X-Road-Id").remove("X-Road-UserId").set("X-Road-Issue", " ");
    final XRoadHeaders bare = XRoadHeaders.read(request);
    assertThat(bare.id()).isNotBlank().isNotEqualTo(XRoadHeaders.read(request).id());
    assertThat(bare.userId()).isNull();
    assertThat(bare.issue()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX/GOV/1000002", "XX/GOV/1000002/civil-registry"})
  void aClientIsAMemberOrASubsystem(final String client) throws Exception {
    assertThat(XRoadHeaders.read(request.add("X-Road-Client", client)).client()).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"XX", "XX/GOV", "XX//1/a", "/XX/GOV/1", "XX/GOV/1/", "a/b/c/d/e", "a/b c/d"})
  void refusesAClientThatIsNone(final String client) {
    request.add("X-Road-Client", client);
    assertThat(refusal().type()).isEqualTo("Client.InvalidHeader");
    assertThat(echoed().contains("X-Road-Client")).isFalse();
  }

  @Test
  void refusesNoClientTwoAndTooMuch() {
    assertThat(refusal().type()).isEqualTo("Client.MissingHeader");
    request.add("X-Road-Client", CLIENT).add("X-Road-Client", CLIENT);
    assertThat(refusal().getMessage()).contains("X-Road-Client occurs 2 times");
    request.set("X-Road-Client", CLIENT).set("X-Road-Id", "x".repeat(256));
    assertThat(refusal().getMessage()).contains("X-Road-Id is longer than 255");
    request.set("X-Road-Id", "a\u0001b");
    assertThat(refusal().getMessage()).contains("X-Road-Id contains a control character");
  }

  @Test
  void echoesWhatIsThereAndNothingThatIsNotAValue() {
    request.add("X-Road-Client", CLIENT).add("X-Road-Id", "x".repeat(255));
    request.add("X-Road-Issue", "1").add("X-Road-Issue", "2").add("X-Road-Other", "3");
    final MultiMap response = echoed();
    assertThat(response.names()).containsExactlyInAnyOrder("X-Road-Client", "X-Road-Id");
    assertThat(response.get("X-Road-Client")).isEqualTo(CLIENT);
    assertThat(response.get("X-Road-Id")).hasSize(255);
  }

  private MultiMap echoed() {
    final MultiMap response = MultiMap.caseInsensitiveMultiMap();
    XRoadHeaders.echo(request, response);
    return response;
  }

  private NoticeRefused refusal() {
    final NoticeRefused refused =
        catchThrowableOfType(NoticeRefused.class, () -> XRoadHeaders.read(request));
    assertThat(refused.status()).isEqualTo(400);
    return refused;
  }
}
