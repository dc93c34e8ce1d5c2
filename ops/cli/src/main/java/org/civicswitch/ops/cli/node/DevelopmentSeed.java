package org.civicswitch.ops.cli.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.cli.world.Seeding;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;

/** What {@code --dev} makes below {@code DIR/dev}: an authority, credentials, operators' keys. */
public final class DevelopmentSeed {
  private final Path directory;
  private final DevelopmentCa authority;

  private DevelopmentSeed(final Path directory) throws IOException {
    this.directory = directory;
    this.authority = DevelopmentCa.open(directory.resolve("ca"));
  }

  public static DevelopmentSeed open(final Path data) throws IOException {
    return new DevelopmentSeed(data.resolve("dev"));
  }

  public DevelopmentCa authority() {
    return authority;
  }

  /**
   * An operator whose key is there already.
   *
   * @throws IOException if there is none: asking must not make one
   */
  public OperatorSigner existingOperator(final int number) throws IOException {
    final Path keys = directory.resolve("operators");
    if (!Files.exists(keys.resolve("operator-" + number + ".key"))) {
      throw new IOException("there is no key of operator " + number + " in " + keys);
    }
    return OperatorSigner.open(keys, number);
  }

  public OperatorSigner operator(final int number) throws IOException {
    return OperatorSigner.open(directory.resolve("operators"), number);
  }

  /**
   * The console's accounts, among them the seeded operators': these have no password, they sign in
   * by one-time logins.
   */
  Accounts accounts(final Path console) throws IOException {
    final Accounts accounts = Accounts.open(console);
    accounts.addMissing(
        List.of(
            seeded(SeededWorld.PLATFORM_OPERATOR, EnumSet.of(Role.SETTLEMENT, Role.SUPPORT)),
            seeded(SeededWorld.MAKER, EnumSet.of(Role.PROGRAMME)),
            seeded(SeededWorld.CHECKER, EnumSet.of(Role.SETTLEMENT, Role.APPROVER)),
            seeded(SeededWorld.WARDEN, EnumSet.of(Role.WARDEN))));
    return accounts;
  }

  private static Account seeded(final int operator, final EnumSet<Role> roles) {
    return Account.named(SeededWorld.operatorName(operator), roles, Scope.ALL, operator);
  }

  /** Where one-time logins are. */
  public Path logins() {
    return directory.resolve("logins");
  }

  /** What the development OpenID Connect provider lets the seeded operators in by. */
  Path openIdPassword() throws IOException {
    return OwnerOnlyFiles.directory(logins()).resolveSibling("openid-password");
  }

  /** Where the development identity provider keeps its key. */
  Path identityProvider() {
    return directory.resolve("identity");
  }

  /**
   * Makes the seeded world unless that was finished before. The commands of a first attempt are
   * kept: sent again after a kill they are the same instructions under the same keys.
   */
  void seedOnce(final LocalSwitch connection) throws IOException {
    final Path finished = directory.resolve("seeded");
    if (Files.exists(finished)) {
      return;
    }
    final Path begun = directory.resolve("seeding");
    final boolean again = Files.exists(begun);
    if (!again) {
      final Path unfinished = directory.resolve(".seeding");
      Files.writeString(unfinished, Long.toString(System.currentTimeMillis()));
      Files.move(unfinished, begun, StandardCopyOption.ATOMIC_MOVE);
    }
    seed(connection, Long.parseLong(Files.readString(begun)), again);
    Files.move(begun, finished, StandardCopyOption.ATOMIC_MOVE);
  }

  private void seed(final LocalSwitch connection, final long createdMs, final boolean again) {
    final LocalDate day = LocalDate.ofEpochDay(createdMs / 86_400_000);
    Seeding.apply(
        connection,
        Genesis.commands(
            createdMs,
            name -> {
              try {
                return authority.client(name).fingerprint();
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            number -> {
              try {
                return operator(number).publicKey();
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            (int) day.withDayOfYear(1).plusYears(1).minusDays(1).toEpochDay()),
        again);
  }
}
