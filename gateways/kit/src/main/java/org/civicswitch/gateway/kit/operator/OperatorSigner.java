package org.civicswitch.gateway.kit.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * One operator's own Ed25519 key, and what it signs. In development the key is a file that only its
 * owner may read; in production it lies on the operator's token. Safe for use by many threads.
 */
public final class OperatorSigner {
  private final int operator;
  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private OperatorSigner(int operator, PrivateKey privateKey, PublicKey publicKey) {
    this.operator = operator;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A signer with a new key that is kept nowhere. */
  public static OperatorSigner generate(int operator) {
    try {
      final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new OperatorSigner(operator, pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 17 has Ed25519", e);
    }
  }

  /**
   * The signer whose key is in {@code DIRECTORY/operator-N.key}; makes one when there is none.
   *
   * @throws IOException if the file cannot be read or written, is damaged, or is open to others
   */
  public static OperatorSigner open(Path directory, int operator) throws IOException {
    OwnerOnlyFiles.directory(directory);
    final Path file = directory.resolve("operator-" + operator + ".key");
    if (!Files.exists(file)) {
      OwnerOnlyFiles.create(file, generate(operator).fileForm());
    }
    final byte[] content = OwnerOnlyFiles.read(file);
    try {
      final KeyFactory factory = KeyFactory.getInstance("Ed25519");
      final int privateLength = content[0];
      return new OperatorSigner(
          operator,
          factory.generatePrivate(
              new PKCS8EncodedKeySpec(Arrays.copyOfRange(content, 1, 1 + privateLength))),
          factory.generatePublic(
              new X509EncodedKeySpec(
                  Arrays.copyOfRange(content, 1 + privateLength, content.length))));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(file + " is not an operator's key", e);
    }
  }

  /** The operator's number in the switch. */
  public int operator() {
    return operator;
  }

  /** As {@code RegisterOperator} carries it. */
  public Digest256 publicKey() {
    return OperatorSignatures.rawKey(publicKey);
  }

  /**
   * Fills in {@code signedBy} of an encoded command and signs it in place.
   *
   * @param command begins at offset with its message header; length covers all of it
   * @param seenSequence the log sequence that the operator had seen
   * @throws IllegalArgumentException for a command that carries no signature
   */
  public void sign(MutableDirectBuffer command, int offset, int length, long seenSequence) {
    final int template = OperatorSignatures.templateId(command, offset);
    if (!OperatorSignatures.isSigned(template)) {
      throw new IllegalArgumentException("commands of template " + template + " are not signed");
    }
    signAt(command, offset, length, seenSequence, false);
  }

  /**
   * Announces the second signer of a {@code Quarantine}. Before either signs: a signature covers
   * who the other is.
   */
  public void announceSecond(MutableDirectBuffer quarantine, int offset, long seenSequence) {
    fill(quarantine, offset, seenSequence, true);
  }

  /** Signs a {@code Quarantine} as the second of two, after {@link #announceSecond}. */
  public void signSecond(
      MutableDirectBuffer quarantine, int offset, int length, long seenSequence) {
    if (OperatorSignatures.templateId(quarantine, offset) != QuarantineDecoder.TEMPLATE_ID) {
      throw new IllegalArgumentException("only a Quarantine carries a second signature");
    }
    signAt(quarantine, offset, length, seenSequence, true);
  }

  /**
   * Signs a text that is no command.
   *
   * @return 64 bytes, for {@link OperatorSignatures#verifyText}
   */
  public byte[] signText(String text) {
    return sign(OperatorSignatures.textBytes(text));
  }

  private void signAt(
      MutableDirectBuffer command, int offset, int length, long seenSequence, boolean second) {
    fill(command, offset, seenSequence, second);
    final byte[] signature = signature(command, offset, length);
    command.putBytes(offset + OperatorSignatures.signatureOffset(second), signature);
  }

  private void fill(MutableDirectBuffer command, int offset, long seenSequence, boolean second) {
    new SignedByEncoder()
        .wrap(
            command,
            offset
                + OperatorSignatures.signatureOffset(second)
                - OperatorSignatures.SIGNATURE_IN_SIGNED_BY)
        .signer(operator)
        .reserved(0)
        .seenSequence(seenSequence);
  }

  private byte[] signature(DirectBuffer command, int offset, int length) {
    return sign(OperatorSignatures.signedBytes(command, offset, length));
  }

  private byte[] sign(byte[] bytes) {
    try {
      final Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(privateKey);
      ed25519.update(bytes);
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }

  /** One byte of length, the private key (PKCS#8), the public key (X.509). */
  private byte[] fileForm() {
    final byte[] secret = privateKey.getEncoded();
    final byte[] open = publicKey.getEncoded();
    final byte[] all = new byte[1 + secret.length + open.length];
    all[0] = (byte) secret.length;
    System.arraycopy(secret, 0, all, 1, secret.length);
    System.arraycopy(open, 0, all, 1 + secret.length, open.length);
    return all;
  }
}
