package org.civicswitch.gateway.kit.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * An issuer's keys over HTTPS, kept for ten minutes. A token that names an unknown key makes us ask
 * again, but not more often than every ten seconds: strangers must not make us hammer the issuer.
 * Blocks while it asks; not for an event loop.
 */
public final class RemoteIssuerKeys implements IssuerKeys {
  public static final int MAX_BYTES = 256 * 1024;

  private static final long KEEP_NS = Duration.ofMinutes(10).toNanos();
  private static final long ASK_AGAIN_NS = Duration.ofSeconds(10).toNanos();

  private final URI uri;
  private final HttpClient http;
  private JWKSet kept;
  private long askedNs;

  /**
   * @param uri the {@code jwks_uri} of the issuer's discovery document; https
   * @param trust whom to believe
   */
  public RemoteIssuerKeys(URI uri, SSLContext trust) {
    if (!"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("an issuer's keys come over https");
    }
    this.uri = uri;
    this.http =
        HttpClient.newBuilder()
            .sslContext(trust)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public synchronized JWKSet keys(boolean refresh) throws IOException {
    final long age = System.nanoTime() - askedNs;
    if (kept == null || age > KEEP_NS || (refresh && age > ASK_AGAIN_NS)) {
      askedNs = System.nanoTime();
      kept = fetch();
    }
    return kept;
  }

  private JWKSet fetch() throws IOException {
    final HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).GET().build();
    try {
      final HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        final byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() != 200 || bytes.length > MAX_BYTES) {
          throw new IOException("the issuer's keys: status " + response.statusCode());
        }
        return JWKSet.parse(new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking for the issuer's keys", e);
    } catch (ParseException e) {
      throw new IOException("the issuer's keys cannot be read", e);
    }
  }
}
