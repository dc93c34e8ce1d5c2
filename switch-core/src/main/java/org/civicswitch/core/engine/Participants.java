package org.civicswitch.core.engine;

import org.agrona.MutableDirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.ParticipantChangedEncoder;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Who takes part. A direct participant settles on its own position, an indirect one on that of its
 * settlement participant. Participant 0 is the platform itself.
 */
final class Participants {
  private static final int WORDS = 16;
  private static final int ID = 0;
  private static final int SETTLEMENT = 1;
  private static final int STATUS = 2;
  private static final int CURSOR = 3;

  /** 16 bytes of code and 32 of name, as they came. */
  private static final int TEXTS = 4;

  private static final int CODE_WORDS = 2;
  private static final int TEXT_WORDS = 6;
  private static final int CAPACITY = 1 << 16;

  private final RecordStore store;
  private final IdIndex index;
  private final Feed feed;
  private final RegisterParticipantDecoder register = new RegisterParticipantDecoder();
  private final SetParticipantStatusDecoder setStatus = new SetParticipantStatusDecoder();
  private final ParticipantChangedEncoder changed = new ParticipantChangedEncoder();

  Participants(final StateSpace space, final Feed feed) {
    store = space.add("engine.participants", WORDS, CAPACITY);
    index = new IdIndex(store, ID, 1);
    this.feed = feed;
  }

  void rebuild() {
    index.rebuild();
  }

  /**
   * @return its handle, or 0
   */
  int find(final int participant) {
    return index.find(Integer.toUnsignedLong(participant), 0);
  }

  String code(final int handle) {
    return Words.text(store, handle, TEXTS, CODE_WORDS).strip();
  }

  int status(final int handle) {
    return (int) store.get(handle, STATUS);
  }

  /** Whose position it settles on: itself or its settlement participant. */
  int settlementParticipant(final int handle) {
    final int other = (int) store.get(handle, SETTLEMENT);
    return other == 0 ? (int) store.get(handle, ID) : other;
  }

  boolean isIndirect(final int handle) {
    return store.get(handle, SETTLEMENT) != 0;
  }

  /** Whether it, and whoever it settles on, is active. */
  boolean isActive(final int handle) {
    if (status(handle) != ParticipantStatus.ACTIVE.value()) {
      return false;
    }
    return !isIndirect(handle)
        || status(find(settlementParticipant(handle))) == ParticipantStatus.ACTIVE.value();
  }

  /** Everything up to this feed sequence has been received by it. */
  long cursor(final int handle) {
    return store.get(handle, CURSOR);
  }

  void cursor(final int handle, final long feedSequence) {
    store.set(handle, CURSOR, feedSequence);
  }

  Code register(final Command command) {
    register.wrap(command.buffer, command.block, RegisterParticipantDecoder.BLOCK_LENGTH, 1);
    final int participant = (int) register.newParticipant();
    final int settlement = (int) register.settlementParticipant();
    if (store.isFull()) {
      return Code.CAPACITY;
    }
    if (settlement != 0 && (find(settlement) == 0 || isIndirect(find(settlement)))) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (participant == 0 || find(participant) != 0) {
      return Code.PARTICIPANT_EXISTS;
    }
    final int handle = store.allocate();
    store.set(handle, ID, Integer.toUnsignedLong(participant));
    store.set(handle, SETTLEMENT, Integer.toUnsignedLong(settlement));
    store.set(handle, STATUS, ParticipantStatus.REGISTERED.value());
    final int texts = command.block + RegisterParticipantDecoder.codeEncodingOffset();
    for (int i = 0; i < TEXT_WORDS; i++) {
      store.set(handle, TEXTS + i, command.longAt(texts + i * Long.BYTES));
    }
    index.put(handle);
    changed(handle);
    return Code.OK;
  }

  Code setStatus(final Command command) {
    setStatus.wrap(command.buffer, command.block, SetParticipantStatusDecoder.BLOCK_LENGTH, 1);
    final int handle = find((int) setStatus.target());
    if (handle == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    final ParticipantStatus status = setStatus.status();
    if (status != ParticipantStatus.ACTIVE && status != ParticipantStatus.SUSPENDED) {
      return Code.CONFIG_INVALID;
    }
    store.set(handle, STATUS, status.value());
    changed(handle);
    return Code.OK;
  }

  /** It takes part in nothing new; nothing when it was so already. */
  void suspend(final int handle) {
    if (status(handle) != ParticipantStatus.SUSPENDED.value()) {
      store.set(handle, STATUS, ParticipantStatus.SUSPENDED.value());
      changed(handle);
    }
  }

  private void changed(final int handle) {
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed
        .participant(store.get(handle, ID))
        .settlementParticipant(store.get(handle, SETTLEMENT))
        .status(ParticipantStatus.get((short) status(handle)));
    final MutableDirectBuffer buffer = feed.buffer();
    final int texts = changed.offset() + ParticipantChangedEncoder.codeEncodingOffset();
    for (int i = 0; i < TEXT_WORDS; i++) {
      buffer.putLong(
          texts + i * Long.BYTES,
          store.get(handle, TEXTS + i),
          ParticipantChangedEncoder.BYTE_ORDER);
    }
    feed.commit(changed.encodedLength());
  }
}
