package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.CreditTransferWriter;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.iso20022.message.OutboundTransfer;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.iso20022.message.PrivateFields;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.gateway.kit.tls.MutualTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway before a switch in memory, and two banks that are its clients over mutual TLS. */
abstract class GatewayHarness {
  static final String MESSAGES = "/iso20022/messages";

  @TempDir Path directory;
  final Vertx vertx = Vertx.vertx();
  final MemorySwitch core = new MemorySwitch();
  DevelopmentCa authority;
  FileKeyService keys;
  Caller caller;
  Iso20022Gateway gateway;
  HttpClient bankA;
  HttpClient bankB;

  record Answer(int status, String location, String body) {}

  @BeforeEach
  void open() throws Exception {
    authority = DevelopmentCa.open(directory.resolve("dev"));
    final Credential a = authority.client("a");
    final Credential b = authority.client("b");
    SeededSwitch.fill(core, a.fingerprint(), b.fingerprint());
    keys = FileKeyService.open(directory.resolve("keys"), "gateway");
    final Set<Caller.Right> rights = EnumSet.copyOf(Iso20022Gateway.RIGHTS);
    rights.add(Caller.Right.ERASE);
    caller = keys.admit("gateway", rights);
    start();
    bankA = vertx.createHttpClient(MutualTls.client(a, authority.rootCertificate()));
    bankB = vertx.createHttpClient(MutualTls.client(b, authority.rootCertificate()));
  }

  final void start() throws Exception {
    gateway =
        Iso20022Gateway.start(
            vertx,
            core,
            keys,
            caller,
            new Iso20022Gateway.Options(
                "127.0.0.1",
                0,
                authority.server(),
                authority.rootCertificate(),
                directory.resolve("messages"),
                core.clockMs::get));
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
    keys.close();
    await(vertx.close());
  }

  static List<Long> ids(JsonArray messages) {
    return messages.stream()
        .map(message -> Long.parseLong(((JsonObject) message).getString("id")))
        .toList();
  }

  final byte[] pay(String uetr, long amount) {
    return pay(uetr, amount, SeededSwitch.BIC_A, SeededSwitch.BIC_B, "EUR");
  }

  final byte[] pay(String uetr, long amount, String from, String to, String currency) {
    final OutboundTransfer transfer =
        new OutboundTransfer(
            uetr,
            amount,
            currency,
            (int) TimeUnit.MILLISECONDS.toDays(core.clockMs.get()),
            core.clockMs.get(),
            null,
            Agent.of(from, null),
            Agent.of(to, null),
            PrivateFields.builder()
                .endToEndId("E2E-1")
                .debtorName("Ana Silva")
                .debtorAccount("40012345")
                .creditorName("Bo Ek")
                .creditorAccount("90012345")
                .build());
    return CreditTransferWriter.write(
        "pacs.008.001.08",
        null,
        "M-" + uetr.substring(0, 8),
        core.clockMs.get(),
        Agent.of(SeededSwitch.BIC_A, null),
        null,
        List.of(transfer));
  }

  final byte[] confirm(String uetr, String status, String reason) {
    return PaymentStatusWriter.write(
        "pacs.002.001.10",
        null,
        "C-" + uetr.substring(0, 8),
        core.clockMs.get(),
        Agent.of(SeededSwitch.BIC_B, null),
        null,
        List.of(
            OutboundStatus.of(status)
                .withOriginal(null, "E2E-1", null, uetr)
                .withReason(reason, null)));
  }

  final JsonArray receive(HttpClient client) throws Exception {
    return receive(client, 10);
  }

  final JsonArray receive(HttpClient client, int limit) throws Exception {
    final Answer answer = call(client, HttpMethod.GET, MESSAGES + "?wait=20&limit=" + limit);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getJsonArray("messages");
  }

  static Object read(String document) throws Exception {
    return new MessageReader().read(document.getBytes(StandardCharsets.UTF_8)).body();
  }

  static PaymentStatus.Entry entry(String document) throws Exception {
    return ((PaymentStatus) read(document)).entries().get(0);
  }

  static String status(String document) throws Exception {
    return entry(document).status();
  }

  final Answer post(HttpClient client, byte[] body) throws Exception {
    return await(call(client, HttpMethod.POST, MESSAGES, body, null));
  }

  final Answer call(HttpClient client, HttpMethod method, String path) throws Exception {
    return await(call(client, method, path, null, null));
  }

  final Future<Answer> call(
      HttpClient client, HttpMethod method, String path, byte[] body, String prefer) {
    return client
        .request(method, gateway.port(), "localhost", path)
        .compose(
            request -> {
              if (prefer != null) {
                request.putHeader("prefer", prefer);
              }
              return (body == null ? request.send() : request.send(Buffer.buffer(body)))
                  .compose(
                      response ->
                          response
                              .body()
                              .map(
                                  buffer ->
                                      new Answer(
                                          response.statusCode(),
                                          response.getHeader("location"),
                                          buffer.toString())));
            });
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  final void assertNothingInClear(String... texts) throws Exception {
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
