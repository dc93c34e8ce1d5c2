package org.civicswitch.gateway.iso20022.http;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.gateway.kit.tls.Fingerprints;

/** Who asks, and for whom. What cannot be is answered here. */
final class Callers {
  private final Directory directory;

  Callers(Directory directory) {
    this.directory = directory;
  }

  /** The connection that the certificate stands for; null when it has been answered already. */
  Directory.Connection connection(RoutingContext routing) {
    try {
      final var certificates = routing.request().connection().peerCertificates();
      final Directory.Connection connection =
          certificates == null || certificates.isEmpty()
              ? null
              : directory.connection(Fingerprints.of(certificates.get(0)));
      if (connection == null) {
        Reply.problem(401, "this certificate is not a registered connection", 0).send(routing);
      } else if (connection.participants().isEmpty()) {
        Reply.problem(403, "this connection may not act for any participant", 0).send(routing);
        return null;
      }
      return connection;
    } catch (SSLPeerUnverifiedException e) {
      Reply.problem(401, "a client certificate is needed", 0).send(routing);
      return null;
    }
  }

  /** Whose mailbox: the connection's only one, or the one named; 0 when answered already. */
  int mailboxOwner(RoutingContext routing, Directory.Connection connection) {
    final String named = routing.request().getParam("participant");
    final List<Integer> own = new ArrayList<>();
    for (final int candidate : connection.participants()) {
      if (connection.mayAct(candidate, AcknowledgeDeliveryEncoder.TEMPLATE_ID)) {
        own.add(candidate);
      }
    }
    if (named != null) {
      own.retainAll(List.of(directory.participant(named)));
    }
    if (own.isEmpty()) {
      Reply.problem(403, "this connection may not receive for the participant", 0).send(routing);
      return 0;
    }
    if (own.size() > 1) {
      Reply.problem(400, "say which participant: ?participant=BIC", 0).send(routing);
      return 0;
    }
    return own.get(0);
  }
}
