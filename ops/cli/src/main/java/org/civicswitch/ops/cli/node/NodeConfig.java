package org.civicswitch.ops.cli.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.civicswitch.core.host.HostOptions;
import org.civicswitch.core.storage.JournalOptions;
import org.civicswitch.ops.console.accounts.Sessions;
import org.civicswitch.ops.console.openid.OpenIdSettings;
import org.civicswitch.ops.reporting.ReportingSettings;

/** A node's own configuration: where it listens and how much memory it takes, never an outcome. */
public final class NodeConfig {
  private static final List<String> LISTENERS =
      List.of("iso20022", "exchange", "identity", "console", "ops");

  private final Config config;

  private NodeConfig(final Config config) {
    this.config = config.getConfig("civicswitch");
  }

  /**
   * Defaults, then the file, then single settings.
   *
   * @param file HOCON or JSON, or null
   * @param settings {@code key=value}; a key without {@code civicswitch.} is taken to have it
   * @throws IllegalArgumentException naming the key or the line that is wrong
   */
  public static NodeConfig load(final Path file, final Map<String, String> settings) {
    try {
      Config config = ConfigFactory.empty();
      for (final Map.Entry<String, String> setting : settings.entrySet()) {
        final String key = setting.getKey();
        config =
            config.withFallback(
                ConfigFactory.parseMap(
                    Map.of(
                        key.startsWith("civicswitch.") ? key : "civicswitch." + key,
                        setting.getValue()),
                    "--set"));
      }
      if (file != null) {
        if (!Files.isReadable(file)) {
          throw new IllegalArgumentException("cannot read the configuration file " + file);
        }
        config =
            config.withFallback(
                ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)));
      }
      final Config reference =
          ConfigFactory.parseResources(NodeConfig.class.getClassLoader(), "reference.conf");
      final Config whole = config.withFallback(reference).resolve();
      for (final Map.Entry<String, ?> entry : config.entrySet()) {
        if (entry.getKey().startsWith("civicswitch.") && !reference.hasPath(entry.getKey())) {
          throw new IllegalArgumentException(
              "unknown setting " + entry.getKey() + "; there are: " + keys(reference));
        }
      }
      whole.checkValid(reference, "civicswitch");
      final NodeConfig node = new NodeConfig(whole);
      LISTENERS.forEach(node::port);
      node.checkReporting();
      node.sessionIdle();
      return node;
    } catch (final ConfigException e) {
      throw new IllegalArgumentException("configuration: " + e.getMessage(), e);
    }
  }

  private static String keys(final Config reference) {
    return reference.getConfig("civicswitch").entrySet().stream()
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  public String host() {
    return config.getString("host");
  }

  /**
   * @param listener iso20022, exchange, identity, console or ops
   */
  public int port(final String listener) {
    final int port = config.getInt(listener + ".port");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(listener + ".port is no port: " + port);
    }
    return port;
  }

  /** {@link #checkPort} of every listener of a node; two that want the same port are found too. */
  void checkPorts() throws IOException {
    checkPorts(LISTENERS);
  }

  /**
   * Tries a listener's port before anything is opened that a taken one would have to close again.
   *
   * @throws IOException naming listener, port and setting
   */
  public void checkPort(final String listener) throws IOException {
    checkPorts(List.of(listener));
  }

  private void checkPorts(final List<String> listeners) throws IOException {
    final Deque<ServerSocket> tried = new ArrayDeque<>();
    try {
      for (final String listener : listeners) {
        try {
          tried.push(new ServerSocket(port(listener), 1, InetAddress.getByName(host())));
        } catch (final IOException e) {
          throw new IOException(
              String.format(
                  "the listener %s cannot have port %d on %s: %s; another: --set %s.port=PORT",
                  listener, port(listener), host(), e.getMessage(), listener),
              e);
        }
      }
    } finally {
      for (final ServerSocket socket : tried) {
        socket.close();
      }
    }
  }

  /** Where the switch of a gateway in its own process keeps its data. */
  public Optional<Path> gatewayData() {
    return path("gateway.data");
  }

  /** Where a gateway in its own process keeps its message log, if not in the data directory. */
  public Optional<Path> gatewayMessageLog() {
    return path("gateway.message-log");
  }

  private Optional<Path> path(final String key) {
    final String value = config.getString(key);
    return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
  }

  /**
   * The reporting store of a node in this directory; empty if it is switched off.
   *
   * @throws IOException if the file with its password cannot be read
   */
  public Optional<ReportingSettings> reporting(final Path data) throws IOException {
    if (!config.getBoolean("reporting.enabled")) {
      return Optional.empty();
    }
    final Optional<Path> passwordFile = path("reporting.password-file");
    String password = "";
    if (passwordFile.isPresent()) {
      try {
        password = Files.readString(passwordFile.get()).strip();
      } catch (final IOException e) {
        throw new IOException("reporting.password-file cannot be read: " + passwordFile.get(), e);
      }
    }
    return Optional.of(reporting(data, password));
  }

  private ReportingSettings reporting(final Path data, final String password) {
    final String url = config.getString("reporting.url");
    final ReportingSettings settings =
        url.isBlank()
            ? ReportingSettings.embedded(data.resolve("reporting"))
            : ReportingSettings.postgres(url, config.getString("reporting.user"), password);
    return settings
        .withRetentionDays(config.getInt("reporting.retention-days"))
        .withSearch(
            config.getInt("reporting.search-seconds"), config.getInt("reporting.connections"));
  }

  /** What is out of its range is said before anything starts. */
  private void checkReporting() {
    try {
      if (config.getBoolean("reporting.enabled")) {
        reporting(Path.of("."), "");
      }
    } catch (final IllegalArgumentException e) {
      throw new IllegalArgumentException("reporting: " + e.getMessage(), e);
    }
  }

  /**
   * After how long without a request who has signed in to the console is out.
   *
   * @throws IllegalArgumentException if that is out of its range
   */
  Duration sessionIdle() {
    final Duration idle = config.getDuration("console.session-idle");
    if (idle.compareTo(Sessions.IDLE_MIN) < 0 || idle.compareTo(Sessions.LIFE_MAX) > 0) {
      throw new IllegalArgumentException(
          "console.session-idle is from 1 minute to 12 hours, not "
              + config.getString("console.session-idle"));
    }
    return idle;
  }

  /**
   * The provider by whose word one may sign in to the console; empty if none is configured.
   *
   * @throws IOException if the file with the secret cannot be read
   * @throws IllegalArgumentException if an address is none, or not safe
   */
  Optional<OpenIdSettings> openId() throws IOException {
    final String issuer = config.getString("console.openid.issuer");
    if (issuer.isBlank()) {
      return Optional.empty();
    }
    final Optional<Path> secretFile = path("console.openid.client-secret-file");
    String secret = "";
    if (secretFile.isPresent()) {
      try {
        secret = Files.readString(secretFile.get()).strip();
      } catch (final IOException e) {
        throw new IOException(
            "console.openid.client-secret-file cannot be read: " + secretFile.get(), e);
      }
    }
    final String publicUrl = config.getString("console.openid.public-url");
    try {
      return Optional.of(
          new OpenIdSettings(
              URI.create(issuer),
              config.getString("console.openid.client-id"),
              secret,
              config.getString("console.openid.acr"),
              publicUrl.isBlank() ? null : URI.create(publicUrl)));
    } catch (final IllegalArgumentException e) {
      throw new IllegalArgumentException("console.openid: " + e.getMessage(), e);
    }
  }

  HostOptions hostOptions() {
    return HostOptions.defaults()
        .withRing(config.getInt("switch.ring-entries"), config.getInt("switch.credits-per-client"))
        .withSnapshotEvery(
            config.getLong("switch.snapshot-every-commands"),
            config.getLong("switch.snapshot-copy-bytes-max"));
  }

  JournalOptions journalOptions() {
    return JournalOptions.defaults().withSegmentBytes(config.getInt("switch.segment-bytes"));
  }
}
