package org.civicswitch.gateway.iso20022.http;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.feed.FeedProjection;
import org.civicswitch.gateway.kit.keys.Caller;
import org.civicswitch.gateway.kit.keys.KeyService;
import org.civicswitch.gateway.kit.keys.MessageLog;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.tls.Credential;
import org.civicswitch.gateway.kit.tls.MutualTls;

/**
 * ISO 20022 messages over HTTPS with mutual TLS, in and out of one switch. Keeps nothing that the
 * feed and its message log cannot rebuild: any number of instances may serve one switch.
 */
public final class Iso20022Gateway implements AutoCloseable {
  /** What the gateway does with keys. */
  public static final Set<Caller.Right> RIGHTS =
      EnumSet.of(Caller.Right.TOKENS, Caller.Right.SEAL, Caller.Right.DELIVER);

  private static final long CATCH_UP_SECONDS_MAX = 600;

  /**
   * How a gateway is set up.
   *
   * @param host address to listen on
   * @param port 0 for any free one
   * @param clientAuthority PEM of the authorities whose clients may connect
   * @param messageLog directory of this instance's message log
   * @param clockMs UTC milliseconds
   */
  public record Options(
      String host,
      int port,
      Credential credential,
      Path clientAuthority,
      Path messageLog,
      LongSupplier clockMs) {}

  private final SwitchGateway commands;
  private final FeedProjection projection;
  private final MessageLog log;
  private final HttpServers servers;

  private Iso20022Gateway(
      SwitchGateway commands, FeedProjection projection, MessageLog log, HttpServers servers) {
    this.commands = commands;
    this.projection = projection;
    this.log = log;
    this.servers = servers;
  }

  /**
   * Starts a gateway; blocks until it has read the feed to its end and listens.
   *
   * @param connection to the switch; stays the caller's
   * @param caller known to the key service with {@link #RIGHTS}
   * @throws IOException if the message log, keys, certificates or port cannot be used
   */
  public static Iso20022Gateway start(
      Vertx vertx, SwitchConnection connection, KeyService keys, Caller caller, Options options)
      throws IOException {
    final SwitchView view = new SwitchView();
    final MessageLog log = MessageLog.open(options.messageLog(), keys, caller);
    SwitchGateway commands = null;
    FeedProjection projection = null;
    try {
      final Tokens tokens = new Tokens(keys, caller);
      commands =
          new SwitchGateway(
              connection.newClient(), "iso20022-commands", SwitchGateway.Limits.DEFAULT);
      projection =
          FeedProjection.start("iso20022-feed", connection, 1, view.handlers(), view::afterBatch);
      final GatewayContext context =
          GatewayContext.of(view, commands, keys, caller, tokens, log, options.clockMs());
      projection.caughtUp().get(CATCH_UP_SECONDS_MAX, TimeUnit.SECONDS);
      final HttpServers servers =
          HttpServers.listen(
              vertx,
              MutualTls.server(options.credential(), options.clientAuthority())
                  .setHost(options.host())
                  .setPort(options.port()),
              new GatewayRoutes(vertx, context).router());
      return new Iso20022Gateway(commands, projection, log, servers);
    } catch (Exception e) {
      if (commands != null) {
        commands.close();
      }
      if (projection != null) {
        projection.close();
      }
      log.close();
      throw e instanceof IOException known ? known : new IOException("the gateway cannot start", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return servers.port();
  }

  /** Where clients find it. */
  public String url() {
    return "https://localhost:" + port();
  }

  /** The feed sequence that its answers are as of. */
  public long asOf() {
    return projection.asOf();
  }

  /**
   * Whether it still follows the feed and takes commands to the switch; a gateway that does not
   * must be started anew.
   */
  public boolean isHealthy() {
    return !projection.failure().isCompletedExceptionally()
        && !commands.failure().isCompletedExceptionally();
  }

  /** Stops taking requests, lets answers go out, then stops the rest. */
  @Override
  public void close() throws IOException {
    try {
      servers.close();
    } finally {
      commands.close();
      projection.close();
      log.close();
    }
  }
}
