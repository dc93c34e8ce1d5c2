package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** What a person sees, in a real browser. Skipped where there is none. */
@Tag("browser")
@Tag("slow")
class BrowserTest {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Pattern URL = Pattern.compile("\"url\":\"((?:https?|wss?|ftp):[^\"]*)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SyntheticFeed feed = new SyntheticFeed();
  private final SmallCountry country = new SmallCountry(new Events(feed), 42);
  private final AtomicBoolean traffic = new AtomicBoolean(true);
  private ScheduledExecutorService life;
  private ConsoleServer server;
  private ChromeDriver browser;

  @BeforeEach
  void start() {
    assumeTrue(Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER), "no Chromium here");
    country.found(System.currentTimeMillis());
    life = Executors.newSingleThreadScheduledExecutor();
    final var unused =
        life.scheduleAtFixedRate(
            () -> {
              if (traffic.get()) {
                country.step(System.currentTimeMillis());
              }
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
    server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .banner("DEMO")
                .traffic(new SwitchTraffic(traffic))
                .build());
    final LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
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
        "--no-first-run",
        "--window-size=1400,1000");
    options.setCapability("goog:loggingPrefs", logs);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
    if (life != null) {
      life.shutdownNow();
    }
  }

  @Test
  void numbersMoveCanBePausedAndNothingForeignIsLoaded() {
    browser.get(server.url() + "/");
    waitFor(() -> text("#link").equals("Live"));
    final String before = text("#figure-seen");
    waitFor(() -> !text("#figure-seen").equals(before));
    waitFor(() -> browser.findElements(By.cssSelector(".chart canvas")).size() == 2);

    browser.findElement(By.id("pause")).click();
    assertThat(text("#link")).isEqualTo("Paused");
    final String paused = text("#figure-seen");
    final long shown = server.feedSequence();
    waitFor(() -> server.feedSequence() > shown + 100);
    assertThat(text("#figure-seen")).isEqualTo(paused);
    browser.findElement(By.id("pause")).click();
    waitFor(() -> !text("#figure-seen").equals(paused));

    browser.findElement(By.tagName("body")).sendKeys("?");
    assertThat(browser.findElement(By.id("keys")).isDisplayed()).isTrue();
    browser.findElement(By.cssSelector("#keys button")).click();
    browser.findElement(By.tagName("body")).sendKeys("/");
    assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("find");
    browser.switchTo().activeElement().sendKeys("?", Keys.ESCAPE);
    assertThat(browser.findElement(By.id("keys")).isDisplayed()).isFalse();

    browser.findElement(By.cssSelector("#traffic button")).click();
    waitFor(() -> text("#traffic button").equals("Start traffic"));
    assertThat(traffic).isFalse();

    browser.findElement(By.tagName("body")).sendKeys("j");
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    waitFor(() -> browser.getCurrentUrl().contains("/payments/"));
    assertThat(text("main")).contains("Its way through");
    assertQuiet();
  }

  @Test
  void aBrokenProofIsRedAndSaid() {
    browser.get(server.url() + "/");
    waitFor(() -> text("#link").equals("Live"));
    traffic.set(false);
    life.execute(country::conjureMoney);
    waitFor(() -> text("#proof-state").contains("do not agree"));
    waitFor(
        () ->
            "Proof of funds is broken"
                .equals(browser.findElement(By.id("alarm")).getDomProperty("textContent")));
    assertQuiet();
  }

  @Test
  void nothingIsWiderThanANarrowScreenAndEveryFieldHasAName() {
    browser.manage().window().setSize(new org.openqa.selenium.Dimension(500, 900));
    for (final String path :
        List.of(
            "/",
            "/payments",
            "/benefits",
            "/liquidity",
            "/participants",
            "/?as_of=20",
            "/where-is-the-money")) {
      browser.get(server.url() + path);
      assertThat(
              (Boolean)
                  browser.executeScript(
                      "return document.documentElement.scrollWidth <= window.innerWidth"))
          .as(path)
          .isTrue();
      assertThat(
              (Long)
                  browser.executeScript(
                      "return [...document.querySelectorAll('input:not([type=hidden]), progress,"
                          + " button, a')].filter(e => !(e.labels && e.labels.length) &&"
                          + " !e.getAttribute('aria-label') && !e.textContent.trim()).length"))
          .as("without a name on " + path)
          .isZero();
      assertThat(
              (Long)
                  browser.executeScript(
                      "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                          + " return ids.length - new Set(ids).size"))
          .as("ids used twice on " + path)
          .isZero();
    }
    assertQuiet();
  }

  @Test
  void axeFindsNothingOnAnyPageLightOrDark() {
    browser.get(server.url() + "/");
    waitFor(() -> !text("#last a.row").isEmpty());
    traffic.set(false);
    final String payment = link("#last a.row");
    final String envelope = link("a[href^='/envelopes/']");
    for (final String scheme : List.of("light", "dark")) {
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      for (final String path :
          List.of(
              "/",
              "/payments",
              "/payments?uetr=x",
              payment,
              "/benefits",
              envelope,
              "/liquidity",
              "/participants",
              "/?as_of=20",
              "/payments?as_of=20",
              "/?as_of=tomorrow",
              "/where-is-the-money",
              "/nothing")) {
        browser.get(server.url() + path);
        Axe.findsNothing(browser);
      }
    }
  }

  private String link(final String selector) {
    // At once: found and then asked, it may have been replaced in between.
    return (String)
        browser.executeScript(
            "return document.querySelector(arguments[0]).getAttribute('href')", selector);
  }

  /** No message in the console, and no request to anywhere else. */
  private void assertQuiet() {
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
        .extracting(LogEntry::getMessage)
        .isEmpty();
    int requests = 0;
    for (final LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      if (entry.getMessage().contains("\"Network.requestWillBeSent\"")) {
        requests++;
        final Matcher urls = URL.matcher(entry.getMessage());
        while (urls.find()) {
          assertThat(urls.group(1)).startsWith(server.url() + "/");
        }
      }
    }
    assertThat(requests).as("requests seen").isPositive();
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
