package org.civicswitch.gateway.kit.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where an issuer's public keys come from. Safe for use by many threads. */
@FunctionalInterface
public interface IssuerKeys {
  /**
   * The issuer's keys as known here.
   *
   * @param refresh true when a key was not among them: ask again, within reason
   */
  JWKSet keys(boolean refresh) throws IOException;
}
