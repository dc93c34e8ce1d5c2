package org.civicswitch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.gateway.kit.tls.MutualTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ExchangeBridgeTest {
  private static final String PATH = "/r1/XX/GOV/1000001/benefits/life-events";
  private static final String CLIENT = "XX/GOV/1000002/civil-registry";
  private static final String KNOWN = "NID:CIV-00000042";
  private static final String UNKNOWN = "NID:CIV-00000043";
  private static final int CONNECTION = 9;
  private static final int REGISTRY = 501;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final FakeSwitch core = new FakeSwitch();
  private DevelopmentCa authority;
  private FileKeyService keys;
  private Caller caller;
  private MessageLog log;
  private ExchangeBridge bridge;
  private HttpClient registry;
  private HttpClient stranger;

  private record Answer(int status, MultiMap headers, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  @BeforeEach
  void open() throws Exception {
    authority = DevelopmentCa.open(directory.resolve("dev"));
    final Credential credential = authority.client("registry");
    final Credential bank = authority.client("bank");
    final long lifeEvents = 1L << RecordLifeEventDecoder.TEMPLATE_ID;
    core.grant(CONNECTION, REGISTRY, lifeEvents, credential.fingerprint());
    core.grant(3, 101, -1L & ~lifeEvents, bank.fingerprint());
    keys = FileKeyService.open(directory.resolve("keys"), "exchange");
    caller = keys.admit("exchange", EnumSet.allOf(Caller.Right.class));
    log = MessageLog.open(directory.resolve("messages"), keys, caller);
    core.watch(log::size);
    final Tokens tokens = new Tokens(keys, caller);
    core.know(tokens.subject(PersonId.parse(KNOWN)));
    bridge = await(ExchangeBridge.start(vertx, options(0), core, tokens, log));
    registry = vertx.createHttpClient(MutualTls.client(credential, authority.rootCertificate()));
    stranger = vertx.createHttpClient(MutualTls.client(bank, authority.rootCertificate()));
  }

  @AfterEach
  void close() throws Exception {
    bridge.close();
    log.close();
    keys.close();
    await(vertx.close());
  }

  @Test
  void aNoticeIsLoggedThenTakenAndTheSameAgainIsRepeated() throws Exception {
    final JsonObject notice = Notices.death("D-1", KNOWN);
    final Answer first = post(registry, notice.encode());
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json()).isEqualTo(received(false));
    final Answer again = post(registry, notice.encode());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(received(true));

    final FakeSwitch.Taken taken = core.taken().get(0);
    assertThat(taken.connection()).isEqualTo(CONNECTION);
    assertThat(taken.participant()).isEqualTo(REGISTRY);
    assertThat(taken.evidence())
        .isEqualTo(Digest256.sha256(notice.encode().getBytes(StandardCharsets.UTF_8)));
    assertThat(taken.logged()).as("logged before it is offered").isEqualTo(1);
    assertThat(log.read(1, caller, "test").content()).isEqualTo(notice.toBuffer());
    assertNothingInClear("CIV-00000042", "civ-00000042");
  }

  @Test
  void otherContentUnderTheSameIdIsADuplicate() throws Exception {
    post(registry, Notices.death("D-1", KNOWN).encode());
    final Answer other = post(registry, Notices.death("D-1", UNKNOWN).encode());
    assertError(other, 409, "Client.DuplicateEvent");
    final Answer reversal = post(registry, Notices.reversal("R-1", KNOWN, "D-1").encode());
    assertThat(reversal.json()).isEqualTo(received(false));
  }

  @Test
  void whoReceivesBenefitsCannotBeToldFromAnyAnswer() throws Exception {
    final List<List<String>> answers = new ArrayList<>();
    for (final String person : List.of(KNOWN, UNKNOWN)) {
      final List<String> seen = new ArrayList<>();
      final String space = person.equals(KNOWN) ? "K" : "U";
      final JsonObject death = Notices.death(space + "1", person);
      for (final JsonObject notice :
          List.of(
              death,
              death,
              death.copy().put("occurred_on", "2026-11-22"),
              Notices.reversal(space + "2", person, space + "1"),
              Notices.reversal(space + "3", person, "never sent"),
              Notices.reversal(space + "3", person, "never sent"))) {
        seen.add(visible(post(registry, notice.encode())));
      }
      answers.add(seen);
    }
    assertThat(answers.get(0)).isEqualTo(answers.get(1)).hasSize(6);
    core.force(Code.LIFE_EVENT_EXISTS);
    final String exists = visible(post(registry, Notices.death("D-9", KNOWN).encode()));
    core.force(Code.SUBJECT_UNKNOWN);
    assertThat(visible(post(registry, Notices.death("D-9", UNKNOWN).encode()))).isEqualTo(exists);
  }

  /** All of an answer but what is new in every one. */
  private static String visible(final Answer answer) {
    final List<String> headers = new ArrayList<>();
    answer
        .headers()
        .forEach(h -> headers.add(h.getKey().equals(XRoadHeaders.REQUEST_ID) ? "" : h + ""));
    final JsonObject body = answer.json();
    body.remove("detail");
    return answer.status() + " " + headers + " " + body;
  }

  @ParameterizedTest
  @CsvSource({
    "STALE, 422, Client.InvalidRequest, false",
    "CREATED_IN_FUTURE, 422, Client.InvalidRequest, false",
    "CONNECTION_NOT_GRANTED, 403, Server.ServerProxy.AccessDenied, false",
    "PARTICIPANT_NOT_ACTIVE, 403, Server.ServerProxy.AccessDenied, false",
    "CAPACITY, 503, Server.ServerProxy.ServiceFailed, true",
    "THROTTLED, 503, Server.ServerProxy.ServiceFailed, true",
    "MALFORMED, 422, Client.InvalidRequest, false"
  })
  void everyRefusalOfTheSwitchHasItsStatus(
      final Code code, final int status, final String type, final boolean later) throws Exception {
    core.force(code);
    final Answer answer = post(registry, Notices.death("D-1", KNOWN).encode());
    assertError(answer, status, type);
    assertThat(answer.headers().contains("Retry-After")).isEqualTo(later);
  }

  @Test
  void isBusyWhenTheSwitchHasNoRoomAndTakesItLater() throws Exception {
    core.full(true);
    final String notice = Notices.death("D-1", KNOWN).encode();
    final Answer busy = post(registry, notice);
    assertError(busy, 503, "Server.ServerProxy.ServiceFailed");
    assertThat(busy.headers().get("Retry-After")).isEqualTo("2");
    core.full(false);
    assertThat(post(registry, notice).json()).isEqualTo(received(false));
  }

  @Test
  void aNoticeThatCannotBeKeptDoesNotGoOn() throws Exception {
    log.close();
    final Answer answer = post(registry, Notices.death("D-1", KNOWN).encode());
    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(core.taken()).isEmpty();
  }

  @Test
  void everyWrongRequestHasItsStatus() throws Exception {
    assertError(post(registry, "{"), 400, "Client.InvalidRequest");
    assertError(post(registry, ""), 400, "Client.InvalidRequest");
    assertError(call(registry, HttpMethod.GET, PATH, null), 405, "Client.MethodNotAllowed");
    assertThat(call(registry, HttpMethod.PUT, PATH, "{}").headers().get("Allow")).isEqualTo("POST");
    assertError(
        call(registry, HttpMethod.POST, "/r1/XX/GOV/1/benefits/other", "{}"),
        404,
        "Server.ServerProxy.UnknownService");
    final int most = LifeEventNotice.BODY_BYTES_MAX;
    assertError(post(registry, " ".repeat(most)), 400, "Client.InvalidRequest");
    assertError(post(registry, " ".repeat(most + 1)), 413, "Client.RequestTooLarge");
    final MultiMap bare = MultiMap.caseInsensitiveMultiMap();
    final String notice = Notices.death("D-1", KNOWN).encode();
    assertError(
        call(registry, HttpMethod.POST, PATH, bare, notice), 400, "Client.MissingHeader", false);
    assertThat(core.taken()).isEmpty();
    assertThat(log.size()).isZero();
  }

  @Test
  void aStrangerIsTurnedAwayWhateverTheySend() throws Exception {
    final String type = "Server.ServerProxy.AccessDenied";
    assertError(post(stranger, Notices.death("D-1", KNOWN).encode()), 403, type);
    assertError(post(stranger, "{"), 403, type);
    assertError(post(stranger, " ".repeat(LifeEventNotice.BODY_BYTES_MAX + 1)), 403, type);
    assertError(call(stranger, HttpMethod.GET, PATH, null), 403, type);
    assertError(call(stranger, HttpMethod.GET, "/nothing", null), 403, type);
    final MultiMap wrong = MultiMap.caseInsensitiveMultiMap().add("X-Road-Client", "nobody");
    assertError(call(stranger, HttpMethod.POST, PATH, wrong, "{}"), 403, type, false);
    final HttpClient unheardOf =
        vertx.createHttpClient(
            MutualTls.client(authority.client("unheard-of"), authority.rootCertificate()));
    assertError(post(unheardOf, "{}"), 403, type);
    assertThat(core.taken()).isEmpty();
    assertThat(log.size()).isZero();
  }

  @Test
  void nobodyGetsInWithoutACertificateOfTheAuthority() throws Exception {
    final DevelopmentCa other = DevelopmentCa.open(directory.resolve("other"));
    final HttpClient forged =
        vertx.createHttpClient(
            MutualTls.client(other.client("registry"), authority.rootCertificate()));
    final Throwable refused =
        call(forged, HttpMethod.POST, PATH, headers(), Buffer.buffer("{}"))
            .toCompletionStage()
            .toCompletableFuture()
            .handle((answer, failure) -> failure)
            .get(30, TimeUnit.SECONDS);
    assertThat(refused).isNotNull();
  }

  @Test
  void commandsFollowInTheOrderOfTheLog() throws Exception {
    final List<Future<Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      final Buffer notice = Notices.death("D-" + i, KNOWN).toBuffer();
      waiting.add(call(registry, HttpMethod.POST, PATH, headers(), notice));
    }
    for (final Future<Answer> answer : waiting) {
      assertThat(await(answer).status()).isEqualTo(202);
    }
    final List<Digest256> logged = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      logged.add(Digest256.sha256(log.read(number, caller, "test").content().getBytes()));
    }
    assertThat(core.taken()).extracting(FakeSwitch.Taken::evidence).isEqualTo(logged);
  }

  @Test
  void aPortThatIsTakenIsAFailureNotAHang() throws Exception {
    final Throwable failure =
        ExchangeBridge.start(vertx, options(bridge.port()), core, new Tokens(keys, caller), log)
            .toCompletionStage()
            .toCompletableFuture()
            .handle((started, refused) -> refused)
            .get(30, TimeUnit.SECONDS);
    assertThat(failure).isInstanceOf(BindException.class);
  }

  private HttpServerOptions options(final int port) throws Exception {
    return MutualTls.server(authority.server(), authority.rootCertificate())
        .setHost("127.0.0.1")
        .setPort(port);
  }

  private static JsonObject received(final boolean repeated) {
    return new JsonObject().put("status", "received").put("repeated", repeated);
  }

  private static void assertError(final Answer answer, final int status, final String type) {
    assertError(answer, status, type, true);
  }

  private static void assertError(
      final Answer answer, final int status, final String type, final boolean echoed) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.headers().get("X-Road-Error")).isEqualTo(type);
    assertThat(answer.json().getString("type")).isEqualTo(type);
    assertThat(answer.json().fieldNames()).containsExactly("type", "message", "detail");
    if (echoed) {
      assertEchoed(answer);
    } else {
      assertThat(answer.headers().contains("X-Road-Client")).isFalse();
    }
  }

  private static void assertEchoed(final Answer answer) {
    headers()
        .forEach(
            header ->
                assertThat(answer.headers().getAll(header.getKey()))
                    .as("%s of %d", header.getKey(), answer.status())
                    .containsExactly(header.getValue()));
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap()
        .add("X-Road-Client", CLIENT)
        .add("X-Road-Id", "m-1")
        .add("X-Road-UserId", "XX-OFFICER-1")
        .add("X-Road-Issue", "case-7");
  }

  private Answer post(final HttpClient client, final String body) throws Exception {
    final Answer answer = call(client, HttpMethod.POST, PATH, body);
    assertEchoed(answer);
    return answer;
  }

  private Answer call(
      final HttpClient client, final HttpMethod method, final String path, final String body)
      throws Exception {
    return call(client, method, path, headers(), body);
  }

  private Answer call(
      final HttpClient client,
      final HttpMethod method,
      final String path,
      final MultiMap headers,
      final String body)
      throws Exception {
    return await(call(client, method, path, headers, Buffer.buffer(body == null ? "" : body)));
  }

  private Future<Answer> call(
      final HttpClient client,
      final HttpMethod method,
      final String path,
      final MultiMap headers,
      final Buffer body) {
    return client
        .request(method, bridge.port(), "localhost", path)
        .compose(
            request -> {
              request.headers().addAll(headers);
              return request
                  .send(body)
                  .compose(
                      response ->
                          response
                              .body()
                              .map(
                                  buffer ->
                                      new Answer(
                                          response.statusCode(),
                                          response.headers(),
                                          buffer.toString())));
            });
  }

  private static <T> T await(final Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void assertNothingInClear(final String... texts) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        final String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (final String text : texts) {
          assertThat(content.contains(text)).as("%s in %s", text, file).isFalse();
        }
      }
    }
  }
}
