package org.civicswitch.gateway.kit.tls;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Options for HTTP over mutual TLS: version 1.3 or 1.2, nothing older, and no connection without a
 * certificate of an authority that this side trusts.
 */
public final class MutualTls {
  /** A connection on which nothing moves is closed; longer than the longest wait for an answer. */
  static final int IDLE_SECONDS_MAX = 120;

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  private MutualTls() {}

  /**
   * A server that lets nobody in without a certificate.
   *
   * @param clientAuthority PEM of the authorities whose clients may connect
   */
  public static HttpServerOptions server(Credential credential, Path clientAuthority) {
    return serverWithoutClientCertificates(credential)
        .setTrustOptions(new PemTrustOptions().addCertPath(clientAuthority.toString()))
        .setClientAuth(ClientAuth.REQUIRED);
  }

  /** A server that anybody may reach and that proves only itself, for what is public. */
  public static HttpServerOptions serverWithoutClientCertificates(Credential credential) {
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setIdleTimeout(IDLE_SECONDS_MAX)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(keyAndCertificate(credential));
  }

  /**
   * A client that proves itself and believes only servers of this authority.
   *
   * @param serverAuthority PEM
   */
  public static HttpClientOptions client(Credential credential, Path serverAuthority) {
    return new HttpClientOptions()
        .setSsl(true)
        .setVerifyHost(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(keyAndCertificate(credential))
        .setTrustOptions(new PemTrustOptions().addCertPath(serverAuthority.toString()));
  }

  private static PemKeyCertOptions keyAndCertificate(Credential credential) {
    return new PemKeyCertOptions()
        .setCertPath(credential.certificate().toString())
        .setKeyPath(credential.privateKey().toString());
  }
}
