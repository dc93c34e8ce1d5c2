package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * Operators at work in a real browser, against a real switch: skipped where there is no browser.
 */
@Tag("browser")
@Tag("slow")
final class OperatorsDayBrowserTest {
  @TempDir private Path data;
  private SwitchNode node;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() throws Exception {
    ConsoleBrowser.assumeThere();
    node = TestNode.start(data);
    browser = ConsoleBrowser.open(node, data);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void aCapIsRaisedByTwoAndGlassIsBrokenByAThird() throws Exception {
    browser.open("/sign-in");
    browser.photograph("sign-in");
    browser.signIn("operator-1");
    browser.open("/changes/limit?participant=AURBXX2A&asset=EUR");
    browser.find("#f-cap").sendKeys("6,000,000", Keys.ENTER);
    browser.waitForText("#d-cap", "no separators");
    browser.photograph("change-wrong");
    browser.find("#f-cap").clear();
    browser.find("#f-cap").sendKeys("6000000.00", Keys.ENTER);
    browser.waitForText(".effects", "net debit cap");
    assertThat(browser.text(".effects")).contains("5,000,000.00", "6,000,000.00");
    browser.photograph("change-preview");
    browser.click("#propose");
    browser.waitForText("main", "Proposed, with your signature");
    final String proposal = browser.path().replaceAll("\\?.*", "");
    browser.photograph("proposal-own");

    browser.signIn("operator-3");
    browser.open("/approvals");
    assertThat(browser.text("main")).contains("Waits for you");
    browser.photograph("approvals");
    browser.click("tbody a");
    browser.waitFor(() -> browser.path().equals(proposal), proposal);
    browser.photograph("proposal");
    browser.click("#approve");
    browser.waitForText("main", "Approved, with your signature, and done");

    browser.signIn("operator-4");
    browser.open("/changes/limit/preview?participant=DUNEXX2A&asset=EUR&cap=1.00");
    browser.photograph("break-glass");
    browser.find("#reason").sendKeys("nobody else is awake");
    browser.click("#break");
    browser.waitForText("main", "Done alone");
    for (final String page : List.of("liquidity", "participants", "payments?all=1")) {
      browser.open("/" + page);
      browser.photograph(page.replaceAll("[^a-z]", ""));
    }
    browser.open("/");
    browser.waitForText("#glass", "nobody else is awake");
    browser.photograph("overview-alarm");
  }

  @Test
  void keysWorkAndAreNeverTakenFromFields() throws Exception {
    browser.open("/approvals");
    browser.find("body").sendKeys(Keys.TAB);
    assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
    browser.focused().sendKeys(Keys.ENTER);
    assertThat(browser.focused().getDomAttribute("id")).isEqualTo("main");
    browser.find("body").sendKeys("/");
    assertThat(browser.focused().getDomAttribute("id")).isEqualTo("find");
    browser.focused().sendKeys("?g/");
    assertThat(browser.focused().getDomProperty("value")).isEqualTo("?g/");
    assertThat(browser.find("#keys").isDisplayed()).isFalse();
    browser.focused().sendKeys(Keys.ESCAPE);
    browser.find("body").sendKeys("?");
    assertThat(browser.find("#keys").isDisplayed()).isTrue();
  }
}
