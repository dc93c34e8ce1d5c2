package org.civicswitch.ops.cli.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.civicswitch.gateway.kit.tls.DevelopmentCa;
import org.civicswitch.ops.cli.demo.DemoAccounts;
import org.civicswitch.ops.cli.demo.DevelopmentTls;
import org.civicswitch.ops.cli.demo.SimulatedBanks;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.treasury.OperateCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a programme officer types, against a running switch with banks that answer. */
@Tag("slow")
final class BenefitsCommandTest {
  private static final String HEADER =
      "beneficiary,entitlement,amount,currency,agent,account,name,alias,remittance";

  @TempDir private static Path data;
  @TempDir private static Path files;
  private static SwitchNode node;
  private static SimulatedBanks banks;
  private String err = "";

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start(data);
    banks =
        SimulatedBanks.start(
            node.vertx(), URI.create(node.endpoints().url("iso20022")), node.seed().authority());
  }

  @AfterAll
  static void stop() {
    banks.close();
    node.close();
  }

  /** Types a command with {@code --json} and expects this exit code; the answer is its object. */
  private JsonNode type(final int exit, final String... words) {
    final StringWriter out = new StringWriter();
    final StringWriter errors = new StringWriter();
    final List<String> args = new ArrayList<>(Arrays.asList(words));
    final Object command =
        switch (args.remove(0)) {
          case "alias" -> new AliasCommand();
          case "operate" -> new OperateCommand();
          default -> new BenefitsCommand();
        };
    args.addAll(List.of("--json", "--data", data.toString()));
    final int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(errors))
            .execute(args.toArray(new String[0]));
    err = errors.toString();
    assertThat(code).as(out + err).isEqualTo(exit);
    if (exit == 2) {
      assertThat(out.toString()).isEmpty();
      return null;
    }
    final JsonNode answer = JsonMapper.shared().readTree(out.toString());
    assertThat(answer.get("ok").asBoolean()).isEqualTo(exit == 0);
    return answer;
  }

  private JsonNode fund(final String... words) {
    final List<String> all =
        new ArrayList<>(List.of("benefits", "programme", "fund", "--programme", "311"));
    all.addAll(List.of(words));
    return type(0, all.toArray(new String[0]));
  }

  private JsonNode step(final int exit, final String step, final Path roll, final String... more) {
    final List<String> words =
        new ArrayList<>(List.of("benefits", step, roll.toString(), "--cycle", "7"));
    words.addAll(List.of(more));
    return type(exit, words.toArray(new String[0]));
  }

  private static Path roll(final String name, final String... rows) throws Exception {
    final List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(List.of(rows));
    return Files.write(files.resolve(name), lines, StandardCharsets.UTF_8);
  }

  private static String row(final String person, final String amount, final int serial) {
    return person
        + ",1,"
        + amount
        + ",EUR,AURBXX2A,"
        + account(serial)
        + ",Holder "
        + serial
        + ",,";
  }

  private static String account(final int serial) {
    return DemoAccounts.number("AURBXX2A", serial);
  }

  @Test
  void aRollIsPaidOnceWithTwoOperatorsAndRepaired() throws Exception {
    final String[] programme = {"--programme", "311"};
    assertThat(
            type(1, "benefits", "programme", "show", "--programme", "311").get("code").asString())
        .isEqualTo("PROGRAMME_UNKNOWN");
    type(0, "benefits", "programme", "create", "--programme", "311", "--code", "WINTER");
    final JsonNode funded = fund("--authority=200.00", "--cash=90.00", "--reference=LAW-1");
    assertThat(funded.get("cash").asString()).as("it waits for others").isEqualTo("0.00");
    final JsonNode approved =
        type(0, "operate", "approve", funded.get("proposal").asString(), "--operator", "3");
    assertThat(approved.get("state").asString()).isEqualTo("EXECUTED");
    assertThat(approved.get("effects").get(1).toString())
        .contains("WINTER cash in EUR", "\"before\":\"0.00\"", "\"after\":\"90.00\"");
    final Path people = roll("people.csv", "NID:A1", "NID:A2", "NID:A3", "NID:A4", "nobody");
    final JsonNode enrolled = type(0, "benefits", "enrol", people.toString());
    assertThat(enrolled.get("enrolled").asInt()).isEqualTo(4);
    assertThat(Files.readAllLines(Path.of(enrolled.get("verdict_file").asString())))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("6,nobody,BENEFICIARY,");

    final Path roll =
        roll(
            "roll.csv",
            row("NID:A1", "40.00", 1),
            row("NID:A2", "40.00", 2),
            row("NID:A3", "40.00", 1404),
            row("NID:A1", "40.00", 1),
            row("NID:UNKNOWN", "40.00", 4),
            row("NID:A4", "4,50", 5));
    final JsonNode checked = step(0, "check", roll, programme);
    assertThat(checked.get("payable").asInt()).isEqualTo(3);
    assertThat(checked.get("total").asString()).isEqualTo("120.00");
    assertThat(Files.readAllLines(files.resolve("roll.csv.verdicts.csv")))
        .extracting(line -> line.split(",", -1)[0] + " " + line.split(",", -1)[2])
        .containsExactly("line code", "5 DUPLICATE_ROW", "6 SUBJECT_UNKNOWN", "7 COLUMNS");
    assertThat(step(1, "seal", roll, programme).get("code").asString())
        .isEqualTo("ENVELOPE_UNKNOWN");

    // Operator 3 may make and may approve, but not both; given up, the run begins anew.
    final String[] three = {"--programme", "311", "--operator", "3"};
    step(0, "fill", roll, three);
    step(0, "seal", roll, three);
    assertThat(step(1, "approve", roll, three).get("code").asString())
        .isEqualTo("OPERATOR_NOT_INDEPENDENT");
    assertThat(step(0, "cancel", roll, three).get("state").asString()).isEqualTo("CANCELLED");
    assertThat(step(0, "fill", roll, programme).get("added").asInt()).isEqualTo(3);
    assertThat(step(0, "fill", roll, programme).get("added").asInt()).isEqualTo(3);
    assertThat(step(1, "approve", roll, programme).get("code").asString())
        .isEqualTo("ENVELOPE_STATE");
    step(0, "seal", roll, programme);
    assertThat(step(1, "release", roll, programme).get("code").asString())
        .isEqualTo("ENVELOPE_STATE");
    assertThat(
            step(1, "approve", roll, "--programme", "311", "--operator", "2")
                .get("code")
                .asString())
        .isEqualTo("OPERATOR_NOT_ALLOWED");
    assertThat(
            step(1, "approve", roll, "--programme", "311", "--operator", "9")
                .get("error")
                .asString())
        .contains("no key of operator 9");
    assertThat(data.resolve("dev/operators/operator-9.key")).doesNotExist();
    assertThat(
            step(1, "approve", roll, "--programme", "311", "--value-date", "2031-01-01")
                .get("error")
                .asString())
        .contains("value date 2031-01-01", "paid by WINTER");
    assertThat(step(0, "approve", roll, programme).get("state").asString()).isEqualTo("APPROVED");

    // 120.00 of 90.00 cash: the run is refused as a whole, and nothing is taken.
    assertThat(step(1, "release", roll, programme).get("error").asString())
        .contains("CASH_EXCEEDED", "the run needs 120.00 EUR", "has 90.00 EUR of free cash");
    final String more = fund("--cash=30.00", "--reference=BANK-2").get("proposal").asString();
    final String again = fund("--cash=30.00", "--reference=BANK-2").get("proposal").asString();
    type(0, "operate", "approve", more, "--operator", "3");
    final JsonNode refused = type(1, "operate", "approve", again, "--operator", "3");
    assertThat(refused.get("state").asString()).isEqualTo("FAILED");
    assertThat(type(0, "operate", "show", again).get("code").asString())
        .isEqualTo("SETTLEMENT_REFERENCE_USED");
    step(0, "release", roll, programme);
    final JsonNode done = step(0, "progress", roll, "--programme", "311", "--watch");
    assertThat(done.get("settled").asInt()).isEqualTo(2);
    assertThat(done.get("rejected").asInt()).isEqualTo(1);
    assertThat(done.get("settled_total").asString()).isEqualTo("80.00");

    final Path repair = files.resolve("repair.csv");
    final JsonNode repaired =
        step(0, "repair", roll, "--programme", "311", "--to", repair.toString());
    assertThat(repaired.get("rows").asInt()).isEqualTo(1);
    assertThat(Files.readString(repair)).contains("NID:A3,1,40.00,EUR,", "REJECTED AC04");

    final JsonNode never =
        step(1, "repair", roll("never.csv", row("NID:A1", "40.00", 1)), "--to", repair + "-none");
    assertThat(never.get("error").asString()).contains("ENVELOPE_UNKNOWN");

    // The same roll again pays nobody; neither do other bytes with the same people.
    assertThat(step(0, "fill", roll, programme).get("settled").asInt()).isEqualTo(2);
    step(0, "release", roll, programme);
    Files.copy(roll, files.resolve("copy.csv"));
    Files.writeString(
        files.resolve("copy.csv"), Files.readString(roll).replace("NID:A3", "NID:UNKNOWN2"));
    final JsonNode copy = step(1, "fill", files.resolve("copy.csv"), programme);
    assertThat(copy.get("error").asString()).contains("no row of the roll can be paid");
    assertThat(Files.readString(files.resolve("copy.csv.verdicts.csv")))
        .contains("ENTITLEMENT_TAKEN");

    // The repair file, corrected, is a roll.
    Files.writeString(repair, Files.readString(repair).replace(account(1404), account(1405)));
    for (final String step : List.of("fill", "seal", "approve", "release")) {
      step(0, step, repair, programme);
    }
    assertThat(step(0, "progress", repair, "--programme", "311", "--watch").get("settled").asInt())
        .isOne();
    final JsonNode money = type(0, "benefits", "programme", "show", "--programme", "311");
    assertThat(money.get("cash").asString()).isEqualTo("0.00");
    assertThat(money.get("authority").asString()).isEqualTo("80.00");
    assertThat(money.get("spent").asString()).isEqualTo("120.00");

    // The cycle is over; another operator's signature closes it, and nothing is paid for it again.
    assertThat(cycle(1, "7", "--operator", "2").get("code").asString())
        .isEqualTo("OPERATOR_NOT_ALLOWED");
    assertThat(cycle(1, "8").get("code").asString()).isEqualTo("CYCLE_UNKNOWN");
    assertThat(cycle(0, "7").get("closed").asBoolean()).isTrue();
    cycle(0, "7");
    cycle(2, "0");
    final Path late = roll("late.csv", row("NID:A1", "1.00", 1));
    assertThat(step(1, "fill", late, programme).get("code").asString()).isEqualTo("CYCLE_CLOSED");
  }

  private JsonNode cycle(final int exit, final String cycle, final String... more) {
    final List<String> words =
        new ArrayList<>(List.of("benefits", "cycle", "close", "--programme", "311"));
    words.addAll(List.of("--cycle", cycle));
    words.addAll(List.of(more));
    return type(exit, words.toArray(new String[0]));
  }

  @Test
  void aVoucherIsSpentInPartsWhereItMayBe() throws Exception {
    final Path people = roll("two.csv", "NID:V1", "NID:V2");
    final Path out = files.resolve("new/out");
    assertThat(
            type(0, "benefits", "enrol", people.toString(), "--out", out.toString())
                .get("verdict_file")
                .asString())
        .isEqualTo(out.resolve("two.csv.enrolment.csv").toString());
    assertThat(out.resolve("two.csv.enrolment.csv")).exists();
    assertThat(files.resolve("two.csv.enrolment.csv")).doesNotExist();
    final String voucher =
        type(0, "benefits", "voucher", "issue", "--to", "NID:V1", "--amount", "25.00")
            .get("voucher")
            .asString();
    assertThat(redeem(0, voucher, "NID:V1", "401", "10.00").get("left").asString())
        .isEqualTo("15.00");
    assertThat(redeem(1, voucher, "NID:V1", "402", "10.00").get("code").asString())
        .isEqualTo("MERCHANT_CATEGORY");
    assertThat(redeem(1, voucher, "NID:V2", "401", "10.00").get("code").asString())
        .isEqualTo("VERDICT_BINDING");
    assertThat(redeem(1, voucher, "NID:V1", "401", "15.01").get("code").asString())
        .isEqualTo("VOUCHER_AMOUNT");
    assertThat(redeem(1, voucher, "NID:V1", "409", "1.00").get("code").asString())
        .isEqualTo("MERCHANT_UNKNOWN");
    assertThat(err).startsWith("civicswitch: redeem voucher: MERCHANT_UNKNOWN, ");
    assertThat(redeem(0, voucher, "NID:V1", "401", "15.00").get("state").asString())
        .isEqualTo("SPENT");
    assertThat(redeem(1, voucher, "NID:V1", "401", "1.00").get("code").asString())
        .isEqualTo("VOUCHER_NOT_ACTIVE");
    final String brief =
        type(
                0,
                "benefits",
                "voucher",
                "issue",
                "--to",
                "NID:V1",
                "--amount",
                "25.00",
                "--seconds",
                "1")
            .get("voucher")
            .asString();
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!type(0, "benefits", "voucher", "show", brief).get("state").asString().equals("EXPIRED")
        && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    final JsonNode expired = type(0, "benefits", "voucher", "show", brief);
    assertThat(expired.get("state").asString()).isEqualTo("EXPIRED");
    assertThat(expired.get("left").asString()).isEqualTo("0.00");
    final JsonNode money = type(0, "benefits", "programme", "show");
    assertThat(money.get("voucher_reserve").asString()).isEqualTo("0.00");
    redeem(2, "no-voucher", "NID:V1", "401", "1.00");
    assertThat(err).contains("not a voucher's id");
    redeem(2, voucher, "NID:V1", "401", "1.005");
    assertThat(type(1, "benefits", "voucher", "show", UUID.randomUUID().toString())).isNotNull();
  }

  private JsonNode redeem(
      final int exit,
      final String voucher,
      final String person,
      final String merchant,
      final String amount) {
    return type(
        exit,
        "benefits",
        "voucher",
        "redeem",
        voucher,
        "--person",
        person,
        "--merchant",
        merchant,
        "--amount",
        amount);
  }

  @Test
  void anAliasIsLinkedMovedAndPaidThrough() throws Exception {
    type(0, "benefits", "enrol", roll("owners.csv", "NID:L1", "NID:L2").toString());
    final String phone = "phone:+4930111222";
    final String[] link = {"alias", "link", phone, "--person", "NID:L1", "--at", "AURBXX2A"};
    assertThat(type(0, link).get("mapping_version").asInt()).isEqualTo(1);
    assertThat(
            type(1, "alias", "link", phone, "--person", "NID:L2", "--at", "BORBXX2A")
                .get("code")
                .asString())
        .isEqualTo("ALIAS_EXISTS");
    assertThat(
            type(0, "alias", "link", phone, "--person", "NID:L1", "--at", "BORBXX2A")
                .get("mapping_version")
                .asInt())
        .isEqualTo(2);
    assertThat(type(0, "alias", "resolve", "tel: 0049 30 111222").get("bank").asString())
        .isEqualTo("BORBXX2A");
    assertThat(
            type(1, "alias", "link", "phone:+4930999", "--person", "NID:L1", "--at", "NOBKXX2A")
                .get("code")
                .asString())
        .isEqualTo("PARTICIPANT_UNKNOWN");

    final Path roll =
        roll(
            "alias.csv",
            "NID:L1,1,5.00,EUR,,,Holder 1," + phone + ",",
            "NID:L2,1,5.00,EUR,,,Holder 2," + phone + ",",
            "NID:L2,1,5.00,EUR,AURBXX2A,,Holder 2," + phone + ",");
    final JsonNode checked = step(0, "check", roll);
    assertThat(checked.get("payable").asInt()).isOne();
    assertThat(Files.readAllLines(files.resolve("alias.csv.verdicts.csv")))
        .extracting(line -> line.split(",", -1)[2])
        .containsExactly("code", "ALIAS_OWNER_CHANGED", "DESTINATION");
    for (final String step : List.of("fill", "seal", "approve", "release")) {
      step(0, step, roll);
    }
    assertThat(step(0, "progress", roll, "--watch").get("settled").asInt()).isOne();
    payToPhone("+4930111222");
    type(0, "alias", "unlink", phone);
    assertThat(type(1, "alias", "resolve", phone).get("code").asString())
        .isEqualTo("ALIAS_UNKNOWN");
  }

  /** The payer's bank names the bank where the alias was before; the switch follows the alias. */
  private static void payToPhone(final String phone) throws Exception {
    final long before = banks.bank("BORBXX2A").totals().accepted();
    final String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    final String message =
        Files.readString(Path.of("../../examples/pacs008-alias.xml"))
            .replace("@PHONE@", phone)
            .replace("@NOW@", now)
            .replace("@DATE@", now.substring(0, 10))
            .replace("@UETR@", UUID.randomUUID().toString())
            .replace("@ID@", "ALIAS-1")
            .replaceAll("(<CdtrAgt><FinInstnId><BICFI>)BORBXX2A", "$1CEDSXX2A");
    final DevelopmentCa authority = node.seed().authority();
    final HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(DevelopmentTls.context(authority, authority.client("aurbxx2a")))
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(node.endpoints().url("iso20022") + "/iso20022/messages"))
                    .header("Content-Type", "application/xml")
                    .header("Prefer", "wait=20")
                    .POST(HttpRequest.BodyPublishers.ofString(message))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("<TxSts>ACSC</TxSts>");
    assertThat(banks.bank("BORBXX2A").totals().accepted()).isEqualTo(before + 1);
  }

  @Test
  void wrongUsageAndAbsentSwitchesAreToldApart() throws Exception {
    final Path roll = roll("usage.csv", row("NID:A1", "1.00", 1));
    type(2, "benefits", "check", roll.toString());
    assertThat(err).contains("--cycle");
    type(2, "benefits", "check", roll.toString(), "--cycle", "0");
    type(2, "benefits", "check", roll.toString(), "--cycle", "1", "--value-date", "tomorrow");
    type(2, "benefits", "voucher", "issue", "--to", "nobody", "--amount", "1");
    final StringWriter out = new StringWriter();
    final int code =
        new CommandLine(new BenefitsCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute(
                "check",
                roll.toString(),
                "--cycle",
                "1",
                "--json",
                "--data",
                files.resolve("nothing").toString());
    assertThat(code).isEqualTo(1);
    assertThat(out.toString()).contains("\"ok\":false", "no switch is running in");
    assertThat(files.resolve("nothing")).doesNotExist();

    final Path latin1 = files.resolve("latin1.csv");
    Files.writeString(
        latin1, HEADER + "\n" + row("NID:A1", "1.00", 1) + "é\n", StandardCharsets.ISO_8859_1);
    assertThat(step(1, "check", latin1).get("error").asString()).contains("line 2: not UTF-8");
  }
}
