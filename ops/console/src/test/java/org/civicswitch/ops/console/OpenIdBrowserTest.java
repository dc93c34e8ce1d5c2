package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;
import org.civicswitch.ops.console.accounts.Account;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Role;
import org.civicswitch.ops.console.accounts.Scope;
import org.civicswitch.ops.console.openid.DevelopmentOpenId;
import org.civicswitch.ops.console.openid.OpenIdSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** To a provider of another site and back, with the cookies that a browser brings and does not. */
@Tag("browser")
@Tag("slow")
final class OpenIdBrowserTest {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path BROWSER = Path.of("/usr/bin/chromium");

  @TempDir private Path data;

  @Test
  void inByAnotherSitesWord() throws Exception {
    assumeTrue(Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER), "no Chromium here");
    final Vertx vertx = Vertx.vertx();
    OwnerOnlyFiles.directory(data.resolve("dev"));
    final DevelopmentOpenId provider =
        DevelopmentOpenId.start(
                vertx,
                List.of("ines"),
                data.resolve("dev/openid-password"),
                System::currentTimeMillis)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    final Accounts accounts = Accounts.open(data.resolve("console"));
    accounts.addMissing(List.of(Account.named("ines", EnumSet.of(Role.SETTLEMENT), Scope.ALL, 1)));
    accounts.link("ines", provider.issuer().toString(), "ines");
    final SyntheticFeed feed = new SyntheticFeed();
    new SmallCountry(new Events(feed), 42).found(1_000_000);
    final int port = freePort();
    final String console = "http://localhost:" + port;
    try (ConsoleServer server =
        ConsoleServer.start(
            feed,
            ConsoleOptions.builder()
                .dev(true)
                .http("127.0.0.1", port)
                .accounts(accounts)
                .openId(
                    new OpenIdSettings(
                        provider.issuer(), DevelopmentOpenId.CLIENT, "", "", URI.create(console)))
                .build())) {
      final ChromeDriver browser = browser();
      try {
        walk(browser, console);
      } finally {
        browser.quit();
      }
      assertThat(server.httpPort()).isEqualTo(port);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private void walk(final ChromeDriver browser, final String console) throws Exception {
    browser.get(console + "/sign-in?next=/benefits");
    Axe.findsNothing(browser);
    browser.findElement(By.id("openid")).click();
    waitFor(() -> !browser.findElements(By.name("password")).isEmpty());
    browser
        .findElement(By.name("password"))
        .sendKeys(Files.readString(data.resolve("dev/openid-password")).strip());
    browser.findElement(By.tagName("button")).click();
    waitFor(() -> browser.getCurrentUrl().equals(console + "/benefits"));
    waitFor(() -> browser.getPageSource().contains("Sign out"));
    assertThat(browser.findElement(By.tagName("header")).getText()).contains("ines");
  }

  private static void waitFor(final BooleanSupplier condition) throws InterruptedException {
    final long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ChromeDriver browser() {
    final ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run");
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build(),
        options);
  }
}
