package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.ops.benefits.EnrolmentResult;
import org.civicswitch.ops.benefits.OfficeRefused;
import org.civicswitch.ops.benefits.RollCheck;
import org.civicswitch.ops.benefits.Run;
import org.civicswitch.ops.benefits.RunProgress;
import org.civicswitch.ops.benefits.Voucher;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.world.Bank;
import org.civicswitch.ops.cli.world.SeededWorld;

/**
 * The demo's story, once: a payment between banks, a run to many people with one held by a
 * registry's notice and freed again, a voucher. Each step says what it did; the first that does not
 * come out as it should ends the tour with an exception.
 */
final class DemoTour {
  /** For a step; for a run: without any line being answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long VOUCHER_AMOUNT = 25_00;
  private static final long FIRST_PURCHASE = 10_00;

  private final SwitchNode node;
  private final SimulatedBanks banks;
  private final Path directory;
  private final int people;
  private final int cycle;
  private final java.util.function.Consumer<String> say;

  /**
   * @param directory for roll, verdict file and repair file
   * @param cycle of the programme; a second tour on the same data pays the next one
   */
  DemoTour(
      final SwitchNode node,
      final SimulatedBanks banks,
      final Path directory,
      final int people,
      final int cycle,
      final java.util.function.Consumer<String> say) {
    this.node = node;
    this.banks = banks;
    this.directory = directory;
    this.people = people;
    this.cycle = cycle;
    this.say = say;
  }

  void run() throws Exception {
    Files.createDirectories(directory);
    payment();
    try (DemoOffice office = new DemoOffice(node)) {
      benefits(office);
      voucher(office);
    }
    proof();
  }

  private void payment() throws Exception {
    final FinalWord word =
        banks
            .bank("AURBXX2A")
            .pay(
                new PaymentOrder(
                    UUID.randomUUID(), "AURBXX2A", "BORBXX2A", 12_50, "EUR", 11, 12, "Tour"))
            .get(30, TimeUnit.SECONDS);
    expect(word.settled(), () -> "the payment was not settled: " + word);
    say.accept(
        "payment    12.50 EUR from AURBXX2A to BORBXX2A: "
            + word.status()
            + ", log sequence "
            + word.clearingReference());
  }

  private void benefits(final DemoOffice office) throws Exception {
    final long began = System.nanoTime();
    final EnrolmentResult enrolled = office.enrol(people);
    expect(enrolled.refused() == 0, () -> enrolled.refused() + " people could not be enrolled");
    say.accept(
        String.format(
            "identity   %,d people enrolled on signed statements of the identity provider, %.1f s",
            enrolled.enrolled(), seconds(began)));

    final Path roll = directory.resolve("roll-" + cycle + ".csv");
    DemoRoll.write(roll, people);
    final long filling = System.nanoTime();
    final Run run = office.run(roll, directory, cycle);
    final RollCheck check = run.fill(office.maker());
    expect(check.payable() == people, () -> check.payable() + " of " + people + " payable");
    say.accept(
        String.format(
            "run        %,d lines, %,.2f EUR declared and filled; %d rows refused, see %s; %.1f s",
            check.payable(),
            check.total() / 100.0,
            check.refused(),
            check.verdictFile(),
            seconds(filling)));
    run.seal(office.maker());
    run.approve(office.checker());
    say.accept("run        sealed by operator 2, approved by operator 3 over the recomputed hash");

    final CivilRegistry registry =
        new CivilRegistry(
            URI.create(node.endpoints().url("exchange")),
            DevelopmentTls.context(
                node.seed().authority(), node.seed().authority().client("civil-registry")));
    final String event = "demo-" + UUID.randomUUID();
    final String person = DemoRoll.person(DemoRoll.HELD);
    final int answer = registry.death(event, person);
    expect(answer == 202, () -> "the registry's notice was answered " + answer);
    say.accept("registry   notice of a death received over mutual TLS");

    final long released = System.nanoTime();
    run.release(office.maker());
    await(
        () -> run.progress().isAnswered(),
        () -> run.progress().answered(),
        () -> "the run stands still: " + run.progress());
    final RunProgress held = run.progress();
    expect(held.held() == 1, () -> "held lines: " + held.held());
    say.accept(
        String.format(
            "run        %,d settled, %,d rejected, %,d expired, 1 held; %.1f s (%,.0f lines/s)",
            held.settled(),
            held.rejected(),
            held.expired(),
            seconds(released),
            held.linesPerSecond()));

    final int corrected = registry.reversal(event + "-r", person, event);
    expect(corrected == 202, () -> "the correction was answered " + corrected);
    await(
        () -> run.progress().held() == 0 && run.progress().isAnswered(),
        () -> "the held line was not freed: " + run.progress());
    final RunProgress done = run.progress();
    expect(
        done.settled() + done.rejected() + done.expired() == people,
        () -> "not every line is final: " + done);
    final Path repair = directory.resolve("repair-" + cycle + ".csv");
    final long again = run.writeRepairFile(repair);
    say.accept(
        "registry   correction received, the held line was paid; repair file with "
            + again
            + " rows: "
            + repair);
  }

  private void voucher(final DemoOffice office) throws Exception {
    final Id128 id = Id128.of(UUID.randomUUID());
    final String person = DemoRoll.person(DemoRoll.VOUCHER_HOLDER);
    office.issueVoucher(id, person, VOUCHER_AMOUNT, SeededWorld.GROCERIES);
    final Voucher part = office.redeem(id, person, SeededWorld.GROCER, 103, FIRST_PURCHASE);
    expect(part.left() == VOUCHER_AMOUNT - FIRST_PURCHASE, () -> "left on the voucher: " + part);
    refused(
        Code.MERCHANT_CATEGORY,
        () -> office.redeem(id, person, SeededWorld.BOOKSHOP, 104, FIRST_PURCHASE));
    office.redeem(id, person, SeededWorld.GROCER, 103, VOUCHER_AMOUNT - FIRST_PURCHASE);
    refused(Code.VOUCHER_NOT_ACTIVE, () -> office.redeem(id, person, SeededWorld.GROCER, 103, 1));
    say.accept(
        "voucher    25.00 EUR: 10.00 spent at the grocer, refused at the bookshop, 15.00 spent,"
            + " then refused");
  }

  /** One step that the switch must refuse. */
  private interface Step {
    void run() throws Exception;
  }

  private static void refused(final Code code, final Step step) throws Exception {
    try {
      step.run();
    } catch (final OfficeRefused e) {
      expect(e.code() == code, () -> "refused with " + e.code() + " instead of " + code);
      return;
    }
    throw new IllegalStateException("not refused with " + code);
  }

  private void proof() throws Exception {
    final String console = node.endpoints().url("console");
    final HttpClient client = HttpClient.newHttpClient();
    expect(
        get(client, console + "/").contains("Proof of funds"),
        () -> "the live page does not show the proof of funds");
    await(
        () -> {
          try {
            return get(client, console + "/api/proof").contains("\"holds\":true,\"currencies\"");
          } catch (final IOException e) {
            return false;
          }
        },
        () -> "the proof of funds does not hold");
    say.accept(
        "proof      positions + programme cash + reserved = settlement account, in every currency");
    final StringBuilder positions = new StringBuilder();
    for (final Bank bank : SeededWorld.BANKS) {
      positions.append(positions.length() == 0 ? "" : ", ").append(bank.bic());
    }
    say.accept("page       " + console + " answers; participants " + positions);
  }

  private static String get(final HttpClient client, final String url) throws IOException {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void await(final BooleanSupplier condition, final Supplier<String> otherwise) {
    await(condition, () -> 0, otherwise);
  }

  /** Waits for as long as something moves. */
  private void await(
      final BooleanSupplier condition, final LongSupplier moves, final Supplier<String> otherwise) {
    long last = moves.getAsLong();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      final long now = moves.getAsLong();
      if (now != last) {
        last = now;
        end = System.nanoTime() + PATIENCE.toNanos();
      }
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException(otherwise.get());
      }
      if (node.local().host().isHalted()) {
        throw new IllegalStateException("the switch halted", node.local().host().haltReason());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void expect(final boolean condition, final Supplier<String> otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise.get());
    }
  }

  private static double seconds(final long sinceNs) {
    return (System.nanoTime() - sinceNs) / 1e9;
  }
}
