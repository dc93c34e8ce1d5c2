package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ops.cli.demo.PaymentOrder;
import org.civicswitch.ops.cli.demo.SimulatedBanks;
import org.civicswitch.ops.cli.node.DirectoryTree;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.cli.treasury.SignOffCommand;
import org.civicswitch.ops.cli.verify.AsOfCommand;
import org.civicswitch.ops.cli.verify.Verification;
import org.civicswitch.ops.treasury.SignOffs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import picocli.CommandLine;

/**
 * A settlement officer's day, from the sign-in to the signed sheet, in a real browser against a
 * real switch with banks that pay each other. Its pictures are those of {@code
 * docs/settlement-officers-day.md}: {@code -Dcivicswitch.screenshots=DIR}.
 */
@Tag("browser")
@Tag("slow")
final class SettlementOfficersDayBrowserTest {
  private static final long FINAL_WORD_S = 60;

  /** Relative, for the pictures: each page says it in its command. */
  private final Path data = Path.of("target", "officers-day");

  @TempDir private Path files;
  private SwitchNode node;
  private SimulatedBanks banks;
  private ConsoleBrowser browser;
  private Visitor officer;
  private Visitor colleague;

  @BeforeEach
  void start() throws Exception {
    ConsoleBrowser.assumeThere();
    if (Files.exists(data)) {
      DirectoryTree.delete(data);
    }
    node = TestNode.start(data);
    final String console = node.endpoints().url("console");
    officer = Visitor.signedIn(console, data, "operator-1");
    colleague = Visitor.signedIn(console, data, "operator-3");
    browser = ConsoleBrowser.open(node, data);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (banks != null) {
      banks.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void fromSignInToSignOff() throws Exception {
    aSchemeSettlesNet();
    banks =
        SimulatedBanks.start(
            node.vertx(), URI.create(node.endpoints().url("iso20022")), node.seed().authority());
    pay("AURBXX2A", "BORBXX2A", 1_250_00);
    pay("BORBXX2A", "CEDSXX2A", 300_00);
    final UUID complaint = pay("AURBXX2A", "CEDSXX2A", 99_95);
    pay("CEDSXX2A", "AURBXX2A", 120_00);

    browser.open("/sign-in");
    browser.photograph("day-01-sign-in");
    browser.signIn("operator-1");
    watch();
    raiseACap();
    find(complaint);
    closeTheWindow();
    settle();
    matchTheStatement();
    signOff();
    theLogGivesTheSameState();
  }

  /** Before the day: a development switch settles everything gross. */
  private void aSchemeSettlesNet() throws Exception {
    done("/changes/settlement-model", "scheme=1&asset=EUR&model=net&uncovered=no");
    done("/changes/collateral", "step=in&owner=AURBXX2A&asset=EUR&amount=2000.00&reference=C-1");
    done("/changes/collateral", "step=in&owner=BORBXX2A&asset=EUR&amount=1500.00&reference=C-2");
    done("/changes/collateral", "step=in&owner=CEDSXX2A&asset=EUR&amount=1000.00&reference=C-3");
    done("/changes/collateral", "step=in&owner=default-fund&asset=EUR&amount=500.00&reference=C-4");
  }

  /** Proposed by the officer and approved by the colleague, away from the browser. */
  private void done(final String form, final String fields) throws Exception {
    final String proposed = officer.press(form + "/preview?" + fields, form);
    approved(proposed.substring(0, proposed.indexOf('?')));
  }

  private void approved(final String proposal) throws Exception {
    assertThat(colleague.press(proposal, proposal + "/approve")).endsWith("?done=executed");
  }

  private UUID pay(final String from, final String to, final long amount) throws Exception {
    final PaymentOrder order =
        new PaymentOrder(UUID.randomUUID(), from, to, amount, "EUR", 11, 22, "Invoice 7");
    assertThat(banks.bank(from).pay(order).get(FINAL_WORD_S, TimeUnit.SECONDS).settled()).isTrue();
    return order.uetr();
  }

  private void watch() throws Exception {
    browser.open("/");
    browser.waitForText("#proof-state", "accounted for");
    browser.photograph("day-02-overview");
    browser.open("/settlement");
    assertThat(browser.text(".sheet"))
        .contains("AURBXX2A", "-1,229.95", "950.00", "279.95", "sums to zero");
    browser.photograph("day-03-settlement");
  }

  private void raiseACap() throws Exception {
    browser.open("/changes/limit?participant=AURBXX2A&asset=EUR");
    browser.type("#f-cap", "6000000.00");
    browser.click("#preview");
    browser.waitForText(".effects", "net debit cap");
    browser.photograph("day-04-cap");
    browser.click("#propose");
    browser.waitForText("main", "Proposed, with your signature");
    final String proposal = browser.path().replaceAll("\\?.*", "");
    browser.signIn("operator-3");
    browser.open(proposal);
    browser.photograph("day-05-approve");
    browser.click("#approve");
    browser.waitForText("main", "Approved, with your signature, and done");
    browser.signIn("operator-1");
  }

  /** From anywhere: its reference into the field that is on every page. */
  private void find(final UUID complaint) throws Exception {
    browser.open("/settlement");
    browser.find("body").sendKeys("/");
    browser.focused().sendKeys(complaint.toString(), Keys.ENTER);
    browser.waitForText("main", "Its way through");
    assertThat(browser.path()).isEqualTo("/payments/" + complaint);
    assertThat(browser.text("main")).contains("99.95", "AURBXX2A", "CEDSXX2A");
    browser.photograph("day-06-complaint");
  }

  private void closeTheWindow() throws Exception {
    browser.open("/settlement");
    browser.follow("Dry run of a close");
    browser.waitForText("#dryrun", "out of its own collateral");
    browser.photograph("day-07-dry-run");
    browser.follow("Close this window");
    browser.waitForText(".effects", "open settlement window");
    assertThat(browser.text(".effects")).contains("AURBXX2A EUR obligation", "-1,229.95");
    browser.photograph("day-08-close");
    sign();
    browser.open("/settlement/1");
    assertThat(browser.text("main")).contains("closed", "operator 1, approved by operator 3");
    browser.follow("Payments of this window");
    browser.waitForText("#h-found", "Found");
    assertThat(browser.text("#last")).contains("99.95");
  }

  private void settle() throws Exception {
    browser.open("/settlement/1");
    browser.follow("It was instructed at the settlement bank");
    browser.type("#f-reference", "SETTLE-1");
    browser.click("#preview");
    browser.waitForText(".effects", "PROPOSED");
    sign();
    browser.open("/settlement/1");
    browser.follow("Declare a default");
    browser.click("#preview");
    browser.waitForText(".effects", "SUSPENDED");
    assertThat(browser.text(".effects")).as("not needed today").contains("collateral, free");
    browser.open("/settlement/1");
    browser.follow("The settlement bank has carried it out");
    browser.type("#f-reference", "SETTLE-1");
    browser.click("#preview");
    browser.waitForText(".effects", "CONFIRMED");
    sign();
    browser.open("/settlement/1");
    browser.follow("Settle it");
    browser.waitForText(".effects", "SETTLED");
    browser.photograph("day-09-settle");
    sign();
    browser.waitFor(
        () -> {
          browser.open("/settlement/1");
          return browser.text("#h-steps + .scroll").contains("settled");
        },
        "the window to be settled");
    browser.photograph("day-10-settled");
    browser.open("/settlement");
    assertThat(browser.text("#h-closed + .scroll")).contains("Settled", "✓");
  }

  /** Signs what is shown, and has the colleague approve it. */
  private void sign() throws Exception {
    browser.click("#propose");
    browser.waitForText("main", "Proposed, with your signature");
    approved(browser.path().replaceAll("\\?.*", ""));
  }

  private void matchTheStatement() throws Exception {
    browser.open("/funds");
    assertThat(browser.text("main")).contains("no statement yet", "5,000.00");
    browser.find("#statement").sendKeys(wrongStatement().toString());
    browser.click("#upload");
    browser.waitForText("main", "Nothing of it was kept");
    browser.open("/funds");
    browser.find("#statement").sendKeys(statement().toString());
    browser.click("#upload");
    browser.waitForText("main", "The statement is taken in");
    assertThat(browser.text("#h-breaks + .scroll")).contains("75.00", "B-0815", "nobody", "today");
    browser.photograph("day-11-statement");
    browser.click("#h-breaks + .scroll tbody a");
    browser.waitForText("#h-break", "Booked at the bank");
    browser.type("#note", "Aurora says it is theirs: prefunding");
    browser.click("#write");
    browser.waitForText(".way", "prefunding");
    browser.photograph("day-12-break");
    browser.follow("Propose the booking");
    assertThat(browser.find("#f-amount").getDomProperty("value")).isEqualTo("75.00");
    assertThat(browser.find("#f-reference").getDomProperty("value")).isEqualTo("B-0815");
    assertThat(browser.find("#f-participant").getDomProperty("value")).as("whose").isEmpty();
    browser.find("#f-participant").sendKeys("AURBXX2A");
    browser.click("#preview");
    browser.waitForText(".effects", "position");
    sign();
    browser.waitFor(
        () -> {
          browser.open("/funds");
          return browser.text("main").contains("✓ agrees");
        },
        "bank and switch to agree");
    browser.photograph("day-13-agrees");
  }

  /** What is in the switch but for the collateral of this morning. */
  private BigDecimal prefunded() throws Exception {
    final String inside =
        officer
            .page("/funds")
            .replaceAll(
                "(?s).*= In the switch</th><td class=\"amount strong\">([0-9,.]+)<.*", "$1");
    return new BigDecimal(inside.replace(",", "")).subtract(new BigDecimal("5000.00"));
  }

  /** The last closing balance of today, and tomorrow's bookings. */
  private Path statement() throws Exception {
    return statement("statement.csv", prefunded().add(new BigDecimal("5075.00")));
  }

  private Path wrongStatement() throws Exception {
    return statement("wrong.csv", prefunded());
  }

  private Path statement(final String name, final BigDecimal closing) throws Exception {
    final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return Files.writeString(
        files.resolve(name),
        """
        kind,account,currency,date,amount,reference
        opening,XX01,EUR,TODAY,PREFUNDED,
        entry,XX01,EUR,NEXT,2000.00,C-1
        entry,XX01,EUR,NEXT,1500.00,C-2
        entry,XX01,EUR,NEXT,1000.00,C-3
        entry,XX01,EUR,NEXT,500.00,C-4
        entry,XX01,EUR,NEXT,75.00,B-0815
        closing,XX01,EUR,NEXT,CLOSING,S-1
        """
            .replace("TODAY", today.toString())
            .replace("NEXT", today.plusDays(1).toString())
            .replace("PREFUNDED", prefunded().toPlainString())
            .replace("CLOSING", closing.toPlainString()));
  }

  private void signOff() throws Exception {
    browser.open("/sign-off");
    browser.follow("Make the sheet");
    assertThat(browser.text(".paper"))
        .contains("CIVIC SWITCH SIGN-OFF", "previous: none", "state hash: ", "AURBXX2A EUR")
        .contains("window 1: SETTLED", "AURBXX2A EUR owes 1229.95", "agrees")
        .contains("settlement-model: EXECUTED", "by operator 1, approved by operator 3");
    browser.photograph("day-14-sheet");
    browser.click("#sign");
    browser.waitForText("main", "signed, unchanged");
    browser.photograph("day-15-signed");
    browser.open("/sign-off/sheet");
    browser.click("#sign");
    browser.waitForText(".paper", "number: 2");
    browser.open("/sign-off");
    assertThat(browser.text("main")).contains("Every link and every signature holds", "Sheet 2");
    browser.photograph("day-16-signed-off");
    assertThat(check(0)).contains("\"checked\":2");
    final Path first = data.resolve("sign-offs/000001.sign-off");
    Files.writeString(first, Files.readString(first).replace("owes 1229.95", "owes 1229.94"));
    assertThat(check(1)).contains("sign-off 1: text and signature do not belong together");
    browser.open("/sign-off/1");
    assertThat(browser.text("main")).contains("not whole");
  }

  /**
   * What an auditor types: the state is made again from the log, and has the hash that was signed.
   */
  private void theLogGivesTheSameState() throws Exception {
    final SignOffs.SignOff sheet = new SignOffs(data.resolve("sign-offs")).all().get(1);
    node.close();
    node = null;
    assertThat(Verification.of(data).problems()).isEmpty();
    final StringWriter out = new StringWriter();
    final CommandLine line = new CommandLine(new AsOfCommand());
    line.setOut(new PrintWriter(out));
    final String sequence = Long.toString(sheet.sequence());
    assertThat(line.execute("--sequence", sequence, "--data", data.toString(), "--json")).isZero();
    final String hash = sheet.text().replaceAll("(?s).*\nstate hash: ([0-9a-f]{16})\n.*", "$1");
    assertThat(out.toString()).contains("\"state_hash\":\"" + hash + "\"");
  }

  private String check(final int exit) {
    final StringWriter out = new StringWriter();
    final CommandLine line = new CommandLine(new SignOffCommand());
    line.setOut(new PrintWriter(out));
    assertThat(line.execute("check", "--data", data.toString(), "--json")).isEqualTo(exit);
    return out.toString();
  }
}
