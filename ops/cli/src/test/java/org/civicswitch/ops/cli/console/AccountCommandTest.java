package org.civicswitch.ops.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AccountCommandTest {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

  @TempDir private Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private String err = "";

  /** Types a command with {@code --json} and expects this exit code; the answer is its object. */
  private JsonNode type(final int exit, final String... words) {
    final StringWriter out = new StringWriter();
    final StringWriter error = new StringWriter();
    final CommandLine line = new CommandLine(new ConsoleCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(error));
    final String[] all = Arrays.copyOf(words, words.length + 3);
    all[words.length] = "--data";
    all[words.length + 1] = data.toString();
    all[words.length + 2] = "--json";
    final int code = line.execute(all);
    err = error.toString();
    assertThat(code).as("%s: %s %s", Arrays.toString(words), out, err).isEqualTo(exit);
    return exit == 2 ? null : JsonMapper.shared().readTree(out.toString());
  }

  @Test
  void accountsAreMadeListedDisabledAndReset() {
    final JsonNode made =
        type(
            0,
            "account",
            "add",
            "ines",
            "--roles",
            "settlement,approver",
            "--scope",
            "participant:101",
            "--operator",
            "7");
    assertThat(made.get("password").asString()).hasSize(23);
    assertThat(made.get("code_uri").asString()).contains(made.get("code_secret").asString());
    final JsonNode listed = type(0, "account", "list").get("accounts").get(0);
    assertThat(listed.toString())
        .isEqualTo(
            "{\"name\":\"ines\",\"roles\":[\"settlement\",\"approver\"],"
                + "\"scope\":\"participant:101\",\"operator\":7,\"disabled\":false,"
                + "\"password_set\":true,\"openid\":\"\"}");
    final JsonNode linked =
        type(
            0,
            "account",
            "link",
            "ines",
            "--openid-issuer",
            "https://login.example",
            "--openid-subject",
            "248289761001");
    assertThat(linked.get("openid").asString()).isEqualTo("https://login.example 248289761001");
    assertThat(type(0, "account", "unlink", "ines").get("openid").asString()).isEmpty();
    assertThat(type(0, "account", "disable", "ines").get("disabled").asBoolean()).isTrue();
    final JsonNode reset = type(0, "account", "reset", "ines");
    assertThat(reset.get("disabled").asBoolean()).isFalse();
    assertThat(reset.get("password")).isNotEqualTo(made.get("password"));
  }

  @Test
  void whatIsWrongIsSaid() {
    type(2, "account", "add", "Ines", "--roles", "viewer");
    assertThat(err).contains("begins with a letter");
    type(2, "account", "add", "ines", "--roles", "king");
    assertThat(err).contains("a role is one of viewer, settlement,");
    type(2, "account", "add", "ines", "--roles", "viewer", "--scope", "some");
    assertThat(err).contains("a scope is all, participant:NUMBER");
    type(1, "account", "disable", "nobody");
    assertThat(err).contains("there is no account nobody");
    data = data.resolve("nowhere");
    type(1, "account", "list");
    assertThat(err).contains("there is no data directory");
  }

  @Test
  @Tag("slow")
  void aDevelopmentOperatorSignsInOnceAndIsOutWhenDisabled() throws Exception {
    try (SwitchNode node = TestNode.start(data)) {
      final String console = node.endpoints().url("console");
      assertThat(type(0, "account", "list").get("accounts")).hasSize(4);
      final Path login = data.resolve("dev/logins/operator-1");
      final String address = Files.readString(login).strip();
      final HttpResponse<String> page = get(address, "");
      final String cookie = cookie(page, "console");
      final Matcher token = CSRF.matcher(page.body());
      assertThat(token.find()).as(page.body()).isTrue();
      final HttpResponse<String> in =
          http.send(
              HttpRequest.newBuilder(URI.create(console + "/sign-in"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Cookie", cookie)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "csrf="
                              + token.group(1)
                              + "&once="
                              + address.substring(address.indexOf("once=") + 5)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
      final String session = cookie(in, "session");
      assertThat(get(console, session).body()).contains("operator-1", "Sign out");
      type(0, "account", "disable", "operator-1");
      assertThat(get(console, session).body()).doesNotContain("Sign out");
      assertThat(get(console, "").statusCode()).as("still read by anybody").isEqualTo(200);
    }
    assertThat(data.resolve("dev/logins/operator-1")).doesNotExist();
  }

  private HttpResponse<String> get(final String url, final String cookie) throws Exception {
    final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String cookie(final HttpResponse<String> answer, final String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
