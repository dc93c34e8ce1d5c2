package org.civicswitch.gateway.kit.tls;

import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import org.civicswitch.gateway.kit.Digest256;

/** Fingerprints of certificates: what {@code RegisterConnection} carries. */
public final class Fingerprints {
  private Fingerprints() {}

  /** SHA-256 over the certificate's DER encoding. */
  public static Digest256 of(Certificate certificate) {
    try {
      return Digest256.sha256(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate without an encoding", e);
    }
  }
}
