package org.civicswitch.gateway.iso20022.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final long LONG_MS = 60_000;

  private final Vertx vertx = Vertx.vertx();
  private HttpClient client;
  private HttpServer server;
  private long waitMs = LONG_MS;

  @BeforeEach
  void open() throws Exception {
    final Router router = Router.router(vertx);
    router
        .post("/")
        .handler(
            routing ->
                RequestBody.read(
                    vertx,
                    routing,
                    waitMs,
                    bytes -> Reply.json(200, Integer.toString(bytes.length)).send(routing)));
    server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    client = vertx.createHttpClient();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void takesWhatCanBeAMessageWhateverTheClientCallsIt() throws Exception {
    for (final String type :
        new String[] {
          null,
          "application/xml",
          "text/xml; charset=utf-8",
          "Application/XML",
          "application/vnd.bank+xml",
          "application/octet-stream",
          "application/x-www-form-urlencoded"
        }) {
      assertThat(status(post(type, "content-type"), Buffer.buffer("<a b='c&amp;d=%20'/>")))
          .as("%s", type)
          .isEqualTo(200);
    }
  }

  @Test
  void refusesOtherTypesAndCompressedBodies() throws Exception {
    assertThat(status(post("application/json", "content-type"), Buffer.buffer("{}")))
        .isEqualTo(415);
    assertThat(status(post("multipart/form-data; boundary=x", "content-type"), Buffer.buffer("x")))
        .isEqualTo(415);
    assertThat(status(post("gzip", "content-encoding"), Buffer.buffer("x"))).isEqualTo(415);
    assertThat(status(post("identity", "content-encoding"), Buffer.buffer("x"))).isEqualTo(200);
    assertThat(status(post(null, null), Buffer.buffer())).isEqualTo(400);
  }

  @Test
  void takesTheLongestAndRefusesLonger() throws Exception {
    final Buffer longest = Buffer.buffer(new byte[RequestBody.BYTES_MAX]);
    assertThat(status(post(null, null), longest)).isEqualTo(200);
    assertThat(status(post(null, null), longest.copy().appendByte((byte) 1))).isEqualTo(413);
    final HttpClientRequest chunked = post(null, null).setChunked(true);
    final Future<Integer> answered = answered(chunked);
    chunked.write(longest);
    chunked.write(Buffer.buffer("x"));
    assertThat(await(answered)).as("a length that was not told").isEqualTo(413);
  }

  @Test
  void aBodyThatDoesNotEndIsGivenUp() throws Exception {
    waitMs = 50;
    final HttpClientRequest request = post(null, null).setChunked(true);
    final Future<Integer> answered = answered(request);
    request.write("<a>");
    assertThat(await(answered)).isEqualTo(408);
  }

  private HttpClientRequest post(final String value, final String header) throws Exception {
    final HttpClientRequest request =
        await(client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/"));
    if (value != null) {
      request.putHeader(header, value);
    }
    return request;
  }

  private static int status(final HttpClientRequest request, final Buffer body) throws Exception {
    return await(request.send(body).compose(r -> r.end().map(r.statusCode())));
  }

  private static Future<Integer> answered(final HttpClientRequest request) {
    return request.response().map(response -> response.statusCode());
  }

  private static <T> T await(final Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
