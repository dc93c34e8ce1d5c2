package org.civicswitch.gateway.kit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.gateway.kit.Id128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadCipherTest {
  private static final Id128 UETR = new Id128(11, 12);
  private static final Epoch EPOCH = new Epoch(3, 20_000);

  @TempDir Path directory;
  private FileKeyService keys;
  private Caller gateway;
  private PayloadCipher cipher;

  @BeforeEach
  void open() throws Exception {
    keys = FileKeyService.open(directory.resolve("keys"), "test");
    gateway = keys.admit("gateway", EnumSet.allOf(Caller.Right.class));
    cipher = new PayloadCipher(keys, gateway);
  }

  @AfterEach
  void close() throws Exception {
    keys.close();
  }

  @Test
  void opensWhatItSealed() throws Exception {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    final UnsafeBuffer sealed = new UnsafeBuffer(new byte[70_000]);
    final UnsafeBuffer opened = new UnsafeBuffer(new byte[70_000]);
    for (int i = 0; i < 100; i++) {
      final byte[] clear = new byte[i == 0 ? PayloadCipher.MAX_CLEAR_BYTES : random.nextInt(3_000)];
      random.nextBytes(clear);
      final int length =
          cipher.seal(UETR, EPOCH, new UnsafeBuffer(clear), 0, clear.length, sealed, 7);
      assertThat(length).isEqualTo(clear.length + PayloadCipher.OVERHEAD_BYTES);
      assertThat(cipher.open(UETR, Opening.deliver(UETR), sealed, 7, length, opened, 5))
          .as("seed %d", seed)
          .isEqualTo(clear.length);
      final byte[] again = new byte[clear.length];
      opened.getBytes(5, again);
      assertThat(again).as("seed %d", seed).isEqualTo(clear);
    }
  }

  @Test
  void sameTextNeverLooksTheSame() throws Exception {
    assertThat(sealed("Ana Silva")).isNotEqualTo(sealed("Ana Silva"));
  }

  @Test
  void anyChangedByteAndAnyOtherPaymentIsRefused() throws Exception {
    final byte[] sealed = sealed("Ana Silva, account 40012345");
    for (int i = 0; i < sealed.length; i++) {
      final byte[] changed = sealed.clone();
      changed[i] ^= 4;
      assertThatThrownBy(() -> open(UETR, changed))
          .as("byte %d", i)
          .isInstanceOf(UnreadablePayload.class);
    }
    assertThat(why(new Id128(11, 13), sealed)).isEqualTo(UnreadablePayload.Why.NOT_AUTHENTIC);
    for (int length = 0; length < sealed.length; length++) {
      final byte[] cut = java.util.Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> open(UETR, cut)).isInstanceOf(UnreadablePayload.class);
    }
    assertThat(new String(open(UETR, sealed), StandardCharsets.UTF_8)).contains("Ana Silva");
  }

  @Test
  void newerVersionsAreSaidToBeUnknown() throws Exception {
    final byte[] sealed = sealed("x");
    sealed[0] = 2;
    assertThat(why(UETR, sealed)).isEqualTo(UnreadablePayload.Why.UNKNOWN_VERSION);
  }

  @Test
  void anErasedEpochIsGoneForEverybodyAndForGood() throws Exception {
    final byte[] sealed = sealed("Ana Silva");
    final byte[] other = seal(new Epoch(3, 20_001), "another day");
    try (FileKeyService elsewhere = FileKeyService.open(directory.resolve("keys"), "console")) {
      final Caller officer = elsewhere.admit("officer", EnumSet.allOf(Caller.Right.class));
      final PayloadCipher console = new PayloadCipher(elsewhere, officer);
      final UnsafeBuffer out = new UnsafeBuffer(new byte[100]);
      console.open(
          UETR,
          Opening.reveal(UETR, "dispute 17"),
          new UnsafeBuffer(sealed),
          0,
          sealed.length,
          out,
          0);

      keys.eraseEpoch(gateway, EPOCH, "retention is over");

      assertThat(why(UETR, sealed)).isEqualTo(UnreadablePayload.Why.KEY_ERASED);
      assertThatThrownBy(
              () ->
                  console.open(
                      UETR,
                      Opening.reveal(UETR, "dispute 17"),
                      new UnsafeBuffer(sealed),
                      0,
                      sealed.length,
                      out,
                      0))
          .isInstanceOf(UnreadablePayload.class);
    }
    assertThatThrownBy(() -> sealed("late"))
        .isInstanceOfSatisfying(
            KeyRefused.class, e -> assertThat(e.why()).isEqualTo(KeyRefused.Cause.ERASED));
    assertThat(new String(open(UETR, other), StandardCharsets.UTF_8)).isEqualTo("another day");
    assertThat(directory.resolve("keys/epoch-3-20000.key")).doesNotExist();
  }

  @Test
  void unknownEpochAndMissingRightsAreTyped() throws Exception {
    final byte[] sealed = sealed("x");
    final byte[] elsewhere = sealed.clone();
    elsewhere[1] = 99;
    assertThat(why(UETR, elsewhere)).isEqualTo(UnreadablePayload.Why.KEY_UNKNOWN);

    final Caller sealer = keys.admit("sealer", Set.of(Caller.Right.SEAL));
    final PayloadCipher blind = new PayloadCipher(keys, sealer);
    assertThatThrownBy(
            () ->
                blind.open(
                    UETR,
                    Opening.deliver(UETR),
                    new UnsafeBuffer(sealed),
                    0,
                    sealed.length,
                    new UnsafeBuffer(new byte[10]),
                    0))
        .isInstanceOfSatisfying(
            UnreadablePayload.class,
            e -> assertThat(e.why()).isEqualTo(UnreadablePayload.Why.KEY_REFUSED));
    assertThatThrownBy(() -> keys.tokenKey(sealer, KeyService.TokenKey.ALIAS, 1))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> keys.eraseEpoch(sealer, EPOCH, "no")).isInstanceOf(KeyRefused.class);
  }

  @Test
  void everyOpeningIsLoggedAndRevealingIsRateLimited() throws Exception {
    final byte[] sealed = sealed("x");
    open(UETR, sealed);
    final UnsafeBuffer out = new UnsafeBuffer(new byte[100]);
    int opened = 0;
    UnreadablePayload refused = null;
    for (int i = 0; i < 2 * FileKeyService.REVEALS_PER_MINUTE && refused == null; i++) {
      try {
        cipher.open(
            UETR,
            Opening.reveal(UETR, "dispute of Ana Silva"),
            new UnsafeBuffer(sealed),
            0,
            sealed.length,
            out,
            0);
        opened++;
      } catch (UnreadablePayload e) {
        refused = e;
      }
    }
    assertThat(opened).isGreaterThanOrEqualTo(FileKeyService.REVEALS_PER_MINUTE);
    assertThat(refused.why()).isEqualTo(UnreadablePayload.Why.KEY_REFUSED);
    assertThat(keys.openings().size()).isEqualTo(1 + opened);
    keys.openings()
        .read(
            2,
            (number, entry) -> {
              assertThat(entry.caller()).isEqualTo("gateway");
              assertThat(entry.what()).isEqualTo("open REVEAL");
              assertThat(entry.reason()).isEqualTo("dispute of Ana Silva");
              assertThat(entry.subject()).isEqualTo(UETR);
              assertThat(entry.epoch()).isEqualTo(EPOCH);
              return false;
            });
    ClearText.assertAbsent(directory, "Ana Silva");
  }

  private byte[] sealed(String text) throws KeyRefused {
    return seal(EPOCH, text);
  }

  private byte[] seal(Epoch epoch, String text) throws KeyRefused {
    final byte[] clear = text.getBytes(StandardCharsets.UTF_8);
    final byte[] sealed = new byte[clear.length + PayloadCipher.OVERHEAD_BYTES];
    cipher.seal(UETR, epoch, new UnsafeBuffer(clear), 0, clear.length, new UnsafeBuffer(sealed), 0);
    return sealed;
  }

  private byte[] open(Id128 uetr, byte[] sealed) throws UnreadablePayload {
    final byte[] clear = new byte[Math.max(0, sealed.length - PayloadCipher.OVERHEAD_BYTES)];
    cipher.open(
        uetr,
        Opening.deliver(uetr),
        new UnsafeBuffer(sealed),
        0,
        sealed.length,
        new UnsafeBuffer(clear),
        0);
    return clear;
  }

  private UnreadablePayload.Why why(Id128 uetr, byte[] sealed) {
    try {
      open(uetr, sealed);
      return null;
    } catch (UnreadablePayload e) {
      return e.why();
    }
  }
}
