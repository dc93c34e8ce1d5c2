package org.civicswitch.ops.console;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.gateway.kit.Digest256;

/** Which certificates may send for whom: connections by number. */
final class Connections {
  private final Map<Long, Connection> byNumber = new TreeMap<>();

  /** One certificate, and the participants it may send for; 0 stands for the platform itself. */
  static final class Connection {
    String fingerprint = "";
    final TreeSet<Long> participants = new TreeSet<>();
  }

  void on(final ConnectionChangedDecoder event) {
    final Connection connection =
        byNumber.computeIfAbsent(event.connection(), n -> new Connection());
    connection.fingerprint = Digest256.of(event.fingerprint()).toString();
    // A connection that is new is told of with no kind of command that it may send.
    if (event.kindsLow() == 0 && event.kindsHigh() == 0) {
      connection.participants.remove(event.forParticipant());
    } else {
      connection.participants.add(event.forParticipant());
    }
  }

  Map<Long, Connection> all() {
    return byNumber;
  }
}
