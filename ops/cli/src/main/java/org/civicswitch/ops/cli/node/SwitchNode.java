package org.civicswitch.ops.cli.node;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.civicswitch.core.client.IpcServer;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.host.LocalSwitch;
import org.civicswitch.core.storage.DirectoryStorage;
import org.civicswitch.exchange.ExchangeBridge;
import org.civicswitch.gateway.iso20022.http.Iso20022Gateway;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.identity.DevelopmentIdentityProvider;
import org.civicswitch.gateway.kit.identity.DevelopmentIdentityRoutes;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.FileKeyService;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.tls.MutualTls;
import org.civicswitch.ops.cli.report.Launcher;
import org.civicswitch.ops.cli.verify.ReplayProcess;
import org.civicswitch.ops.cli.world.SeededWorld;
import org.civicswitch.ops.console.ConsoleOptions;
import org.civicswitch.ops.console.ConsoleServer;
import org.civicswitch.ops.console.TrafficControl;
import org.civicswitch.ops.console.Treasury;
import org.civicswitch.ops.console.accounts.Accounts;
import org.civicswitch.ops.console.openid.DevelopmentOpenId;
import org.civicswitch.ops.console.openid.OpenIdSettings;
import org.civicswitch.ops.funds.FundsDesk;
import org.civicswitch.ops.reporting.Projector;
import org.civicswitch.ops.reporting.ReportingSettings;
import org.civicswitch.ops.treasury.SignOffs;
import org.civicswitch.ops.treasury.TreasuryDesk;

/**
 * The embedded switch with its gateways, bridge and console in one process. What is opened is
 * closed in the opposite order: intake first, the switch last.
 */
public final class SwitchNode implements AutoCloseable {
  private static final long START_SECONDS_MAX = 30;

  /**
   * What a node is to be.
   *
   * @param data its directory
   * @param development make certificates, keys and the seeded world
   * @param banner shown on every page, such as DEMO
   * @param traffic the page's button, or null
   */
  public record Options(
      Path data, NodeConfig config, boolean development, String banner, TrafficControl traffic) {}

  private final Options options;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Endpoints endpoints = new Endpoints();
  private Vertx vertx;
  private LocalSwitch local;
  private TimedConnection timed;
  private FileKeyService keys;
  private DevelopmentSeed seed;
  private DevelopmentIdentityProvider identities;
  private Projector reporting;
  private Treasury treasury;
  private ConsoleServer console;
  private Iso20022Gateway gateway;

  private SwitchNode(final Options options) {
    this.options = options;
  }

  /**
   * Recovers the directory, opens the listeners and writes {@code endpoints.json}.
   *
   * @param notes told what a person should know meanwhile, a sentence each
   */
  public static SwitchNode start(final Options options, final Consumer<String> notes)
      throws IOException {
    final SwitchNode node = new SwitchNode(options);
    try {
      node.open(notes);
      return node;
    } catch (final IOException | RuntimeException | Error e) {
      // An Error too: a process half started would hold its ports and answer nobody.
      node.closeQuietly(e);
      throw e;
    }
  }

  private void open(final Consumer<String> notes) throws IOException {
    if (!options.development()) {
      throw new IllegalArgumentException(
          "this version starts with --dev only: production certificates and keys come with the"
              + " control plane");
    }
    final Path data = options.data();
    Files.createDirectories(data);
    forgetEndpoints(data);
    options.config().checkPorts();
    local =
        add(
            LocalSwitch.open(
                data,
                new SwitchEngine(),
                options.config().hostOptions(),
                options.config().journalOptions(),
                notes));
    timed = new TimedConnection(local);
    seed = DevelopmentSeed.open(data);
    seed.seedOnce(local);
    vertx = NodeVertx.create();
    add(() -> await(vertx.close()));
    keys = add(FileKeyService.open(data.resolve("keys"), "switch"));
    add(IpcServer.start(data, LocalSwitch.feedDirectory(data), () -> local.newClient()));
    openIso20022();
    openExchange();
    openIdentityProvider();
    openReporting();
    openTreasury();
    openConsole();
    endpoints.write(data);
    add(() -> Endpoints.delete(data));
  }

  /** What a killed node left behind goes before recovery, which may take long: nobody is ready. */
  private static void forgetEndpoints(final Path data) throws IOException {
    // Only whoever could lock the directory knows that no other node is ready in it.
    final DirectoryStorage mine = DirectoryStorage.open(LocalSwitch.journalDirectory(data));
    try {
      Endpoints.delete(data);
    } finally {
      mine.close();
    }
  }

  private void openIso20022() throws IOException {
    gateway =
        add(
            Iso20022Gateway.start(
                vertx,
                timed,
                keys,
                keys.admit("iso20022", Iso20022Gateway.RIGHTS),
                new Iso20022Gateway.Options(
                    options.config().host(),
                    options.config().port("iso20022"),
                    seed.authority().server(),
                    seed.authority().rootCertificate(),
                    options.data().resolve("messages").resolve("iso20022"),
                    System::currentTimeMillis)));
    endpoints.put("iso20022", gateway.url());
  }

  private void openExchange() throws IOException {
    final ExchangeBridge bridge =
        add(
            await(
                ExchangeBridge.start(
                    vertx,
                    at(
                        MutualTls.server(
                            seed.authority().server(), seed.authority().rootCertificate()),
                        "exchange"),
                    local,
                    tokens("exchange"),
                    messageLog("exchange"))));
    endpoints.put("exchange", "https://" + options.config().host() + ":" + bridge.port());
  }

  private void openIdentityProvider() throws IOException {
    final HttpServer server =
        vertx.createHttpServer(
            at(MutualTls.serverWithoutClientCertificates(seed.authority().server()), "identity"));
    identities =
        DevelopmentIdentityProvider.open(
            seed.identityProvider(), "https://identity.civicswitch.example", Clock.systemUTC());
    server.requestHandler(DevelopmentIdentityRoutes.create(vertx, identities));
    await(server.listen());
    add(() -> await(server.close()));
    endpoints.put("identity", "https://" + options.config().host() + ":" + server.actualPort());
  }

  private void openReporting() throws IOException {
    final Optional<ReportingSettings> settings = options.config().reporting(options.data());
    if (settings.isPresent()) {
      reporting = add(Projector.start(settings.get(), local::feedFrom));
    }
  }

  /** The operators' desk in this process; in development their keys are files beside the data. */
  private void openTreasury() {
    final SwitchGateway operations =
        add(new SwitchGateway(local.newClient(), "treasury", SwitchGateway.Limits.DEFAULT));
    final TreasuryDesk desk =
        add(
            new TreasuryDesk(
                local, operations, SeededWorld.OPERATIONS_CONNECTION, Clock.systemUTC()));
    final Tokens tokens = tokens("treasury");
    final FundsDesk funds =
        add(
            new FundsDesk(
                local,
                tokens("funds")::settlementReference,
                options.data().resolve("funds"),
                Clock.systemUTC()));
    treasury =
        new Treasury(
            desk,
            funds,
            new SignOffs(options.data().resolve("sign-offs")),
            seed::existingOperator,
            tokens::settlementReference,
            Launcher.typed(),
            options.data().toString());
  }

  private void openConsole() throws IOException {
    final NodeConfig config = options.config();
    final Accounts accounts = seed.accounts(options.data().resolve("console"));
    final ConsoleOptions.Builder builder =
        ConsoleOptions.builder()
            .http(config.host(), config.port("console"))
            .ops(config.host(), config.port("ops"))
            .banner(options.banner())
            .version(BuildVersion.version())
            .stages(timed.stages())
            .dev(true)
            .accounts(accounts)
            .openId(openId(accounts))
            .sessionIdle(config.sessionIdle())
            .treasury(treasury)
            .reporting(reporting)
            .replay(add(new ReplayProcess(options.data(), Launcher.typed())))
            .oneTimeLogins(seed.logins(), SeededWorld.operatorNames())
            .health(new HostHealth(local.host(), gateway::isHealthy, reporting));
    if (options.traffic() != null) {
      builder.traffic(options.traffic());
    }
    console = add(ConsoleServer.start(vertx, local, builder.build()));
    HostMeters.bind(local.host(), console.meters());
    if (reporting != null) {
      ReportingMeters.bind(reporting, console.meters());
    }
    add(FundsWatch.start(treasury.funds(), console.meters()));
    add(GlassWatch.start(local, console.meters()));
    endpoints.put("console", console.url());
    endpoints.put("metrics", console.opsUrl() + "/metrics");
    endpoints.put("health", console.opsUrl() + "/readyz");
  }

  /** The one that is configured, or one of our own that knows the seeded operators. */
  private OpenIdSettings openId(final Accounts accounts) throws IOException {
    final Optional<OpenIdSettings> configured = options.config().openId();
    if (configured.isPresent()) {
      return configured.get();
    }
    final DevelopmentOpenId provider =
        await(
            DevelopmentOpenId.start(
                vertx,
                SeededWorld.operatorNames(),
                seed.openIdPassword(),
                System::currentTimeMillis));
    add(() -> await(provider.close()));
    for (final String name : SeededWorld.operatorNames()) {
      accounts.link(name, provider.issuer().toString(), name);
    }
    return provider.settings();
  }

  private HttpServerOptions at(final HttpServerOptions server, final String listener) {
    return server.setHost(options.config().host()).setPort(options.config().port(listener));
  }

  /** Tokens for a part of this process; its openings and rights are its own. */
  public Tokens tokens(final String part) {
    try {
      return new Tokens(keys, caller(part));
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives " + part + " no keys", e);
    }
  }

  /** Seals and opens payloads for a part of this process. */
  public PayloadCipher payloads(final String part) {
    return new PayloadCipher(keys, caller(part));
  }

  private Caller caller(final String part) {
    return keys.admit(part, Set.of(Caller.Right.TOKENS, Caller.Right.SEAL, Caller.Right.DELIVER));
  }

  private MessageLog messageLog(final String part) throws IOException {
    return add(
        MessageLog.open(options.data().resolve("messages").resolve(part), keys, caller(part)));
  }

  public LocalSwitch local() {
    return local;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public DevelopmentSeed seed() {
    return seed;
  }

  public DevelopmentIdentityProvider identities() {
    return identities;
  }

  private <T extends AutoCloseable> T add(final T part) {
    opened.push(part);
    return part;
  }

  private static <T> T await(final io.vertx.core.Future<T> future) throws IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (final ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (final TimeoutException e) {
      throw new IOException("nothing happened for " + START_SECONDS_MAX + " s", e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Readiness goes first, so that callers look elsewhere while the rest drains. */
  @Override
  public void close() {
    if (console != null) {
      console.stopping();
    }
    Exception first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (final Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw new IllegalStateException("not stopped cleanly: " + first.getMessage(), first);
    }
  }

  private void closeQuietly(final Throwable failure) {
    try {
      close();
    } catch (final RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
