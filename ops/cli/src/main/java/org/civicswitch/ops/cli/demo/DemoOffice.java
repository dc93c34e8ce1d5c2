package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.identity.DevelopmentIdentityProvider;
import org.civicswitch.gateway.kit.identity.EnrolledPerson;
import org.civicswitch.gateway.kit.identity.EnrolmentStatementVerifier;
import org.civicswitch.gateway.kit.identity.IdentityRefused;
import org.civicswitch.gateway.kit.identity.IdentityVerifier;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.civicswitch.ops.benefits.BenefitsOffice;
import org.civicswitch.ops.benefits.Enrolment;
import org.civicswitch.ops.benefits.EnrolmentResult;
import org.civicswitch.ops.benefits.OfficeRefused;
import org.civicswitch.ops.benefits.OfficeSettings;
import org.civicswitch.ops.benefits.Run;
import org.civicswitch.ops.benefits.RunTerms;
import org.civicswitch.ops.benefits.Voucher;
import org.civicswitch.ops.benefits.VoucherDesk;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.world.SeededWorld;

/** The seeded programme's office with its people: enrolment, runs and vouchers of the demo. */
final class DemoOffice implements AutoCloseable {
  private static final String AUDIENCE = SeededWorld.OFFICE_AUDIENCE;
  private static final int ASSURANCE = 2;
  private static final Duration STANDING = Duration.ofDays(365);

  private final SwitchNode node;
  private final SwitchGateway officeGateway;
  private final SwitchGateway enrolmentGateway;
  private final BenefitsOffice office;
  private final IdentityVerifier verifier;
  private final OperatorSigner maker;
  private final OperatorSigner checker;

  DemoOffice(final SwitchNode node) throws IOException {
    this.node = node;
    officeGateway =
        new SwitchGateway(node.local().newClient(), "office", SwitchGateway.Limits.DEFAULT);
    enrolmentGateway =
        new SwitchGateway(node.local().newClient(), "enrolment", SwitchGateway.Limits.DEFAULT);
    office =
        BenefitsOffice.open(
            node.local(),
            officeGateway,
            node.tokens("benefits-office"),
            node.payloads("benefits-office"),
            new OfficeSettings(
                SeededWorld.OFFICE_CONNECTION,
                SeededWorld.PROGRAMME,
                SeededWorld.TREASURY_NUMBER,
                "Treasury, child grant",
                "EUR",
                2,
                SeededWorld.TREASURY_NUMBER,
                ASSURANCE,
                1,
                // Four thousand lines are under way at one time; a busy machine answers slowly.
                20_000),
            Clock.systemUTC());
    final DevelopmentIdentityProvider identities = node.identities();
    verifier =
        new IdentityVerifier(
            identities.issuer(),
            SeededWorld.DEVELOPMENT_ISSUER,
            AUDIENCE,
            refresh -> identities.publicKeys(),
            STANDING,
            Clock.systemUTC());
    maker = node.seed().operator(SeededWorld.MAKER);
    checker = node.seed().operator(SeededWorld.CHECKER);
  }

  OperatorSigner maker() {
    return maker;
  }

  OperatorSigner checker() {
    return checker;
  }

  /** The identity provider states who they are, the office verifies it, the switch holds it. */
  EnrolmentResult enrol(final int people) {
    final List<List<String>> lists = DemoRoll.people(people, EnrolmentStatementVerifier.MAX_PEOPLE);
    final EnrolmentStatementVerifier statements = new EnrolmentStatementVerifier(verifier);
    return new Enrolment(
            enrolmentGateway,
            node.tokens("enrolment"),
            SeededWorld.ENROLMENT_CONNECTION,
            SeededWorld.TREASURY_NUMBER,
            1,
            Clock.systemUTC())
        .enrol(() -> new Verified(lists.iterator(), statements), (person, code) -> {});
  }

  Run run(final Path roll, final Path directory, final int cycle) throws IOException {
    return office.run(
        roll, directory, new RunTerms(cycle, (int) LocalDate.now(ZoneOffset.UTC).toEpochDay()));
  }

  Voucher issueVoucher(final Id128 id, final String person, final long amount, final int category)
      throws OfficeRefused {
    return office
        .vouchers()
        .issue(
            id,
            SeededWorld.FOOD_VOUCHER,
            person,
            amount,
            category,
            System.currentTimeMillis() + Duration.ofDays(30).toMillis(),
            maker);
  }

  /** The person logs in for exactly this, the merchant's bank asks for it. */
  Voucher redeem(
      final Id128 voucher,
      final String person,
      final int merchant,
      final int bank,
      final long amount)
      throws OfficeRefused, IdentityRefused, IOException {
    final VoucherDesk.Redemption redemption =
        new VoucherDesk.Redemption(
            Id128.of(java.util.UUID.randomUUID()),
            System.currentTimeMillis(),
            bank,
            bank,
            voucher,
            merchant,
            amount);
    final String token = node.identities().issue(person, AUDIENCE, redemption.nonce(), ASSURANCE);
    return office.vouchers().redeem(redemption, token, verifier);
  }

  @Override
  public void close() {
    office.close();
    officeGateway.close();
    enrolmentGateway.close();
  }

  /** Statements issued and verified one by one, as people are wanted. */
  private final class Verified implements Iterator<EnrolledPerson> {
    private final Iterator<List<String>> lists;
    private final EnrolmentStatementVerifier statements;
    private Iterator<EnrolledPerson> people = List.<EnrolledPerson>of().iterator();

    Verified(final Iterator<List<String>> lists, final EnrolmentStatementVerifier statements) {
      this.lists = lists;
      this.statements = statements;
    }

    @Override
    public boolean hasNext() {
      return people.hasNext() || lists.hasNext();
    }

    @Override
    public EnrolledPerson next() {
      if (!people.hasNext()) {
        if (!lists.hasNext()) {
          throw new NoSuchElementException();
        }
        try {
          people =
              statements
                  .verify(node.identities().issueStatement(lists.next(), AUDIENCE, ASSURANCE))
                  .iterator();
        } catch (final IdentityRefused | IOException e) {
          throw new IllegalStateException("enrolment statement refused: " + e.getMessage(), e);
        }
      }
      return people.next();
    }
  }
}
