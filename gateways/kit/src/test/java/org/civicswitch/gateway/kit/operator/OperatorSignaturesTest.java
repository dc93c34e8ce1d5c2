package org.civicswitch.gateway.kit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.QuarantineEncoder;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorSignaturesTest {
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final OperatorSigner signer = OperatorSigner.generate(7);

  @Test
  void anyChangedByteBreaksTheSignature() {
    final int offset = 24;
    final MoveLiquidityEncoder command = new MoveLiquidityEncoder();
    command.wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
    command.head().participant(1).connection(2).keyHi(3).keyLo(4).createdMs(5);
    command.target(9).asset(978).amount(1_000_000);
    command.putEvidence(new byte[] {1, 2, 3}, 0, 3);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();

    signer.sign(buffer, offset, length, 42);

    final SignedByDecoder signedBy =
        new SignedByDecoder().wrap(buffer, offset + OperatorSignatures.SIGNED_BY);
    assertThat(signedBy.signer()).isEqualTo(7);
    assertThat(signedBy.seenSequence()).isEqualTo(42);
    assertThat(OperatorSignatures.verify(buffer, offset, length, signer.publicKey())).isTrue();
    assertThat(
            OperatorSignatures.verify(
                buffer, offset, length, OperatorSigner.generate(7).publicKey()))
        .isFalse();
    for (int i = 0; i < length; i++) {
      final byte before = buffer.getByte(offset + i);
      buffer.putByte(offset + i, (byte) (before ^ 1));
      assertThat(OperatorSignatures.verify(buffer, offset, length, signer.publicKey()))
          .as("byte %d", i)
          .isFalse();
      buffer.putByte(offset + i, before);
    }
    assertThat(OperatorSignatures.verify(buffer, offset, length - 1, signer.publicKey())).isFalse();
  }

  @Test
  void twoOperatorsSignAQuarantine() {
    final OperatorSigner second = OperatorSigner.generate(8);
    final QuarantineEncoder command = new QuarantineEncoder();
    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    command.head().participant(0).connection(1).keyHi(3).keyLo(4).createdMs(5);
    command.quarantinedSequence(99);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();

    second.announceSecond(buffer, 0, 41);
    signer.sign(buffer, 0, length, 40);
    second.signSecond(buffer, 0, length, 41);

    assertThat(OperatorSignatures.verify(buffer, 0, length, signer.publicKey())).isTrue();
    assertThat(OperatorSignatures.verifySecond(buffer, 0, length, second.publicKey())).isTrue();
    assertThat(OperatorSignatures.verifySecond(buffer, 0, length, signer.publicKey())).isFalse();
  }

  @Test
  void unsignedCommandsAndNoiseAreNeverVerified() {
    new PulseEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    assertThatThrownBy(() -> signer.sign(buffer, 0, 40, 1))
        .isInstanceOf(IllegalArgumentException.class);
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      final byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(
              OperatorSignatures.verify(
                  new UnsafeBuffer(noise), 0, noise.length, signer.publicKey()))
          .as("seed %d", seed)
          .isFalse();
    }
  }

  @Test
  void knowsEveryCommandThatIsSigned() throws Exception {
    // The schema is the truth: whatever carries signedBy must be signed.
    final Path schema =
        Path.of(System.getProperty("user.dir"))
            .resolve("../../switch-core/src/main/sbe/switch.xml")
            .normalize();
    final Matcher messages =
        Pattern.compile("<sbe:message name=\"\\w+\" id=\"(\\d+)\".*?</sbe:message>", Pattern.DOTALL)
            .matcher(Files.readString(schema));
    int seen = 0;
    while (messages.find()) {
      final int template = Integer.parseInt(messages.group(1));
      assertThat(OperatorSignatures.isSigned(template))
          .as("template %d", template)
          .isEqualTo(messages.group().contains("type=\"SignedBy\""));
      seen++;
    }
    assertThat(seen).isGreaterThan(50);
  }

  @Test
  void aKeyFileGivesTheSameOperatorAgain(@TempDir Path directory) throws Exception {
    final Path keys = directory.resolve("keys");
    final OperatorSigner first = OperatorSigner.open(keys, 3);
    assertThat(OperatorSigner.open(keys, 3).publicKey()).isEqualTo(first.publicKey());
    final Path file = keys.resolve("operator-3.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.write(file, new byte[] {5, 1, 2});
    assertThatThrownBy(() -> OperatorSigner.open(keys, 3))
        .hasMessageContaining("not an operator's key");
  }
}
