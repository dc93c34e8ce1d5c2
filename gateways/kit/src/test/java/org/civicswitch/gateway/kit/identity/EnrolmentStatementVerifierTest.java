package org.civicswitch.gateway.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentStatementVerifierTest {
  private static final String ISSUER = "https://localhost:9443/identity";
  private static final String US = "civic-switch";
  private static final long START = 1_800_000_000_000L;
  private static final List<String> PEOPLE = List.of("NID:1", "NID:2");

  @TempDir private Path directory;
  private final AtomicLong now = new AtomicLong(START);
  private DevelopmentIdentityProvider provider;
  private IdentityVerifier tokens;
  private EnrolmentStatementVerifier verifier;

  @BeforeEach
  void open() throws Exception {
    provider =
        DevelopmentIdentityProvider.open(directory, ISSUER, () -> Instant.ofEpochMilli(now.get()));
    tokens =
        new IdentityVerifier(
            ISSUER,
            4,
            US,
            refresh -> provider.publicKeys(),
            Duration.ofDays(365),
            () -> Instant.ofEpochMilli(now.get()));
    verifier = new EnrolmentStatementVerifier(tokens);
  }

  private IdentityRefused.Why why(String statement) {
    final IdentityRefused refused =
        catchThrowableOfType(IdentityRefused.class, () -> verifier.verify(statement));
    return refused == null ? null : refused.why();
  }

  @Test
  void saysOfEachPersonWhatAnIdTokenWouldSay() throws Exception {
    final String statement = provider.issueStatement(PEOPLE, US, 2);
    final List<EnrolledPerson> people = verifier.verify(statement);
    assertThat(people).extracting(EnrolledPerson::person).containsExactly("NID:1", "NID:2");
    final VerifiedIdentity second = people.get(1).identity();
    final VerifiedIdentity token = tokens.verify(provider.issue("NID:2", US, null, 2), null);
    assertThat(second.pairwise()).isEqualTo(token.pairwise());
    assertThat(second.issuedMs()).isEqualTo(token.issuedMs());
    assertThat(second.validUntilMs()).isEqualTo(token.validUntilMs());
    assertThat(second.assurance()).isEqualTo(2);
    assertThat(second.issuer()).isEqualTo(4);
    assertThat(second.evidence())
        .isEqualTo(Digest256.sha256(statement.getBytes(StandardCharsets.US_ASCII)));
    assertThat(people.toString()).doesNotContain("NID");
  }

  @Test
  void refusesWhatIsNotForUsOrNotNowOrNotTheIssuers() throws Exception {
    assertThat(why(provider.issueStatement(PEOPLE, "somebody", 2)))
        .isEqualTo(IdentityRefused.Why.AUDIENCE);
    final DevelopmentIdentityProvider other =
        DevelopmentIdentityProvider.open(
            directory, "https://other", () -> Instant.ofEpochMilli(START));
    assertThat(why(other.issueStatement(PEOPLE, US, 2))).isEqualTo(IdentityRefused.Why.ISSUER);
    final DevelopmentIdentityProvider stranger =
        DevelopmentIdentityProvider.open(
            directory.resolve("other"), ISSUER, () -> Instant.ofEpochMilli(START));
    assertThat(why(stranger.issueStatement(PEOPLE, US, 2)))
        .isEqualTo(IdentityRefused.Why.KEY_UNKNOWN);
    final String statement = provider.issueStatement(PEOPLE, US, 2);
    now.addAndGet(Duration.ofMinutes(6).toMillis());
    assertThat(why(statement)).isEqualTo(IdentityRefused.Why.TIME);
    now.set(START - 61_000);
    assertThat(why(statement)).isEqualTo(IdentityRefused.Why.TIME);
  }

  @Test
  void aStatementIsNoIdTokenAndAnIdTokenNoStatement() {
    assertThat(why(provider.issue("NID:1", US, null, 2))).isEqualTo(IdentityRefused.Why.MALFORMED);
    assertThatThrownBy(() -> tokens.verify(provider.issueStatement(PEOPLE, US, 2), null))
        .isInstanceOfSatisfying(
            IdentityRefused.class,
            e -> assertThat(e.why()).isEqualTo(IdentityRefused.Why.MALFORMED));
  }

  @Test
  void takesFiveHundredPeopleAndNotMore() throws Exception {
    final List<String> most =
        IntStream.rangeClosed(1, EnrolmentStatementVerifier.MAX_PEOPLE)
            .mapToObj(i -> "NID:" + "9".repeat(60) + i)
            .toList();
    assertThat(verifier.verify(provider.issueStatement(most, US, 2)))
        .hasSize(EnrolmentStatementVerifier.MAX_PEOPLE);
    assertThatThrownBy(
            () ->
                provider.issueStatement(
                    IntStream.rangeClosed(0, 500).mapToObj(i -> "NID:" + i).toList(), US, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(why("a".repeat(EnrolmentStatementVerifier.MAX_TOKEN_CHARACTERS + 1)))
        .isEqualTo(IdentityRefused.Why.MALFORMED);
  }

  @Test
  void oneCharacterElseProvesNothing() throws Exception {
    final String statement = provider.issueStatement(PEOPLE, US, 2);
    final long seed = 42;
    final Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      final int at = random.nextInt(statement.lastIndexOf('.'));
      final char other = statement.charAt(at) == 'A' ? 'B' : 'A';
      final String changed = statement.substring(0, at) + other + statement.substring(at + 1);
      assertThat(why(changed)).as("seed %d, round %d, at %d", seed, i, at).isNotNull();
    }
  }
}
