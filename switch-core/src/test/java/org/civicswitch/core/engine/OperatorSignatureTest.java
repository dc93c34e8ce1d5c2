package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.civicswitch.core.protocol.ChangeOperatorDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators with real keys. */
class OperatorSignatureTest {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int SIGNATURE =
      MessageHeaderDecoder.ENCODED_LENGTH
          + HeadDecoder.ENCODED_LENGTH
          + SignedByDecoder.signatureEncodingOffset();
  private static final int SIGNATURE_OF_SECOND =
      MessageHeaderDecoder.ENCODED_LENGTH
          + QuarantineDecoder.secondEncodingOffset()
          + SignedByDecoder.signatureEncodingOffset();
  private static final int KEY_OF_CHANGE =
      MessageHeaderDecoder.ENCODED_LENGTH + ChangeOperatorDecoder.publicKeyEncodingOffset();
  private static final int KEY =
      MessageHeaderDecoder.ENCODED_LENGTH + RegisterOperatorDecoder.publicKeyEncodingOffset();

  private final EngineHarness bank = new EngineHarness(new SwitchEngine());

  private static byte[] secret(final int operator) {
    final byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) operator);
    return secret;
  }

  private static byte[] publicKey(final int operator) {
    final byte[] key = new byte[32];
    Ed25519.generatePublicKey(secret(operator), 0, key, 0);
    return key;
  }

  private static byte[] signed(final byte[] command, final int operator) {
    return signed(command, operator, SIGNATURE);
  }

  private static byte[] signed(final byte[] command, final int operator, final int at) {
    final byte[] message = command.clone();
    Arrays.fill(message, SIGNATURE, SIGNATURE + 64, (byte) 0);
    final byte[] signed = command.clone();
    Ed25519.sign(secret(operator), 0, message, 0, message.length, signed, at);
    return signed;
  }

  private byte[] registered(final int signer, final int operator, final byte[] key) {
    final CommandBytes sender = signer == 0 ? bank.asHost() : bank.asOperator(signer);
    final byte[] command = sender.registerOperator(operator, Operators.PLATFORM);
    put(command, KEY, key);
    return command;
  }

  private static void put(final byte[] command, final int at, final byte[] key) {
    final UnsafeBuffer buffer = new UnsafeBuffer(command);
    final UnsafeBuffer raw = new UnsafeBuffer(key);
    for (int i = 0; i < 32; i += 8) {
      buffer.putLong(at + i, raw.getLong(i, ByteOrder.BIG_ENDIAN), ByteOrder.LITTLE_ENDIAN);
    }
  }

  private Code send(final byte[] command) {
    return bank.send(command).code();
  }

  @BeforeEach
  void genesis() {
    bank.ok(bank.asHost().registerConnection(EngineHarness.OPERATIONS));
    bank.ok(bank.asHost().grant(EngineHarness.OPERATIONS, 0, -1L, -1L));
    bank.ok(registered(0, FIRST, publicKey(FIRST)));
    bank.ok(registered(0, SECOND, publicKey(SECOND)));
  }

  @Test
  void onlyTheNamedOperatorSigns() {
    final byte[] command = bank.asOperator(FIRST).registerParticipant(500, 0);
    assertThat(send(command)).isEqualTo(Code.SIGNATURE_INVALID);
    assertThat(send(signed(command, SECOND))).isEqualTo(Code.SIGNATURE_INVALID);
    assertThat(send(signed(command, FIRST))).isEqualTo(Code.OK);
    assertThat(bank.outcome().replayed()).isZero();
  }

  @Test
  void everyBitBehindTheHeaderIsSigned() {
    final byte[] honest = signed(bank.asOperator(FIRST).registerParticipant(500, 0), FIRST);
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      final byte[] forged = honest.clone();
      final int from = MessageHeaderDecoder.ENCODED_LENGTH;
      forged[from + random.nextInt(forged.length - from)] ^= (byte) (1 << random.nextInt(8));
      assertThat(send(forged))
          .isIn(
              Code.SIGNATURE_INVALID,
              Code.MALFORMED,
              Code.CONNECTION_UNKNOWN,
              Code.CONNECTION_NOT_GRANTED,
              Code.OPERATOR_UNKNOWN);
    }
    assertThat(send(honest)).isEqualTo(Code.OK);
  }

  @Test
  void oneKeyIsOneOperator() {
    assertThat(send(signed(registered(FIRST, 3, publicKey(SECOND)), FIRST)))
        .isEqualTo(Code.OPERATOR_EXISTS);
    assertThat(send(signed(registered(FIRST, 3, publicKey(3)), FIRST))).isEqualTo(Code.OK);
  }

  @Test
  void aStolenKeyIsReplaced() {
    final byte[] change = bank.asOperator(FIRST).changeOperator(SECOND, Operators.PLATFORM, 1);
    put(change, KEY_OF_CHANGE, publicKey(9));
    assertThat(send(signed(change, FIRST))).isEqualTo(Code.OK);
    final byte[] command = bank.asOperator(SECOND).registerParticipant(500, 0);
    assertThat(send(signed(command, SECOND))).isEqualTo(Code.SIGNATURE_INVALID);
    assertThat(send(signed(command, 9))).isEqualTo(Code.OK);
  }

  @Test
  void aKeyUnderWhichAnythingIsSignedIsNone() {
    final byte[] neutral = new byte[32];
    neutral[0] = 1;
    final byte[] notCanonical = new byte[32];
    Arrays.fill(notCanonical, (byte) 0xFF);
    for (final byte[] key : new byte[][] {new byte[32], neutral, notCanonical}) {
      assertThat(send(signed(registered(FIRST, 3, key), FIRST))).isEqualTo(Code.CONFIG_INVALID);
    }
  }

  @Test
  void bothSignAQuarantine() {
    final long next = bank.engine.sequence() + 1;
    final byte[] none = bank.asOperator(FIRST).quarantine(next, SECOND);
    assertThat(send(signed(none, FIRST))).isEqualTo(Code.SIGNATURE_INVALID);

    final byte[] command = bank.asOperator(FIRST).quarantine(next + 1, SECOND);
    final byte[] first = signed(command, FIRST);
    final byte[] both = first.clone();
    System.arraycopy(
        signed(command, SECOND, SIGNATURE_OF_SECOND),
        SIGNATURE_OF_SECOND,
        both,
        SIGNATURE_OF_SECOND,
        64);
    assertThat(send(both)).isEqualTo(Code.DEFECT);
  }

  /** RFC 8032, section 7.1, tests 1 to 3. */
  @Test
  void agreesWithTheStandard() {
    final String[][] vectors = {
      {
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
      },
      {
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
      },
      {
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
      },
    };
    final Signatures signatures = new Ed25519Signatures();
    for (final String[] vector : vectors) {
      final byte[] key = HexFormat.of().parseHex(vector[0]);
      final byte[] message = HexFormat.of().parseHex(vector[1]);
      final byte[] signature = HexFormat.of().parseHex(vector[2]);
      assertThat(signatures.isKey(key)).isTrue();
      assertThat(signatures.hold(key, signature, message, message.length)).isTrue();
      signature[40] ^= 1;
      assertThat(signatures.hold(key, signature, message, message.length)).isFalse();
    }
  }

  /**
   * Whoever has the key can make a signature whose point has a part outside the large subgroup.
   * Bouncy Castle alone takes this one, Java's own does not; so {@code verify} would call it
   * forged.
   */
  @Test
  void doesNotTakeWhatOthersCallForged() {
    final byte[] key =
        HexFormat.of().parseHex("c9eec25f317af837bd19f6314ce1995e3c70209be2d4d11db3f3357c405dffd1");
    final byte[] message = HexFormat.of().parseHex("6d30");
    final byte[] signature =
        HexFormat.of()
            .parseHex(
                "50916337fcf900e0e9a3aad91dcacda826e0c9ebe49fe900eee03e801e8143ab"
                    + "c3a016598520e3fe05ef072a79a411c9898516261bc9275d69cffb86543de10f");
    assertThat(Ed25519.verify(signature, 0, key, 0, message, 0, message.length)).isTrue();
    assertThat(new Ed25519Signatures().hold(key, signature, message, message.length)).isFalse();
  }
}
