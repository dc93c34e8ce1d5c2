package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.gateway.kit.operator.OperatorSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class RunTest {
  private static final String HEADER =
      "beneficiary,entitlement,amount,currency,agent,account,name,alias,remittance";
  private static final RunTerms MARCH = new RunTerms(202_603, 20_500);

  /** Long enough for banks on a busy machine: what they refuse must not expire. */
  private static final int ANSWER_MS = 10_000;

  @TempDir private Path directory;
  private SmallWorld world;
  private BenefitsOffice office;

  @BeforeEach
  void open() throws Exception {
    world = new SmallWorld(directory);
    office = world.office(ANSWER_MS);
  }

  @AfterEach
  void close() throws Exception {
    office.close();
    world.close();
  }

  private static String row(final int person, final String amount) {
    final String agent = person % 2 == 0 ? "ALPHXX2A" : "BRAVXX2AXXX";
    return SmallWorld.person(person)
        + ",1,"
        + amount
        + ",EUR,"
        + agent
        + ",ACC-"
        + person
        + ",N "
        + person
        + ",,=grant";
  }

  private Path roll(final String name, final List<String> rows) throws Exception {
    final List<String> all = new ArrayList<>();
    all.add(HEADER);
    all.addAll(rows);
    return Files.write(directory.resolve(name), all);
  }

  private static int number(final String name) {
    return Integer.parseInt(name.substring(2));
  }

  private Run start(final Path roll) throws Exception {
    final Run run = office.run(roll, directory.resolve("out"), MARCH);
    run.fill(world.maker);
    run.seal(world.maker);
    run.approve(world.checker);
    return run;
  }

  @Test
  void whatIsNotPaidIsRepairedAndNobodyIsPaidTwice() throws Exception {
    assertThat(world.enrol(1_970)).isEqualTo(new EnrolmentResult(1_970, 0));
    assertThat(world.enrol(1_970)).isEqualTo(new EnrolmentResult(1_970, 0));
    final List<String> rows =
        new ArrayList<>(IntStream.range(0, 1_995).mapToObj(i -> row(i, "20.00")).toList());
    rows.add(row(5, "twenty"));
    rows.add(row(6, "20.00"));
    rows.add(row(7, "20.00"));
    rows.add(row(8, "-1"));
    rows.add(row(9, "20.00").replace("BRAVXX2AXXX", "NOBKXX2A"));
    world.bank =
        name ->
            number(name) % 100 == 11
                ? SmallWorld.AC04
                : number(name) % 200 == 12 ? SmallWorld.SILENT : SmallWorld.ACCEPT;

    final Path roll = roll("roll.csv", rows);
    final Run run = start(roll);
    // Two rows double others, which the check tells already.
    assertThat(run.progress().added()).isEqualTo(1_970);
    assertThat(run.progress().declaredTotal()).isEqualTo(1_970 * 20_00L);
    final List<String> verdicts =
        Files.readAllLines(directory.resolve("out/roll.csv.verdicts.csv"));
    assertThat(verdicts).hasSize(1 + 25 + 5);
    assertThat(verdicts.stream().filter(v -> v.contains("SUBJECT_UNKNOWN"))).hasSize(25);
    assertThat(verdicts.stream().filter(v -> v.contains("DUPLICATE_ROW"))).hasSize(2);
    assertThat(verdicts.stream().filter(v -> v.contains("CREDITOR_AGENT_UNKNOWN"))).hasSize(1);
    assertThat(verdicts.stream().filter(v -> v.contains(",AMOUNT,"))).hasSize(2);

    assertThat(world.lifeEvent(40, LifeEventKind.DEATH, 1, 0).ok()).isTrue();
    run.release(world.maker);
    SmallWorld.until(() -> run.progress().isAnswered(), "first run answered");
    assertThat(run.progress().held()).isEqualTo(1);
    assertThat(run.progress().rejected()).isEqualTo(20);
    assertThat(run.progress().expired()).isEqualTo(10);
    assertThat(run.progress().settled()).isEqualTo(1_970 - 31);
    assertThat(run.progress().linesPerSecond()).isPositive();

    final Path repair = directory.resolve("repair.csv");
    assertThat(run.writeRepairFile(repair)).isEqualTo(31);
    final String text = Files.readString(repair);
    assertThat(text).contains("REJECTED AC04", "EXPIRED", "HELD SUBJECT_NOT_ACTIVE", ",=grant,");
    run.writeRepairFile(directory.resolve("for-people.csv"), true);
    assertThat(Files.readString(directory.resolve("for-people.csv"))).contains(",'=grant,");

    // The registry was wrong: the first run pays the held line itself, the repair must not.
    assertThat(world.lifeEvent(40, LifeEventKind.DEATH_REVERSAL, 2, 1).ok()).isTrue();
    SmallWorld.until(() -> run.progress().state() == EnvelopeState.CLOSED, "the held line is paid");
    world.bank = name -> SmallWorld.ACCEPT;
    final Run second = start(repair);
    assertThat(second.progress().added()).isEqualTo(30);
    second.release(world.maker);
    SmallWorld.until(() -> second.progress().state() == EnvelopeState.CLOSED, "second run closed");
    assertThat(second.progress().settled()).isEqualTo(30);
    SmallWorld.until(() -> world.paid.size() == 1_970, "all payments seen by the banks");
    assertThat(world.paid).hasSize(1_970).allSatisfy((n, times) -> assertThat(times).isOne());
    assertThat(world.unreadable).hasValue(0);
    assertThat(second.writeRepairFile(directory.resolve("nothing.csv"))).isZero();

    // The same roll again in the same cycle is the same run: nothing happens.
    final Run again = start(roll);
    again.release(world.maker);
    assertThat(again.progress().envelope()).isEqualTo(run.progress().envelope());
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() throws Exception {
    world.enrol(600);
    final Path roll =
        roll("roll.csv", IntStream.range(0, 600).mapToObj(i -> row(i, "1.50")).toList());
    // The office goes away in the midst of filling: its way to the switch is cut.
    try (BenefitsOffice first = world.cutAfter(2, ANSWER_MS)) {
      final Run cut = first.run(roll, directory.resolve("out"), MARCH);
      assertThatThrownBy(() -> cut.fill(world.maker)).isInstanceOf(RuntimeException.class);
      assertThat(cut.progress().added()).isLessThan(600);
    }
    final Run run = start(roll);
    assertThat(run.progress().added()).isEqualTo(600);
    assertThatThrownBy(() -> run.release(OperatorSigner.generate(99)))
        .isInstanceOfSatisfying(
            OfficeRefused.class, e -> assertThat(e.code()).isEqualTo(Code.OPERATOR_UNKNOWN));
    run.release(world.maker);
    // Another process of the office only follows.
    try (BenefitsOffice other = world.office(ANSWER_MS)) {
      final Run followed = other.run(roll, directory.resolve("out"), MARCH);
      assertThat(followed.check().payable()).isEqualTo(600);
      SmallWorld.until(
          () -> followed.progress().state() == EnvelopeState.CLOSED, "closed, seen by another");
      assertThat(followed.progress().settledTotal()).isEqualTo(600 * 1_50L);
    }
    SmallWorld.until(() -> world.paid.size() == 600, "all paid");
    assertThat(world.paid).allSatisfy((n, times) -> assertThat(times).isOne());
  }

  @Test
  void theCheckerSignsWhatTheRollSaysAndNobodyApprovesTheirOwn() throws Exception {
    world.enrol(10);
    final Path roll =
        roll("roll.csv", IntStream.range(0, 10).mapToObj(i -> row(i, "1.50")).toList());
    final Run run = office.run(roll, directory.resolve("out"), MARCH);
    run.fill(world.maker);
    run.seal(world.maker);
    final String good = Files.readString(roll);
    Files.writeString(roll, good.replace("ACC-3", "ACC-4"));
    assertThatThrownBy(() -> run.approve(world.checker))
        .isInstanceOfSatisfying(
            OfficeRefused.class, e -> assertThat(e.code()).isEqualTo(Code.ENVELOPE_HASH));
    Files.writeString(roll, good);
    assertThatThrownBy(() -> run.approve(world.maker)).isInstanceOf(OfficeRefused.class);
    run.approve(world.checker);
    run.release(world.maker);
    SmallWorld.until(() -> run.progress().state() == EnvelopeState.CLOSED, "closed");
  }

  @Test
  void aClosedCyclePaysNothingMore() throws Exception {
    world.enrol(3);
    final int programme = Genesis.PROGRAMME;
    final ProgrammeDesk desk = world.programmes();
    assertThatThrownBy(() -> desk.closeCycle(programme, MARCH.cycle(), world.checker))
        .hasMessageContaining("CYCLE_UNKNOWN, nothing was ever to be paid");
    final Run run = start(roll("roll.csv", List.of(row(0, "1.50"), row(1, "1.50"))));
    assertThatThrownBy(() -> desk.closeCycle(programme, MARCH.cycle(), world.checker))
        .hasMessageContaining("CYCLE_NOT_FINISHED, an envelope of the cycle is not finished");
    run.release(world.maker);
    SmallWorld.until(() -> run.progress().state() == EnvelopeState.CLOSED, "closed");
    desk.closeCycle(programme, MARCH.cycle(), world.checker);
    desk.closeCycle(programme, MARCH.cycle(), world.checker);
    // The run itself is still there to be looked at, and filling it again changes nothing.
    run.fill(world.maker);
    assertThat(run.progress().settled()).isEqualTo(2);
    final Run late =
        office.run(roll("late.csv", List.of(row(2, "1.50"))), directory.resolve("out"), MARCH);
    assertThatThrownBy(() -> late.fill(world.maker))
        .hasMessageContaining("CYCLE_CLOSED, the cycle is closed: nothing is paid for it any more");
  }

  @Test
  void whatWasGivenUpIsStillFoundAndGivenUpOnlyOnce() throws Exception {
    world.enrol(1);
    final Path roll = roll("roll.csv", List.of(row(0, "1.50")));
    final Run run = office.run(roll, directory.resolve("out"), MARCH);
    run.fill(world.maker);
    run.cancel(world.maker);
    run.cancel(world.maker);

    final Run again = office.run(roll, directory.resolve("out"), MARCH);
    again.follow();
    assertThat(again.progress().state()).isEqualTo(EnvelopeState.CANCELLED);
    again.cancel(world.maker);
    assertThatThrownBy(() -> again.seal(world.maker)).hasMessageContaining("was cancelled");
    assertThatThrownBy(() -> again.approve(world.checker)).hasMessageContaining("was cancelled");
    assertThatThrownBy(() -> again.release(world.maker)).hasMessageContaining("was cancelled");
    assertThat(again.writeRepairFile(directory.resolve("repair.csv"))).isZero();

    assertThat(start(roll).progress().state()).isEqualTo(EnvelopeState.APPROVED);
  }

  @Test
  void whatAnotherRunHasTakenMeanwhileIsRefusedAndNotTriedForEver() throws Exception {
    world.enrol(3);
    final Path roll = roll("roll.csv", List.of(row(0, "1.50"), row(1, "1.50"), row(2, "1.50")));
    final Run given = office.run(roll, directory.resolve("out"), MARCH);
    given.fill(world.maker);
    given.cancel(world.maker);
    start(roll("corrected.csv", List.of(row(0, "2.50"), row(1, "2.50"))));
    assertThat(start(roll).progress().added()).isOne();
    assertThat(Files.readAllLines(directory.resolve("out/roll.csv.verdicts.csv")))
        .filteredOn(verdict -> verdict.contains("ENTITLEMENT_TAKEN"))
        .hasSize(2);
  }
}
