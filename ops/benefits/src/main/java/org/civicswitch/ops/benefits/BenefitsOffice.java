package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;

/**
 * An agency's office at the switch: benefits runs and vouchers of one programme. It keeps nothing
 * of its own that the feed and the roll could not tell again.
 *
 * <p>Its methods and those of its runs block. The office itself may be used by many threads, a run
 * by one at a time; {@link Run#progress} by any.
 */
public final class BenefitsOffice implements AutoCloseable {
  private final OfficeContext context;

  private BenefitsOffice(final OfficeContext context) {
    this.context = context;
  }

  /**
   * Opens an office and begins to follow the feed.
   *
   * @param gateway of the office's connection; not closed with the office
   * @param cipher used by the office alone
   */
  public static BenefitsOffice open(
      final SwitchConnection connection,
      final SwitchGateway gateway,
      final Tokens tokens,
      final PayloadCipher cipher,
      final OfficeSettings settings,
      final InstantSource clock) {
    return new BenefitsOffice(
        new OfficeContext(
            settings,
            tokens,
            cipher,
            new Sender(gateway),
            new OfficeCommands(settings.connection(), settings.payingParticipant(), clock),
            new OfficeBook(connection, settings.programme())));
  }

  /**
   * The run of this roll in this cycle: a new one, or the one that an earlier process began. The
   * same bytes are the same run.
   *
   * @param directory for the verdict file, {@code ROLL.verdicts.csv}; made if it is not there
   */
  public Run run(final Path roll, final Path directory, final RunTerms terms) throws IOException {
    Files.createDirectories(directory);
    return new Run(
        context,
        new Roll(
            roll, new RollReader(context.settings().currency(), context.settings().exponent())),
        terms,
        directory.resolve(roll.getFileName() + ".verdicts.csv"));
  }

  /** Vouchers of the programme. */
  public VoucherDesk vouchers() {
    return new VoucherDesk(context);
  }

  @Override
  public void close() {
    context.book().close();
  }
}
