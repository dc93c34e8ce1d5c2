package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeConfigTest {
  @TempDir private Path directory;

  @Test
  void singleSettingsGoOverTheFileAndTheFileOverTheDefaults() throws Exception {
    final Path file = directory.resolve("node.conf");
    Files.writeString(file, "civicswitch { iso20022.port = 1, console.port = 2 }");
    final NodeConfig config = NodeConfig.load(file, Map.of("iso20022.port", "3"));
    assertThat(config.port("iso20022")).isEqualTo(3);
    assertThat(config.port("console")).isEqualTo(2);
    assertThat(config.port("ops")).isEqualTo(8081);
  }

  @Test
  void whatIsWrongIsNamedBeforeAnythingStarts() {
    assertWrong(
        "consle.port",
        "1",
        "unknown setting civicswitch.consle.port; there are: console.openid.acr,"
            + " console.openid.client-id, console.openid.client-secret-file,"
            + " console.openid.issuer, console.openid.public-url, console.port,"
            + " console.session-idle, exchange.port, gateway.data, gateway.message-log, host, identity.port, iso20022.port, ops.port,"
            + " reporting.connections, reporting.enabled, reporting.password-file,"
            + " reporting.retention-days, reporting.search-seconds, reporting.url, reporting.user,"
            + " switch.credits-per-client, switch.ring-entries, switch.segment-bytes,"
            + " switch.snapshot-copy-bytes-max, switch.snapshot-every-commands");
    assertWrong("iso20022.port", "abc", "iso20022.port");
    assertWrong("console.port", "65536", "console.port is no port: 65536");
    assertWrong("console.port", "-1", "console.port is no port: -1");
    assertWrong("console.session-idle", "59 s", "from 1 minute to 12 hours, not 59 s");
    assertWrong("console.session-idle", "13 h", "from 1 minute to 12 hours, not 13 h");
    assertWrong("console.session-idle", "long", "console.session-idle");
    assertWrong("reporting.url", "jdbc:mysql://db/x", "must begin with jdbc:postgresql:");
    assertWrong("reporting.retention-days", "30", "retention-days must be 31 to 36500, not 30");
    assertWrong("reporting.search-seconds", "0", "search-seconds must be 1 to 600, not 0");
    assertWrong("reporting.connections", "65", "connections must be 1 to 64, not 65");
    assertWrong("reporting.enabled", "perhaps", "reporting.enabled");
    assertThatThrownBy(() -> NodeConfig.load(directory.resolve("absent.conf"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.conf");
  }

  @Test
  void anOpenIdProviderIsReadOrRefused() throws Exception {
    assertThat(NodeConfig.load(null, Map.of()).openId()).isEmpty();
    final Path secret = directory.resolve("secret");
    Files.writeString(secret, "s3cret\n");
    final Map<String, String> settings =
        new java.util.HashMap<>(
            Map.of(
                "console.openid.issuer",
                "https://login.example/realm",
                "console.openid.client-secret-file",
                secret.toString(),
                "console.openid.public-url",
                "https://console.example"));
    assertThat(NodeConfig.load(null, settings).openId())
        .hasValueSatisfying(
            found -> {
              assertThat(found.clientId()).isEqualTo("civicswitch-console");
              assertThat(found.clientSecret()).isEqualTo("s3cret");
              assertThat(found.toString()).doesNotContain("s3cret");
            });
    settings.put("console.openid.issuer", "http://login.example");
    assertThatThrownBy(() -> NodeConfig.load(null, settings).openId())
        .hasMessageContaining("console.openid: the issuer is an https address");
    settings.put("console.openid.issuer", "https://login.example");
    settings.put("console.openid.client-secret-file", "/nowhere/secret");
    assertThatThrownBy(() -> NodeConfig.load(null, settings).openId())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere/secret");
  }

  @Test
  void aTakenPortIsNamedWithListenerAndSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final int port = taken.getLocalPort();
      final NodeConfig config = NodeConfig.load(null, ports(0, port));
      config.checkPort("iso20022");
      assertThatThrownBy(config::checkPorts)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "the listener exchange cannot have port " + port + " on 127.0.0.1: ")
          .hasMessageEndingWith("; another: --set exchange.port=PORT");
      assertThatThrownBy(() -> config.checkPort("exchange")).hasMessageContaining("exchange.port");
    }
  }

  @Test
  void twoListenersCannotHaveOnePort() throws Exception {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> NodeConfig.load(null, ports(port, port)).checkPorts())
        .hasMessageContaining("the listener exchange cannot have port " + port);
    NodeConfig.load(null, ports(port, 0)).checkPorts();
  }

  private static Map<String, String> ports(final int iso20022, final int exchange) {
    return Map.of(
        "iso20022.port", Integer.toString(iso20022),
        "exchange.port", Integer.toString(exchange),
        "identity.port", "0",
        "console.port", "0",
        "ops.port", "0");
  }

  private static void assertWrong(final String key, final String value, final String said) {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void theReportingStoreIsEmbeddedUnlessAnotherIsNamed() throws Exception {
    final Path password = directory.resolve("password");
    Files.writeString(password, "secret\n");
    assertThat(NodeConfig.load(null, Map.of()).reporting(directory).orElseThrow().where())
        .isEqualTo("jdbc:h2:file:" + directory.resolve("reporting").resolve("store"));
    assertThat(NodeConfig.load(null, Map.of("reporting.enabled", "false")).reporting(directory))
        .isEmpty();
    final NodeConfig named =
        NodeConfig.load(
            null,
            Map.of(
                "reporting.url", "jdbc:postgresql://db/x",
                "reporting.user", "u",
                "reporting.password-file", password.toString()));
    assertThat(named.reporting(directory).orElseThrow().password()).isEqualTo("secret");
    Files.delete(password);
    assertThatThrownBy(() -> named.reporting(directory))
        .hasMessageContaining("reporting.password-file cannot be read");
  }
}
