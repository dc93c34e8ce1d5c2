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
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A real browser on a console. Every page that it photographs is gone over by axe-core, on a desk
 * and on a phone, light and dark, and kept in {@code target/screenshots} for whoever wants to look;
 * those of the documentation also where the system property {@code civicswitch.screenshots} says.
 */
final class ConsoleBrowser implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String DOCUMENTATION = System.getProperty("civicswitch.screenshots", "");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Dimension DESK = new Dimension(1300, 1000);
  private static final Dimension PHONE = new Dimension(500, 1000);

  private final ChromeDriver browser;
  private final Path data;
  private final String console;

  private ConsoleBrowser(final ChromeDriver browser, final Path data, final String console) {
    this.browser = browser;
    this.data = data;
    this.console = console;
  }

  /** Skips the test where there is no browser. */
  static void assumeThere() {
    assumeTrue(Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER), "no Chromium here");
  }

  static ConsoleBrowser open(final SwitchNode node, final Path data) throws IOException {
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
    Files.createDirectories(SCREENSHOTS);
    final ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    browser.manage().window().setSize(DESK);
    return new ConsoleBrowser(browser, data, node.endpoints().url("console"));
  }

  /** By the one-time login of a development switch, whoever was signed in before. */
  void signIn(final String operator) throws IOException {
    browser.manage().deleteAllCookies();
    browser.get(Files.readString(data.resolve("dev/logins").resolve(operator)).strip());
    browser.findElement(By.id("enter")).click();
    waitForText(".person", operator);
  }

  void open(final String path) {
    browser.get(console + path);
  }

  /** Path and query of the page that is shown. */
  String path() {
    return browser.getCurrentUrl().substring(console.length());
  }

  WebElement find(final String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  void click(final String selector) {
    find(selector).click();
  }

  /** A link or button by its words. */
  void follow(final String words) {
    browser.findElement(By.partialLinkText(words)).click();
  }

  void type(final String selector, final String text) {
    final WebElement field = find(selector);
    field.clear();
    field.sendKeys(text);
  }

  void press(final Keys... keys) {
    browser.switchTo().activeElement().sendKeys(keys);
  }

  WebElement focused() {
    return browser.switchTo().activeElement();
  }

  String text(final String selector) {
    return (String)
        browser.executeScript(
            "const e = document.querySelector(arguments[0]); return e ? e.textContent.trim() : ''",
            selector);
  }

  void waitForText(final String selector, final String text) {
    waitFor(() -> text(selector).contains(text), text);
  }

  void waitFor(final java.util.function.BooleanSupplier condition, final String what) {
    final long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("still waiting for %s on %s: %s", what, browser.getCurrentUrl(), text("main"))
          .isLessThan(deadline);
      browser.executeAsyncScript("setTimeout(arguments[0], 50)");
    }
  }

  /** On a desk and on a phone, light and dark; nothing is too wide, and axe finds nothing. */
  void photograph(final String name) throws IOException {
    for (final String scheme : List.of("light", "dark")) {
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of(
              "features",
              List.of(
                  Map.of("name", "prefers-color-scheme", "value", scheme),
                  // Colours would be photographed on their way from one to the other.
                  Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
      for (final Dimension size : List.of(DESK, PHONE)) {
        browser.manage().window().setSize(size);
        assertThat(
                (Boolean)
                    browser.executeScript(
                        "return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("%s is wider than %s", name, size)
            .isTrue();
        final byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
        Files.write(
            SCREENSHOTS.resolve(name + "-" + scheme + "-" + size.getWidth() + ".png"), picture);
        if (!DOCUMENTATION.isEmpty() && scheme.equals("light") && size.equals(DESK)) {
          Files.write(
              Files.createDirectories(Path.of(DOCUMENTATION)).resolve(name + ".png"),
              SmallPng.of(picture));
        }
      }
      axeFindsNothing();
    }
    browser.manage().window().setSize(DESK);
  }

  private void axeFindsNothing() throws IOException {
    try (var script = ConsoleBrowser.class.getResourceAsStream("/axe.min.js")) {
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

  @Override
  public void close() {
    browser.quit();
  }
}
