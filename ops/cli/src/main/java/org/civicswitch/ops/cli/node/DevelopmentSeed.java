package org.civicswitch.ops.cli.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.Seeding;

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

  public OperatorSigner operator(final int number) throws IOException {
    return OperatorSigner.open(directory.resolve("operators"), number);
  }

  /** Where the development identity provider keeps its key. */
  Path identityProvider() {
    return directory.resolve("identity");
  }

  /** Makes the seeded world in a switch that has not seen a command yet. */
  void seed(final LocalSwitch connection) {
    final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Seeding.apply(
        connection,
        Genesis.commands(
            System.currentTimeMillis(),
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
            (int) today.withDayOfYear(1).plusYears(1).minusDays(1).toEpochDay()));
  }
}
