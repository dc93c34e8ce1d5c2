package org.civicswitch.ops.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void aPasswordIsKnownByItsHashAndByNothingElse() {
    final String stored = PasswordHash.of("correct horse", random);
    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(PasswordHash.matches(stored, "correct horse")).isTrue();
    assertThat(PasswordHash.matches(stored, "correct horsf")).isFalse();
    assertThat(PasswordHash.matches(stored, "")).isFalse();
    assertThat(PasswordHash.of("correct horse", random)).as("salted").isNotEqualTo(stored);
  }

  /** Of the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -k 64}. */
  @Test
  void hashesOfOtherStrengthAreUnderstood() {
    assertThat(
            PasswordHash.matches(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                    + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password"))
        .isTrue();
  }

  @Test
  void whatIsNoHashOfOursIsRefused() {
    for (final String stored :
        new String[] {
          "",
          "secret",
          "$2b$12$abcdefghijklmnopqrstuv",
          "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=19456,t=2,p=0$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
          "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAA"
        }) {
      assertThatThrownBy(() -> PasswordHash.matches(stored, "x"))
          .as(stored)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
