package org.civicswitch.gateway.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCaTest {
  @TempDir Path directory;

  @Test
  void givesTheSameCertificatesAgain() throws Exception {
    final Credential first = DevelopmentCa.open(directory.resolve("dev")).client("BANKA");
    final Credential again = DevelopmentCa.open(directory.resolve("dev")).client("BANKA");

    assertThat(again.fingerprint()).isEqualTo(first.fingerprint()).isNotEqualTo(Digest256.NONE);
    assertThat(first.x509().getSubjectX500Principal().getName()).contains("DEVELOPMENT ONLY");
    assertThat(Digest256.parse(first.fingerprint().toString())).isEqualTo(first.fingerprint());
  }

  @Test
  void keepsPrivateKeysToItsOwner() throws Exception {
    final Path dev = directory.resolve("dev");
    final Credential client = DevelopmentCa.open(dev).client("BANKA");

    for (final Path file : new Path[] {client.privateKey(), client.pkcs12(), dev.resolve("ca.key")})
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");

    Files.setPosixFilePermissions(
        dev.resolve("ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> DevelopmentCa.open(dev)).hasMessageContaining("open to others");
  }

  @Test
  void pkcs12HoldsKeyAndChain() throws Exception {
    final Credential client = DevelopmentCa.open(directory.resolve("dev")).client("BANKA");
    final KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(client.pkcs12())) {
      store.load(in, DevelopmentCa.PKCS12_PASSWORD.toCharArray());
    }
    assertThat(store.getCertificateChain("BANKA")).hasSize(2);
    assertThat(store.isKeyEntry("BANKA")).isTrue();
  }

  @Test
  void refusesNamesThatAreNotFileNames() throws Exception {
    final DevelopmentCa ca = DevelopmentCa.open(directory.resolve("dev"));
    for (final String name : new String[] {"", "../x", "ca", "a b", "x".repeat(41)}) {
      assertThatThrownBy(() -> ca.client(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void serverLetsInOnlyClientsOfTheAuthority() throws Exception {
    final DevelopmentCa ca = DevelopmentCa.open(directory.resolve("dev"));
    final DevelopmentCa other = DevelopmentCa.open(directory.resolve("other"));
    final Credential client = ca.client("BANKA");
    final Vertx vertx = Vertx.vertx();
    try {
      final HttpServer server =
          await(
              vertx
                  .createHttpServer(MutualTls.server(ca.server(), ca.rootCertificate()))
                  .requestHandler(
                      request -> {
                        try {
                          request
                              .response()
                              .end(
                                  Fingerprints.of(request.connection().peerCertificates().get(0))
                                      .toString());
                        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                          request.response().setStatusCode(500).end();
                        }
                      })
                  .listen(0, "127.0.0.1"));
      final int port = server.actualPort();

      assertThat(get(vertx, MutualTls.client(client, ca.rootCertificate()), port))
          .isEqualTo(client.fingerprint().toString());
      assertThatThrownBy(
              () -> get(vertx, MutualTls.client(other.client("X"), ca.rootCertificate()), port))
          .as("a client of another authority")
          .isNotNull();
      assertThatThrownBy(
              () ->
                  get(
                      vertx,
                      MutualTls.client(client, ca.rootCertificate()).setKeyCertOptions(null),
                      port))
          .as("a client without a certificate")
          .isNotNull();
      assertThatThrownBy(() -> get(vertx, MutualTls.client(client, other.rootCertificate()), port))
          .as("a client that does not trust the server")
          .isNotNull();
    } finally {
      await(vertx.close());
    }
  }

  private static String get(Vertx vertx, HttpClientOptions options, int port) throws Exception {
    // Held until the answer is there: a client that nobody holds is closed when it is collected.
    final HttpClient client = vertx.createHttpClient(options);
    try {
      return await(
          client
              .request(HttpMethod.GET, port, "localhost", "/")
              .compose(request -> request.send().compose(response -> response.body()))
              .map(body -> body.toString()));
    } finally {
      await(client.close());
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
