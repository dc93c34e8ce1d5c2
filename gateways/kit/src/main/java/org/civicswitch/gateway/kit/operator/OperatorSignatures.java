package org.civicswitch.gateway.kit.operator;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.ApproveChangeDecoder;
import org.civicswitch.core.protocol.ApproveEnvelopeDecoder;
import org.civicswitch.core.protocol.BreakGlassDecoder;
import org.civicswitch.core.protocol.CancelEnvelopeDecoder;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.CloseCycleDecoder;
import org.civicswitch.core.protocol.CloseProposalDecoder;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfirmSettlementDecoder;
import org.civicswitch.core.protocol.CreateEnvelopeDecoder;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.DeclareDefaultDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.IssueVoucherDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveCollateralDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.PauseEnvelopeDecoder;
import org.civicswitch.core.protocol.ProposeChangeDecoder;
import org.civicswitch.core.protocol.ProposeSettlementDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeDecoder;
import org.civicswitch.core.protocol.SealEnvelopeDecoder;
import org.civicswitch.core.protocol.SetApprovalRuleDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.SetSettlementModelDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;
import org.civicswitch.core.protocol.SettleWindowDecoder;
import org.civicswitch.gateway.kit.Digest256;

/**
 * The signatures of operators over commands. What is signed are the command's bytes with every
 * signature in it zeroed, so that whoever signs, signs who signs and what they had seen.
 *
 * <p>Where a command is signed it is signed at the same place: {@code signedBy} follows {@code
 * head}. A {@code Quarantine} carries a second one. Safe for use by many threads.
 */
public final class OperatorSignatures {
  static final int SIGNED_BY = MessageHeaderDecoder.ENCODED_LENGTH + HeadDecoder.ENCODED_LENGTH;
  static final int SIGNATURE_IN_SIGNED_BY = 16;
  static final int SIGNATURE_BYTES = 64;
  private static final int SIGNED_BY_SECOND =
      MessageHeaderDecoder.ENCODED_LENGTH + QuarantineDecoder.secondEncodingOffset();

  /** The fixed beginning of the X.509 form of an Ed25519 key; 32 bytes of key follow. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private OperatorSignatures() {}

  /** Whether a command of this template carries an operator's signature. */
  public static boolean isSigned(int templateId) {
    return switch (templateId) {
      case ConfigureDecoder.TEMPLATE_ID,
          ActivateVersionDecoder.TEMPLATE_ID,
          QuarantineDecoder.TEMPLATE_ID,
          RegisterOperatorDecoder.TEMPLATE_ID,
          ChangeOperatorDecoder.TEMPLATE_ID,
          DefineAssetDecoder.TEMPLATE_ID,
          RegisterParticipantDecoder.TEMPLATE_ID,
          SetParticipantStatusDecoder.TEMPLATE_ID,
          SetParticipantLimitDecoder.TEMPLATE_ID,
          RegisterConnectionDecoder.TEMPLATE_ID,
          GrantConnectionDecoder.TEMPLATE_ID,
          MoveLiquidityDecoder.TEMPLATE_ID,
          CloseWindowDecoder.TEMPLATE_ID,
          SetSettlementModelDecoder.TEMPLATE_ID,
          ProposeSettlementDecoder.TEMPLATE_ID,
          ConfirmSettlementDecoder.TEMPLATE_ID,
          SettleWindowDecoder.TEMPLATE_ID,
          DeclareDefaultDecoder.TEMPLATE_ID,
          MoveCollateralDecoder.TEMPLATE_ID,
          SetSubjectStatusDecoder.TEMPLATE_ID,
          CreateProgrammeDecoder.TEMPLATE_ID,
          FundProgrammeDecoder.TEMPLATE_ID,
          CreateEnvelopeDecoder.TEMPLATE_ID,
          SealEnvelopeDecoder.TEMPLATE_ID,
          ApproveEnvelopeDecoder.TEMPLATE_ID,
          ReleaseEnvelopeDecoder.TEMPLATE_ID,
          PauseEnvelopeDecoder.TEMPLATE_ID,
          CancelEnvelopeDecoder.TEMPLATE_ID,
          CloseCycleDecoder.TEMPLATE_ID,
          RegisterMerchantDecoder.TEMPLATE_ID,
          IssueVoucherDecoder.TEMPLATE_ID,
          CancelVoucherDecoder.TEMPLATE_ID,
          SetApprovalRuleDecoder.TEMPLATE_ID,
          ProposeChangeDecoder.TEMPLATE_ID,
          ApproveChangeDecoder.TEMPLATE_ID,
          CloseProposalDecoder.TEMPLATE_ID,
          BreakGlassDecoder.TEMPLATE_ID ->
          true;
      default -> false;
    };
  }

  /**
   * Checks the first signature of a command.
   *
   * @param publicKey as {@code RegisterOperator} carries it
   * @return false for a wrong signature, a wrong key, or a command that carries none
   */
  public static boolean verify(DirectBuffer command, int offset, int length, Digest256 publicKey) {
    return verifyAt(command, offset, length, SIGNED_BY, publicKey);
  }

  /** Checks the second signature of a {@code Quarantine}. */
  public static boolean verifySecond(
      DirectBuffer command, int offset, int length, Digest256 publicKey) {
    return length >= MessageHeaderDecoder.ENCODED_LENGTH
        && templateId(command, offset) == QuarantineDecoder.TEMPLATE_ID
        && verifyAt(command, offset, length, SIGNED_BY_SECOND, publicKey);
  }

  /**
   * Checks a signature of {@link OperatorSigner#signText}.
   *
   * @return false for a wrong signature or a wrong key
   */
  public static boolean verifyText(String text, byte[] signature, Digest256 publicKey) {
    return verify(textBytes(text), signature, publicKey);
  }

  /** Begins as no command does, so that nobody can pass a text off as one, or the other way. */
  static byte[] textBytes(String text) {
    return ("civicswitch signed text\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean verifyAt(
      DirectBuffer command, int offset, int length, int signedBy, Digest256 publicKey) {
    final int at = signedBy + SIGNATURE_IN_SIGNED_BY;
    if (length < at + SIGNATURE_BYTES || !isSigned(templateId(command, offset))) {
      return false;
    }
    final byte[] claimed = new byte[SIGNATURE_BYTES];
    command.getBytes(offset + at, claimed);
    return verify(signedBytes(command, offset, length), claimed, publicKey);
  }

  private static boolean verify(byte[] bytes, byte[] claimed, Digest256 publicKey) {
    try {
      final Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey(publicKey));
      ed25519.update(bytes);
      return ed25519.verify(claimed);
    } catch (GeneralSecurityException e) {
      // Not a key, or not a signature at all.
      return false;
    }
  }

  /** The command's bytes with its signatures zeroed: what is signed, and what is proposed. */
  public static byte[] signedBytes(DirectBuffer command, int offset, int length) {
    final byte[] bytes = new byte[length];
    command.getBytes(offset, bytes);
    zero(bytes, SIGNED_BY);
    if (templateId(command, offset) == QuarantineDecoder.TEMPLATE_ID) {
      zero(bytes, SIGNED_BY_SECOND);
    }
    return bytes;
  }

  static int signatureOffset(boolean second) {
    return (second ? SIGNED_BY_SECOND : SIGNED_BY) + SIGNATURE_IN_SIGNED_BY;
  }

  static int templateId(DirectBuffer command, int offset) {
    return command.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  static Digest256 rawKey(PublicKey key) {
    final byte[] encoded = key.getEncoded();
    return Digest256.of(Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
  }

  private static PublicKey publicKey(Digest256 raw) throws GeneralSecurityException {
    final byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + Digest256.BYTES);
    System.arraycopy(raw.toBytes(), 0, encoded, X509_PREFIX.length, Digest256.BYTES);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static void zero(byte[] bytes, int signedBy) {
    final int from = signedBy + SIGNATURE_IN_SIGNED_BY;
    Arrays.fill(bytes, from, Math.min(bytes.length, from + SIGNATURE_BYTES), (byte) 0);
  }
}
