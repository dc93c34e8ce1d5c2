package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;

/** TLS for the JDK's own HTTP client, with a credential of the development authority. */
public final class DevelopmentTls {
  private DevelopmentTls() {}

  /** Proves itself with the credential and believes only this authority. */
  public static SSLContext context(final DevelopmentCa authority, final Credential credential)
      throws IOException {
    try {
      final char[] password = DevelopmentCa.PKCS12_PASSWORD.toCharArray();
      final KeyStore own = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(credential.pkcs12())) {
        own.load(in, password);
      }
      final KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, password);
      final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(authority.rootCertificate())) {
        trusted.setCertificateEntry(
            "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
      final TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (final GeneralSecurityException e) {
      throw new IOException("the development credential cannot be used", e);
    }
  }
}
