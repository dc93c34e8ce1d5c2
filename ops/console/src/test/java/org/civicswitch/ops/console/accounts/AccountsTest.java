package org.civicswitch.ops.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountsTest {
  private static final long HOUR_MS = 3_600_000;

  @TempDir private Path directory;
  private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
  private Accounts accounts;

  @BeforeEach
  void open() throws Exception {
    accounts = Accounts.open(directory.resolve("console"));
  }

  private static Account account(final String name) {
    return Account.named(name, EnumSet.of(Role.SETTLEMENT), Scope.ALL, 1);
  }

  private String code(final Accounts.Credentials credentials) {
    return OneTimeCodes.code(
        OneTimeCodes.bytes(credentials.codeSecret()),
        now.get() / OneTimeCodes.STEP_MS,
        OneTimeCodes.DIGITS);
  }

  @Test
  void anAccountIsThereForOtherProcessesAndItsSecretsForTheOwnerOnly() throws Exception {
    final Accounts.Credentials made = accounts.add(account("ines"));
    assertThat(made.password()).matches("([a-z2-7]{5}-){3}[a-z2-7]{5}");
    assertThat(made.codeUri()).startsWith("otpauth://totp/Civic%20Switch:ines?secret=");
    final Accounts other = Accounts.open(directory.resolve("console"));
    final Account read = other.find("ines").orElseThrow();
    assertThat(read.roles()).containsExactly(Role.SETTLEMENT);
    assertThat(read.operator()).isEqualTo(1);
    assertThat(read.toString()).doesNotContain(read.codeSecret()).doesNotContain("argon2");
    final Path file = directory.resolve("console/accounts.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(made.password());
    other.disable("ines");
    assertThat(accounts.find("ines").orElseThrow().disabled()).as("seen at once").isTrue();
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    accounts.add(account("ines"));
    assertThatThrownBy(() -> accounts.add(account("ines"))).hasMessage("there is an account ines");
    assertThatThrownBy(() -> accounts.disable("nobody")).hasMessage("there is no account nobody");
    assertThatThrownBy(() -> accounts.reset("nobody")).hasMessage("there is no account nobody");
    assertThatThrownBy(() -> account("Ines")).hasMessageContaining("begins with a letter");
    assertThatThrownBy(() -> Account.named("ines", Set.of(), Scope.ALL, 1))
        .hasMessageContaining("at least one role");
    assertThatThrownBy(() -> Role.parse("king")).hasMessageContaining("viewer, settlement,");
    assertThatThrownBy(() -> Scope.parse("participant:x")).hasMessageContaining("a scope is all,");
    assertThat(Scope.parse("participant:101")).hasToString("participant:101");
    assertThat(Scope.parse("programme:301").kind()).isEqualTo(Scope.Kind.PROGRAMME);
    final Path file = directory.resolve("console/accounts.json");
    Files.writeString(file, "{\"accounts\":[{}]}");
    assertThatThrownBy(() -> Accounts.open(directory.resolve("console")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("accounts.json is damaged");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Accounts.open(directory.resolve("console")))
        .hasMessageContaining("chmod go-rwx");
  }

  @Test
  void signingInNeedsAllThreeAndACodeCountsOnce() throws Exception {
    final Accounts.Credentials made = accounts.add(account("ines"));
    final SignIn signIn = new SignIn(accounts, now::get);
    assertThat(signIn.attempt("ines", "wrong", code(made)).account()).isNull();
    assertThat(signIn.attempt("ines", made.password(), "000000").account()).isNull();
    assertThat(signIn.attempt("nobody", made.password(), code(made)).account()).isNull();
    assertThat(signIn.attempt("ines", made.password(), code(made)).account().name())
        .isEqualTo("ines");
    assertThat(signIn.attempt("ines", made.password(), code(made)).account())
        .as("the same code again")
        .isNull();
    now.addAndGet(OneTimeCodes.STEP_MS);
    final String next = code(made);
    assertThat(
            signIn
                .attempt("ines", made.password(), next.substring(0, 3) + " " + next.substring(3))
                .account())
        .isNotNull();
    now.addAndGet(OneTimeCodes.STEP_MS);
    accounts.disable("ines");
    assertThat(signIn.attempt("ines", made.password(), code(made)).account()).isNull();
    now.addAndGet(HOUR_MS);
    final Accounts.Credentials anew = accounts.reset("ines");
    assertThat(signIn.attempt("ines", made.password(), code(made)).account()).isNull();
    assertThat(signIn.attempt("ines", anew.password(), code(anew)).account()).isNotNull();
    assertThat(signIn.attempt("x".repeat(129), "", "").account()).isNull();
  }

  @Test
  void whoHasNoPasswordSignsInByNone() throws Exception {
    accounts.addMissing(List.of(account("operator-1")));
    accounts.addMissing(List.of(account("operator-1")));
    assertThat(accounts.list()).hasSize(1);
    final SignIn signIn = new SignIn(accounts, now::get);
    final String code = OneTimeCodes.code(new byte[20], now.get() / OneTimeCodes.STEP_MS, 6);
    assertThat(signIn.attempt("operator-1", "", code).account()).isNull();
  }

  @Test
  void wrongAttemptsAreFewForEachNameWhetherOrNotThereIsSuchAnAccount() throws Exception {
    final Accounts.Credentials made = accounts.add(account("ines"));
    final SignIn signIn = new SignIn(accounts, now::get);
    for (final String name : List.of("ines", "nobody")) {
      for (int i = 0; i < Throttle.PER_NAME; i++) {
        final SignIn.Attempt attempt = signIn.attempt(name, "guess", "000000");
        assertThat(attempt.account()).isNull();
        assertThat(attempt.waitMs()).isZero();
      }
      assertThat(signIn.attempt(name, "guess", "000000").waitMs())
          .as(name)
          .isBetween(1L, Throttle.PER_NAME_MS);
    }
    assertThat(signIn.attempt("ines", made.password(), code(made)).account())
        .as("not even the right one")
        .isNull();
    now.addAndGet(Throttle.PER_NAME_MS);
    assertThat(signIn.attempt("ines", made.password(), code(made)).account()).isNotNull();
  }

  @Test
  void wrongAttemptsAreFewInAll() {
    final Throttle throttle = new Throttle();
    for (int i = 0; i < Throttle.IN_ALL; i++) {
      assertThat(throttle.take("name" + i, now.get())).isZero();
    }
    assertThat(throttle.take("another", now.get())).isEqualTo(Throttle.IN_ALL_MS);
    throttle.giveBack("name0");
    assertThat(throttle.take("another", now.get())).as("a right one costs nothing").isZero();
    assertThat(throttle.take("another", now.addAndGet(Throttle.IN_ALL_MS))).isZero();
    assertThat(throttle.take("another", now.get())).isPositive();
    for (int i = 0; i < 2 * Throttle.NAMES_MAX; i++) {
      throttle.take("flood" + i, now.get());
    }
    assertThat(throttle.take("another", now.addAndGet(24 * HOUR_MS))).isZero();
  }

  @Test
  void aSessionEndsByTimeByLeavingAndWithItsAccount() throws Exception {
    accounts.add(account("ines"));
    final Account ines = accounts.find("ines").orElseThrow();
    final Sessions sessions = new Sessions(accounts, Duration.ofMinutes(15), now::get);
    final String idle = sessions.open(ines);
    assertThat(idle).matches("[0-9a-f]{64}").isNotEqualTo(sessions.open(ines));
    now.addAndGet(Duration.ofMinutes(14).toMillis());
    assertThat(sessions.account(idle, false)).as("nobody asked").isPresent();
    now.addAndGet(Duration.ofMinutes(1).toMillis());
    assertThat(sessions.account(idle, true)).isEmpty();

    final String busy = sessions.open(ines);
    for (int minutes = 0; minutes < 12 * 60; minutes += 10) {
      assertThat(sessions.account(busy, true)).as("after %s min", minutes).isPresent();
      now.addAndGet(Duration.ofMinutes(10).toMillis());
    }
    assertThat(sessions.account(busy, true)).as("after 12 h in any case").isEmpty();

    final String left = sessions.open(ines);
    sessions.close(left);
    assertThat(sessions.account(left, true)).isEmpty();
    final String reset = sessions.open(ines);
    accounts.reset("ines");
    assertThat(sessions.account(reset, true)).as("credentials changed").isEmpty();
    assertThat(sessions.account("0".repeat(64), true)).isEmpty();
    assertThatThrownBy(() -> new Sessions(accounts, Duration.ofSeconds(59), now::get))
        .hasMessageContaining("from 1 min to 12 h");
  }

  @Test
  void sessionsAreBoundedTheEldestGoes() throws Exception {
    accounts.add(account("ines"));
    final Account ines = accounts.find("ines").orElseThrow();
    final Sessions sessions = new Sessions(accounts, Sessions.IDLE_DEFAULT, now::get);
    final String eldest = sessions.open(ines);
    for (int i = 1; i < Sessions.PER_ACCOUNT_MAX; i++) {
      sessions.open(ines);
    }
    assertThat(sessions.account(eldest, true)).isPresent();
    sessions.open(ines);
    assertThat(sessions.account(eldest, true)).isEmpty();
    accounts.addMissing(List.of(account("a0")));
    final String first = sessions.open(account("a0"));
    for (int i = 1; i < Sessions.SESSIONS_MAX; i++) {
      sessions.open(account("a" + i));
    }
    assertThat(sessions.account(first, true)).as("the others' went before").isPresent();
    sessions.open(ines);
    assertThat(sessions.account(first, true)).isEmpty();
  }

  @Test
  void oneTimeLoginsWorkOnceAndAreReplaced() throws Exception {
    final Path logins = directory.resolve("logins");
    final String first;
    try (OneTimeLogins oneTime =
        new OneTimeLogins(logins, List.of("operator-1", "operator-2"), "http://x/?once=")) {
      final String address = Files.readString(logins.resolve("operator-1")).strip();
      assertThat(address).matches("http://x/\\?once=[0-9a-f]{64}");
      first = address.substring(address.length() - 64);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logins)))
          .isEqualTo("rwx------");
      assertThat(oneTime.look(first)).contains("operator-1");
      assertThat(oneTime.use(first)).contains("operator-1");
      assertThat(oneTime.use(first)).isEmpty();
      assertThat(Files.readString(logins.resolve("operator-1"))).doesNotContain(first);
    }
    assertThat(logins.resolve("operator-1")).doesNotExist();
    assertThat(logins.resolve("operator-2")).doesNotExist();
  }
}
