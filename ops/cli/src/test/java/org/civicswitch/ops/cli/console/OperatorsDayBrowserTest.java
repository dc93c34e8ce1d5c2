package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Operators at work in a real browser, against a real switch: skipped where there is no browser.
 * Every page that they come by is gone over by axe-core, and photographed for whoever wants to look
 * ({@code target/screenshots}).
 */
@Tag("browser")
@Tag("slow")
final class OperatorsDayBrowserTest {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Dimension DESK = new Dimension(1300, 1000);
  private static final Dimension PHONE = new Dimension(500, 1000);

  @TempDir private Path data;
  private SwitchNode node;
  private ChromeDriver browser;
  private String console;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER), "no Chromium here");
    node = TestNode.start(data);
    console = node.endpoints().url("console");
    final ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run");
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (node != null) {
      node.close();
    }
  }

  @Test
  void aCapIsRaisedByTwoAndGlassIsBrokenByAThird() throws Exception {
    open("/sign-in");
    photograph("sign-in");
    signIn("operator-1");
    open("/changes/limit?participant=AURBXX2A&asset=EUR");
    browser.findElement(By.id("f-cap")).sendKeys("6,000,000", Keys.ENTER);
    waitFor(() -> text("#d-cap").contains("no separators"));
    photograph("change-wrong");
    browser.findElement(By.id("f-cap")).clear();
    browser.findElement(By.id("f-cap")).sendKeys("6000000.00", Keys.ENTER);
    waitFor(() -> !text(".effects").isEmpty());
    assertThat(text(".effects")).contains("5,000,000.00", "6,000,000.00");
    photograph("change-preview");
    browser.findElement(By.id("propose")).click();
    waitFor(() -> text("main").contains("Proposed, with your signature"));
    final String proposal = browser.getCurrentUrl().replaceAll("\\?.*", "");
    photograph("proposal-own");

    signIn("operator-3");
    open("/approvals");
    assertThat(text("main")).contains("Waits for you");
    photograph("approvals");
    browser.findElement(By.cssSelector("tbody a")).click();
    waitFor(() -> browser.getCurrentUrl().equals(proposal));
    photograph("proposal");
    browser.findElement(By.id("approve")).click();
    waitFor(() -> text("main").contains("Approved, with your signature, and done"));

    signIn("operator-4");
    open("/changes/limit/preview?participant=DUNEXX2A&asset=EUR&cap=1.00");
    photograph("break-glass");
    browser.findElement(By.id("reason")).sendKeys("nobody else is awake");
    browser.findElement(By.id("break")).click();
    waitFor(() -> text("main").contains("Done alone"));
    for (final String page : List.of("liquidity", "participants", "payments?all=1")) {
      open("/" + page);
      photograph(page.replaceAll("[^a-z]", ""));
    }
    open("/");
    waitFor(() -> text("#glass").contains("nobody else is awake"));
    photograph("overview-alarm");
  }

  @Test
  void keysWorkAndAreNeverTakenFromFields() throws Exception {
    open("/approvals");
    browser.findElement(By.tagName("body")).sendKeys(Keys.TAB);
    assertThat(browser.switchTo().activeElement().getText()).isEqualTo("Skip to the content");
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("main");
    browser.findElement(By.tagName("body")).sendKeys("/");
    assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("find");
    browser.switchTo().activeElement().sendKeys("?g/");
    assertThat(browser.switchTo().activeElement().getDomProperty("value")).isEqualTo("?g/");
    assertThat(browser.findElement(By.id("keys")).isDisplayed()).isFalse();
    browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    browser.findElement(By.tagName("body")).sendKeys("?");
    assertThat(browser.findElement(By.id("keys")).isDisplayed()).isTrue();
  }

  private void signIn(final String operator) throws IOException {
    browser.manage().deleteAllCookies();
    browser.get(Files.readString(data.resolve("dev/logins").resolve(operator)).strip());
    browser.findElement(By.id("enter")).click();
    waitFor(() -> text(".person").contains(operator));
  }

  private void open(final String path) {
    browser.get(console + path);
  }

  /** On a desk and on a phone, light and dark; nothing is too wide, and axe finds nothing. */
  private void photograph(final String name) throws IOException {
    for (final String scheme : List.of("light", "dark")) {
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      for (final Dimension size : List.of(DESK, PHONE)) {
        browser.manage().window().setSize(size);
        assertThat(
                (Boolean)
                    browser.executeScript(
                        "return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("%s is wider than %s", name, size)
            .isTrue();
        Files.write(
            SCREENSHOTS.resolve(name + "-" + scheme + "-" + size.getWidth() + ".png"),
            browser.getScreenshotAs(OutputType.BYTES));
      }
      axeFindsNothing();
    }
    browser.manage().window().setSize(DESK);
  }

  private void axeFindsNothing() throws IOException {
    try (var script = OperatorsDayBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(
            browser.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "axe.run(document, {resultTypes: ['violations']}).then("
                    + "r => done(r.violations.map(v => v.id + ': ' + v.help + ': '"
                    + " + v.nodes.map(n => n.html).join(' | ')).join('\\n')),"
                    + "e => done(String(e)))"))
        .as("axe on " + browser.getCurrentUrl())
        .isEqualTo("");
  }

  private String text(final String selector) {
    return (String)
        browser.executeScript(
            "const e = document.querySelector(arguments[0]); return e ? e.textContent.trim() : ''",
            selector);
  }

  private void waitFor(final java.util.function.BooleanSupplier condition) {
    final long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      browser.executeAsyncScript("setTimeout(arguments[0], 50)");
    }
  }
}
