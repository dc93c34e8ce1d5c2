package org.civicswitch.ops.benefits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.client.Sender;
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
  /** The one scheme there is yet. */
  private static final int INSTANT_SCHEME = 1;

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
   * Opens the office of a programme that the switch knows; its currency and payer come from there.
   * Returns once everything that has happened was read.
   *
   * @param connection the office's way to the switch, under this number there
   * @param debtorName the payer as beneficiaries read it, 1 to 140 characters
   * @param assuranceMin the level that rows are checked for; the switch decides
   * @param timeoutMs how long a beneficiary's bank has to answer; 0: the switch's default
   * @throws OfficeRefused PROGRAMME_UNKNOWN
   */
  public static BenefitsOffice openProgramme(
      final SwitchConnection connection,
      final SwitchGateway gateway,
      final Tokens tokens,
      final PayloadCipher cipher,
      final int connectionNumber,
      final int programme,
      final String debtorName,
      final int assuranceMin,
      final int timeoutMs,
      final InstantSource clock)
      throws OfficeRefused {
    final OfficeBook book = new OfficeBook(connection, programme);
    try {
      book.awaitPast();
      final ProgrammeState state = book.programme();
      if (state == null) {
        throw new OfficeRefused("programme " + programme, Code.PROGRAMME_UNKNOWN);
      }
      final OfficeSettings settings =
          new OfficeSettings(
              connectionNumber,
              programme,
              state.payingParticipant(),
              debtorName.isEmpty() ? state.code() : debtorName,
              state.currency(),
              state.exponent(),
              state.payingParticipant(),
              assuranceMin,
              INSTANT_SCHEME,
              timeoutMs);
      return new BenefitsOffice(
          new OfficeContext(
              settings,
              tokens,
              cipher,
              new Sender(gateway),
              new OfficeCommands(connectionNumber, state.payingParticipant(), clock),
              book));
    } catch (final OfficeRefused | RuntimeException e) {
      book.close();
      throw e;
    }
  }

  /** The programme and its money, with everything that happened before. */
  public ProgrammeState programme() {
    context.catchUp();
    return context.book().programme();
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

  /** The directory of aliases. */
  public AliasDesk aliases() {
    return new AliasDesk(context);
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
