package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ConnectionChangedEncoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Certificates, and for which participants and kinds of command each may act. Connection 0 is the
 * host itself: it may send what {@link CommandKind#hostMaySend} allows and, at genesis ({@link
 * Operators#isGenesis}), what is signed by operator 0. Operators' commands come over a connection
 * like all others: one that was granted their kinds for the participant in the head (0: the
 * platform).
 */
final class Connections {
  private static final int WORDS = 8;
  private static final int ID = 0;
  private static final int FINGERPRINT = 1;
  private static final int GRANT_WORDS = 4;
  private static final int GRANT = 0;
  private static final int KINDS_LOW = 1;
  private static final int KINDS_HIGH = 2;
  private static final int CAPACITY = 1 << 16;
  private static final int GRANTS_CAPACITY = 1 << 20;

  private final RecordStore store;
  private final RecordStore grants;
  private final IdIndex index;
  private final IdIndex fingerprints;
  private final IdIndex grantIndex;
  private final Participants participants;
  private final Feed feed;
  private final RegisterConnectionDecoder register = new RegisterConnectionDecoder();
  private final GrantConnectionDecoder grant = new GrantConnectionDecoder();
  private final ConnectionChangedEncoder changed = new ConnectionChangedEncoder();

  Connections(final StateSpace space, final Participants participants, final Feed feed) {
    store = space.add("engine.connections", WORDS, CAPACITY);
    grants = space.add("engine.grants", GRANT_WORDS, GRANTS_CAPACITY);
    index = new IdIndex(store, ID, 1);
    fingerprints = new IdIndex(store, FINGERPRINT, 4);
    grantIndex = new IdIndex(grants, GRANT, 1);
    this.participants = participants;
    this.feed = feed;
  }

  void rebuild() {
    index.rebuild();
    fingerprints.rebuild();
    grantIndex.rebuild();
  }

  /** OK, CONNECTION_UNKNOWN or CONNECTION_NOT_GRANTED. */
  Code check(final Command command, final boolean genesis) {
    if (command.connection == 0) {
      return command.kind.isHostAllowed()
              || (genesis && command.kind.isSigned() && command.signer == 0)
          ? Code.OK
          : Code.CONNECTION_UNKNOWN;
    }
    if (find(command.connection) == 0) {
      return Code.CONNECTION_UNKNOWN;
    }
    return mayAct(command.connection, command.participant, command.template)
        ? Code.OK
        : Code.CONNECTION_NOT_GRANTED;
  }

  /** Whether a connection was granted a kind of command for a participant. */
  boolean mayAct(final int connection, final int participant, final int template) {
    final int handle = grantIndex.find(grantKey(connection, participant), 0);
    if (handle == 0) {
      return false;
    }
    final long kinds = grants.get(handle, template < 64 ? KINDS_LOW : KINDS_HIGH);
    return (kinds & 1L << template) != 0;
  }

  private int find(final int connection) {
    return index.find(Integer.toUnsignedLong(connection), 0);
  }

  private static long grantKey(final int connection, final int participant) {
    return ((long) connection << 32) | Integer.toUnsignedLong(participant);
  }

  Code register(final Command command) {
    register.wrap(command.buffer, command.block, RegisterConnectionDecoder.BLOCK_LENGTH, 1);
    final int connection = (int) register.newConnection();
    if (store.isFull()) {
      return Code.CAPACITY;
    }
    if (connection == 0
        || find(connection) != 0
        || fingerprints.find(
                register.fingerprint().a(),
                register.fingerprint().b(),
                register.fingerprint().c(),
                register.fingerprint().d())
            != 0) {
      return Code.CONNECTION_EXISTS;
    }
    final int handle = store.allocate();
    store.set(handle, ID, Integer.toUnsignedLong(connection));
    Words.copy(register.fingerprint(), store, handle, FINGERPRINT);
    index.put(handle);
    fingerprints.put(handle);
    changed(handle, 0, 0, 0);
    return Code.OK;
  }

  Code grant(final Command command) {
    grant.wrap(command.buffer, command.block, GrantConnectionDecoder.BLOCK_LENGTH, 1);
    final int connection = find((int) grant.target());
    if (connection == 0) {
      return Code.CONNECTION_UNKNOWN;
    }
    final int participant = (int) grant.forParticipant();
    final long key = grantKey((int) grant.target(), participant);
    int handle = grantIndex.find(key, 0);
    if (handle == 0 && grants.isFull()) {
      return Code.CAPACITY;
    }
    if (participant != 0 && participants.find(participant) == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (handle == 0) {
      handle = grants.allocate();
      grants.set(handle, GRANT, key);
      grantIndex.put(handle);
    }
    grants.set(handle, KINDS_LOW, grant.kindsLow());
    grants.set(handle, KINDS_HIGH, grant.kindsHigh());
    changed(connection, participant, grant.kindsLow(), grant.kindsHigh());
    return Code.OK;
  }

  private void changed(
      final int handle, final int participant, final long kindsLow, final long kindsHigh) {
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed
        .connection(store.get(handle, ID))
        .forParticipant(Integer.toUnsignedLong(participant))
        .kindsLow(kindsLow)
        .kindsHigh(kindsHigh);
    Words.copy(store, handle, FINGERPRINT, changed.fingerprint());
    feed.commit(changed.encodedLength());
  }
}
