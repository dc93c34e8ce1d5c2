package org.civicswitch.ops.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.accounts.Sessions;
import org.civicswitch.ops.console.openid.OpenIdSettings;
import org.civicswitch.ops.reporting.Projector;

/**
 * How a console is started. Made by {@link #builder()}; immutable.
 *
 * @param httpHost where the page listens
 * @param httpPort 0: any free port
 * @param opsHost where health and metrics listen
 * @param opsPort 0: any free port
 * @param banner names the environment at the top of every page: {@code DEMO}, {@code DEV}, {@code
 *     PROD}
 * @param dev allows plain HTTP, on loopback only, and reading without signing in
 * @param certificate PEM chain of the page's certificate, or null with {@code dev}
 * @param key PEM private key to it, or null with {@code dev}
 * @param traffic the generator behind the page's button, or null for none
 * @param accounts who may sign in, or null for nobody; needed without {@code dev}
 * @param sessionIdle after how long without a request a session is over
 * @param oneTimeLogins development: for whom a login is written there, or null
 * @param openId the OpenID Connect provider by whose word linked accounts sign in too, or null;
 *     needs accounts
 * @param treasury what people change the platform with, or null for nothing; needs accounts
 * @param reporting the store that finds every payment, or null; stays open when the console closes
 * @param replay gives the hash of an earlier state, or null; stays open when the console closes
 * @param paymentsKept how many payments are kept in memory, newest first; at least 100
 * @param feedFrom the feed sequence to begin at; 1 for everything
 * @param version what {@code /version} and the page's foot say
 * @param clockMs UTC milliseconds
 */
public record ConsoleOptions(
    String httpHost,
    int httpPort,
    String opsHost,
    int opsPort,
    String banner,
    boolean dev,
    Path certificate,
    Path key,
    TrafficControl traffic,
    Health health,
    StageLatencies stages,
    Accounts accounts,
    Duration sessionIdle,
    OneTime oneTimeLogins,
    OpenIdSettings openId,
    Treasury treasury,
    Projector reporting,
    StateReplay replay,
    int paymentsKept,
    long feedFrom,
    String version,
    LongSupplier clockMs) {

  public static final int PAYMENTS_KEPT_MIN = 100;
  public static final int PAYMENTS_KEPT_DEFAULT = 150_000;

  /**
   * Logins that need no password, once each, as files.
   *
   * @param directory that only its owner may read
   * @param accounts names
   */
  public record OneTime(Path directory, List<String> accounts) {}

  /**
   * @throws IllegalArgumentException if plain HTTP is asked for without {@code dev} or beyond
   *     loopback, or a number is out of range
   */
  public ConsoleOptions {
    Objects.requireNonNull(health);
    Objects.requireNonNull(stages);
    Objects.requireNonNull(clockMs);
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("certificate and key belong together");
    }
    if (certificate == null && !(dev && isLoopback(httpHost))) {
      throw new IllegalArgumentException(
          "plain http is for development on loopback only: give a certificate and its key");
    }
    if (!dev && accounts == null) {
      throw new IllegalArgumentException("beyond development a console needs accounts to sign in");
    }
    if (oneTimeLogins != null && !(dev && accounts != null)) {
      throw new IllegalArgumentException("one-time logins are for development, to accounts");
    }
    if (openId != null && accounts == null) {
      throw new IllegalArgumentException("nobody signs in by OpenID Connect without accounts");
    }
    if (treasury != null && accounts == null) {
      throw new IllegalArgumentException("nothing is changed without accounts to sign in");
    }
    if (paymentsKept < PAYMENTS_KEPT_MIN) {
      throw new IllegalArgumentException("paymentsKept is below " + PAYMENTS_KEPT_MIN);
    }
    if (feedFrom < 1) {
      throw new IllegalArgumentException("feedFrom is below 1");
    }
    if (stages.stages().size() > StageLatencies.MAX) {
      throw new IllegalArgumentException("more than " + StageLatencies.MAX + " stages");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  boolean tls() {
    return certificate != null;
  }

  static boolean isLoopback(final String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.startsWith("127.");
  }

  /** Not for use by several threads. */
  public static final class Builder {
    private String httpHost = "127.0.0.1";
    private int httpPort;
    private String opsHost = "127.0.0.1";
    private int opsPort;
    private String banner = "";
    private boolean dev;
    private Path certificate;
    private Path key;
    private TrafficControl traffic;
    private Health health = Health.none();
    private StageLatencies stages = StageLatencies.none();
    private Accounts accounts;
    private Duration sessionIdle = Sessions.IDLE_DEFAULT;
    private OneTime oneTimeLogins;
    private OpenIdSettings openId;
    private Treasury treasury;
    private Projector reporting;
    private StateReplay replay;
    private int paymentsKept = PAYMENTS_KEPT_DEFAULT;
    private long feedFrom = 1;
    private String version = "development";
    private LongSupplier clockMs = System::currentTimeMillis;

    private Builder() {}

    public Builder http(final String host, final int port) {
      httpHost = host;
      httpPort = port;
      return this;
    }

    public Builder ops(final String host, final int port) {
      opsHost = host;
      opsPort = port;
      return this;
    }

    public Builder banner(final String text) {
      banner = text;
      return this;
    }

    public Builder dev(final boolean plainHttpOnLoopback) {
      dev = plainHttpOnLoopback;
      return this;
    }

    public Builder tls(final Path pemCertificate, final Path pemKey) {
      certificate = pemCertificate;
      key = pemKey;
      return this;
    }

    public Builder traffic(final TrafficControl control) {
      traffic = control;
      return this;
    }

    public Builder health(final Health host) {
      health = host;
      return this;
    }

    public Builder stages(final StageLatencies latencies) {
      stages = latencies;
      return this;
    }

    public Builder accounts(final Accounts store) {
      accounts = store;
      return this;
    }

    public Builder sessionIdle(final Duration time) {
      sessionIdle = time;
      return this;
    }

    public Builder oneTimeLogins(final Path directory, final List<String> names) {
      oneTimeLogins = new OneTime(directory, List.copyOf(names));
      return this;
    }

    public Builder openId(final OpenIdSettings provider) {
      openId = provider;
      return this;
    }

    public Builder treasury(final Treasury means) {
      treasury = means;
      return this;
    }

    public Builder reporting(final Projector store) {
      reporting = store;
      return this;
    }

    public Builder replay(final StateReplay states) {
      replay = states;
      return this;
    }

    public Builder paymentsKept(final int count) {
      paymentsKept = count;
      return this;
    }

    public Builder feedFrom(final long feedSequence) {
      feedFrom = feedSequence;
      return this;
    }

    public Builder version(final String text) {
      version = text;
      return this;
    }

    public Builder clockMs(final LongSupplier clock) {
      clockMs = clock;
      return this;
    }

    /**
     * @throws IllegalArgumentException as {@link ConsoleOptions} says
     */
    public ConsoleOptions build() {
      return new ConsoleOptions(
          httpHost,
          httpPort,
          opsHost,
          opsPort,
          banner,
          dev,
          certificate,
          key,
          traffic,
          health,
          stages,
          accounts,
          sessionIdle,
          oneTimeLogins,
          openId,
          treasury,
          reporting,
          replay,
          paymentsKept,
          feedFrom,
          version,
          clockMs);
    }
  }
}
