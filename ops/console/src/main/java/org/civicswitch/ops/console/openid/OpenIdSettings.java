package org.civicswitch.ops.console.openid;

import java.net.URI;
import java.util.Objects;

/**
 * Which provider says who somebody is, and as whom the console asks it.
 *
 * @param issuer as the provider names itself; its configuration is found below (OpenID Connect
 *     Discovery 1.0, section 4)
 * @param clientId of the console there
 * @param clientSecret empty for a public client, which PKCE protects alone
 * @param acr the authentication context that is asked for and without which nobody gets in; empty:
 *     the provider decides
 * @param publicUrl where browsers find the console, without a slash at the end; null: where it
 *     listens
 */
public record OpenIdSettings(
    URI issuer, String clientId, String clientSecret, String acr, URI publicUrl) {

  /**
   * @throws IllegalArgumentException naming what is wrong: https is needed but on loopback
   */
  public OpenIdSettings {
    Objects.requireNonNull(clientSecret);
    Objects.requireNonNull(acr);
    if (!isSafe(issuer) || issuer.getQuery() != null || issuer.getFragment() != null) {
      throw new IllegalArgumentException(
          "the issuer is an https address without query, not " + issuer);
    }
    if (publicUrl != null && (!isSafe(publicUrl) || publicUrl.toString().endsWith("/"))) {
      throw new IllegalArgumentException(
          "the public address is an https address without a slash at its end, not " + publicUrl);
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("a provider needs to know the console by a client id");
    }
  }

  static boolean isSafe(final URI uri) {
    return uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
  }

  private static boolean isLoopback(final String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return issuer + " as " + clientId;
  }
}
