package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.civicswitch.core.engine.CommandBytes.Payment;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.junit.jupiter.api.Test;

/** Any bytes may be a command: they are refused, and nothing but the log's counters moves. */
class MalformedTest {
  private final EngineHarness bank = new EngineHarness().genesis();

  private byte[] submit() {
    return bank.as(EngineHarness.ALPHA)
        .submit(
            Payment.of(1, EngineHarness.ALPHA, EngineHarness.BRAVO, 10),
            Payment.of(2, EngineHarness.ALPHA, EngineHarness.BRAVO, 10));
  }

  private Code send(final byte[] bytes) {
    return bank.send(bytes).code();
  }

  @Test
  void everyTruncationIsMalformed() {
    final byte[] whole = submit();
    for (int length = 0; length < whole.length; length++) {
      assertThat(send(Arrays.copyOf(whole, length)))
          .as("length %d", length)
          .isEqualTo(Code.MALFORMED);
    }
    assertThat(send(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(Code.MALFORMED);
    assertThat(bank.debitsPending(EngineHarness.ALPHA)).isZero();
    assertThat(send(whole)).isEqualTo(Code.OK);
  }

  @Test
  void headerIsHeldToSchemaTemplateAndVersion() {
    assertThat(send(withShort(submit(), 4, 4218))).isEqualTo(Code.MALFORMED);
    assertThat(send(withShort(submit(), 2, 99))).isEqualTo(Code.UNKNOWN_KIND);
    assertThat(send(withShort(submit(), 2, 40_000))).isEqualTo(Code.UNKNOWN_KIND);
    assertThat(send(withShort(submit(), 6, 2))).isEqualTo(Code.VERSION_NOT_ACTIVE);
    assertThat(send(withShort(submit(), 6, 0))).isEqualTo(Code.MALFORMED);
    assertThat(send(withShort(submit(), 0, 31))).isEqualTo(Code.MALFORMED);
  }

  @Test
  void enumerationsCountsAndKeysAreChecked() {
    final int group = MessageHeaderEncoder.ENCODED_LENGTH + SubmitPaymentDecoder.BLOCK_LENGTH;
    assertThat(send(withShort(submit(), group + 2, 0))).as("no items").isEqualTo(Code.MALFORMED);
    assertThat(send(withShort(submit(), group + 2, 3))).isEqualTo(Code.MALFORMED);
    assertThat(send(withShort(submit(), group, 239))).isEqualTo(Code.MALFORMED);
    final byte[] mode = submit();
    mode[group + 4 + SubmitPaymentDecoder.PaymentsDecoder.modeEncodingOffset()] = 2;
    assertThat(send(mode)).isEqualTo(Code.MALFORMED);
    final byte[] noKey = submit();
    Arrays.fill(noKey, group + 4, group + 20, (byte) 0);
    assertThat(send(noKey)).isEqualTo(Code.MALFORMED);
    final byte[] text = bank.asOperator(EngineHarness.PLATFORM_OPERATOR).registerParticipant(5, 0);
    text[text.length - 1] = 7;
    assertThat(send(text)).isEqualTo(Code.MALFORMED);
  }

  @Test
  void aCommandBeyondItsLimitAndAnIdThatMeansNoneAreRefused() {
    final Payment[] payments = new Payment[3];
    for (int i = 0; i < payments.length; i++) {
      payments[i] = Payment.of(i + 1, EngineHarness.ALPHA, EngineHarness.BRAVO, 10);
      payments[i].payload = new byte[30_000];
    }
    assertThat(send(bank.as(EngineHarness.ALPHA).submit(payments))).isEqualTo(Code.MALFORMED);
    assertThat(send(bank.as(EngineHarness.ALPHA).submit(payments[0], payments[1])))
        .isEqualTo(Code.OK);
    final Payment noUetr = Payment.of(9, EngineHarness.ALPHA, EngineHarness.BRAVO, 10);
    noUetr.uetrHi = 0;
    noUetr.uetrLo = 0;
    assertThat(send(bank.as(EngineHarness.ALPHA).submit(noUetr))).isEqualTo(Code.MALFORMED);
  }

  @Test
  void moreItemsThanACommandMayHaveAreRefused() {
    final long[] uetrs = new long[CommandKind.ITEMS_MAX + 1];
    Arrays.setAll(uetrs, i -> i + 1);
    assertThat(send(bank.as(EngineHarness.BRAVO).confirm(uetrs))).isEqualTo(Code.MALFORMED);
    bank.send(bank.as(EngineHarness.BRAVO).confirm(Arrays.copyOf(uetrs, CommandKind.ITEMS_MAX)));
    assertThat(bank.itemCodes()).hasSize(CommandKind.ITEMS_MAX);
  }

  @Test
  void randomAndMutatedBytesNeverThrow() {
    final long seed = 20261123;
    final SplittableRandom random = new SplittableRandom(seed);
    final Traffic traffic = new Traffic(bank, random);
    for (int i = 0; i < 20_000; i++) {
      final byte[] bytes;
      if (random.nextInt(3) == 0) {
        bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
      } else {
        final byte[] valid = random.nextInt(4) == 0 ? operators(random) : traffic.next();
        bytes = random.nextInt(8) == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length)) : valid;
        for (int m = random.nextInt(4); m > 0 && bytes.length > 0; m--) {
          // Mostly the fields; now and then the header.
          final int at =
              random.nextInt(random.nextInt(4) == 0 ? 0 : 7, bytes.length + 7) % bytes.length;
          bytes[at] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
        }
      }
      try {
        bank.send(bytes);
      } catch (final RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", command " + i + ", " + Arrays.toString(bytes), e);
      }
      bank.log.clear();
    }
    assertThat(bank.engine.audit().problems()).as("seed %d", seed).isEmpty();
  }

  private byte[] operators(final SplittableRandom random) {
    final CommandBytes by = bank.asOperator(1 + random.nextInt(3));
    switch (random.nextInt(7)) {
      case 0:
        return by.setLimit(EngineHarness.ALPHA, EngineHarness.EUR, random.nextInt(500), 0);
      case 1:
        return by.registerParticipant(random.nextInt(200), 0);
      case 2:
        return by.grant(EngineHarness.CHARLIE, EngineHarness.CHARLIE, -1, -1);
      case 3:
        return by.closeWindow(random.nextInt(5));
      case 4:
        return by.quarantine(random.nextInt(50), 3);
      case 5:
        return by.defineAsset(
            random.nextInt(20), org.civicswitch.core.protocol.AssetKind.CURRENCY, "X");
      default:
        return by.acknowledge(random.nextInt(50));
    }
  }

  private static byte[] withShort(final byte[] bytes, final int at, final int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
    return bytes;
  }
}
