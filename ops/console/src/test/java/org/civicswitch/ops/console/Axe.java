package org.civicswitch.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * axe-core over the page that a browser shows: WCAG 2.2, levels A and AA, and its best practices.
 * Only the script of its package is used.
 */
final class Axe {
  private static final String SCRIPT = read();

  private Axe() {}

  static void findsNothing(final ChromeDriver browser) {
    browser.executeScript(SCRIPT);
    final Object found =
        browser.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run(document, {resultTypes: ['violations']}).then("
                + "r => done(r.violations.map(v => v.id + ': ' + v.help + ': '"
                + " + v.nodes.map(n => n.html).join(' | ')).join('\\n')),"
                + "e => done(String(e)))");
    assertThat(found).as("axe on " + browser.getCurrentUrl()).isEqualTo("");
  }

  private static String read() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
