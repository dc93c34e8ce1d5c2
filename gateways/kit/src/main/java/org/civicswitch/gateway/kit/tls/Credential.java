package org.civicswitch.gateway.kit.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.civicswitch.gateway.kit.Digest256;

/**
 * A certificate with its private key, on disk.
 *
 * @param name what it was made for, also the file names' stem
 * @param certificate PEM, the certificate itself first, then its issuer
 * @param privateKey PEM, PKCS#8, readable by its owner only
 * @param pkcs12 both in one file, for clients that want it so; password {@link
 *     DevelopmentCa#PKCS12_PASSWORD}
 */
public record Credential(
    String name, Path certificate, Path privateKey, Path pkcs12, X509Certificate x509) {

  /** What identifies the connection in the switch: SHA-256 of the certificate's DER. */
  public Digest256 fingerprint() {
    return Fingerprints.of(x509);
  }
}
