package org.civicswitch.gateway.kit.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * A certificate authority for development and demonstration, its private key beside it on disk.
 * Everything it signs says so in its name. Elliptic curve P-256 throughout. What it made once it
 * gives again, so that fingerprints stay the same over restarts.
 *
 * <p>Not for production: there a participant's certificate comes from the scheme's authority, and
 * its key never lies here. One thread at a time.
 */
public final class DevelopmentCa {
  /** Opens the PKCS#12 files; they protect nothing, their permissions do. */
  public static final String PKCS12_PASSWORD = "development";

  private static final String LABEL = "DEVELOPMENT ONLY";
  private static final int ROOT_DAYS = 3650;
  private static final int LEAF_DAYS = 825;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final X509Certificate root;
  private final PrivateKey rootKey;

  private DevelopmentCa(Path directory, X509Certificate root, PrivateKey rootKey) {
    this.directory = directory;
    this.root = root;
    this.rootKey = rootKey;
  }

  /**
   * Opens the authority in this directory; makes it when there is none.
   *
   * @throws IOException if files cannot be read or written, or are open to others
   */
  public static DevelopmentCa open(Path directory) throws IOException {
    OwnerOnlyFiles.directory(directory);
    final Path certificate = directory.resolve("ca.pem");
    final Path key = directory.resolve("ca.key");
    try {
      if (!Files.exists(certificate)) {
        final KeyPair pair = newKeyPair();
        final X509Certificate made = selfSigned(pair);
        OwnerOnlyFiles.create(key, pem(pair.getPrivate()));
        OwnerOnlyFiles.create(certificate, pem(made));
      }
      return new DevelopmentCa(directory, readCertificate(certificate), readKey(key));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the development authority in " + directory + " cannot be used", e);
    }
  }

  /** PEM of the root: what clients trust and curl takes as --cacert. */
  public Path rootCertificate() {
    return directory.resolve("ca.pem");
  }

  /** For servers on this machine: localhost, 127.0.0.1 and ::1. */
  public Credential server() throws IOException {
    return credential("server", true);
  }

  /**
   * For a client: a participant's or a registry's connection.
   *
   * @param name letters, digits, hyphens; the file names' stem in lower case
   */
  public Credential client(String name) throws IOException {
    if (!name.matches("[A-Za-z0-9-]{1,40}") || "ca".equalsIgnoreCase(name)) {
      throw new IllegalArgumentException("not a name for a certificate: " + name);
    }
    return credential(name, false);
  }

  private Credential credential(String name, boolean server) throws IOException {
    final String stem = name.toLowerCase(Locale.ROOT);
    final Path certificate = directory.resolve(stem + ".pem");
    final Path key = directory.resolve(stem + ".key");
    final Path pkcs12 = directory.resolve(stem + ".p12");
    try {
      if (!Files.exists(certificate)) {
        final KeyPair pair = newKeyPair();
        final X509Certificate leaf = leaf(name, pair, server);
        // The certificate comes last: where it exists, the others do.
        Files.deleteIfExists(key);
        Files.deleteIfExists(pkcs12);
        OwnerOnlyFiles.create(key, pem(pair.getPrivate()));
        OwnerOnlyFiles.create(pkcs12, pkcs12(name, pair.getPrivate(), leaf));
        OwnerOnlyFiles.create(certificate, pem(leaf, root));
      }
      return new Credential(name, certificate, key, pkcs12, readCertificate(certificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate for " + name, e);
    }
  }

  private X509Certificate leaf(String name, KeyPair pair, boolean server)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    final JcaX509v3CertificateBuilder builder = builder(root, name, pair, LEAF_DAYS);
    final KeyPurposeId purpose =
        server ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    if (server) {
      final GeneralName[] names = {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")
      };
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    final JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(root.getPublicKey()));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(pair.getPublic()));
    return sign(builder, rootKey);
  }

  private static X509Certificate selfSigned(KeyPair pair)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    final JcaX509v3CertificateBuilder builder = builder(null, "root", pair, ROOT_DAYS);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return sign(builder, pair.getPrivate());
  }

  private static JcaX509v3CertificateBuilder builder(
      X509Certificate issuer, String name, KeyPair pair, int days) {
    final X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, "Civic Switch")
            .addRDN(BCStyle.OU, LABEL)
            .addRDN(BCStyle.CN, name)
            .build();
    // A serial number of 127 random bits; a start in the past forgives a client's slow clock.
    final BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Date from = Date.from(now.minus(1, ChronoUnit.HOURS));
    final Date until = Date.from(now.plus(days, ChronoUnit.DAYS));
    return issuer == null
        ? new JcaX509v3CertificateBuilder(subject, serial, from, until, subject, pair.getPublic())
        : new JcaX509v3CertificateBuilder(issuer, serial, from, until, subject, pair.getPublic());
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair newKeyPair() throws GeneralSecurityException {
    final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private byte[] pkcs12(String name, PrivateKey key, X509Certificate leaf)
      throws IOException, GeneralSecurityException {
    final KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(name, key, PKCS12_PASSWORD.toCharArray(), new Certificate[] {leaf, root});
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, PKCS12_PASSWORD.toCharArray());
    return bytes.toByteArray();
  }

  private static byte[] pem(PrivateKey key) throws IOException {
    return pemOf(new JcaPKCS8Generator(key, null).generate());
  }

  private static byte[] pem(X509Certificate... certificates) throws IOException {
    return pemOf(Arrays.stream(certificates).toArray());
  }

  private static byte[] pemOf(Object... objects) throws IOException {
    final StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (final Object object : objects) {
        writer.writeObject(object);
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey readKey(Path file) throws IOException {
    final String text = new String(OwnerOnlyFiles.read(file), StandardCharsets.US_ASCII);
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }
}
