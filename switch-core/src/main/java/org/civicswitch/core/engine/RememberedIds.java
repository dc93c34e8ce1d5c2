package org.civicswitch.core.engine;

import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.IdLookAhead;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Instructions already answered: (participant, kind, id) to outcome, 64 bytes each. The content is
 * kept as a hash, which decides equality, and nine fingerprints, which choose the field that is
 * named when it differs. Records form a chain in the order of the log, oldest first to be evicted.
 */
final class RememberedIds {
  /** Beyond the capacity, for operators alone: who raises it needs an id to do so. */
  static final int OPERATORS_SHARE = 1024;

  private static final int WORDS = 8;
  private static final int OWNER_AND_KIND = 0;
  private static final int KEY_HI = 1;
  private static final int KEY_LO = 2;

  /** Next newer record in the high half, entity in the low half. */
  private static final int NEXT_AND_ENTITY = 3;

  private static final int SEQUENCE = 4;

  /** Log time in the upper 48 bits, code in the lower 16. */
  private static final int TIME_AND_CODE = 5;

  private static final int CONTENT = 6;
  private static final int PRINTS = 7;

  private final RecordStore store;
  private final IdIndex index;
  private final Scalars scalars;
  private final Ledger ledger;

  RememberedIds(
      final StateSpace space, final Scalars scalars, final Ledger ledger, final int capacity) {
    store = space.add("engine.remembered", WORDS, capacity + OPERATORS_SHARE);
    this.ledger = ledger;
    index = new IdIndex(store, OWNER_AND_KIND, 3);
    this.scalars = scalars;
  }

  void capacity(final int records) {
    store.capacity(records + OPERATORS_SHARE);
  }

  void seed(final long seed) {
    index.seed(seed);
  }

  void rebuild() {
    index.rebuild();
  }

  private static long owner(final int participant, final int template) {
    return ((long) participant << 32) | template;
  }

  void lookAhead(
      final IdLookAhead ids,
      final int participant,
      final int template,
      final long hi,
      final long lo) {
    ids.add(index, owner(participant, template), hi, lo, 0);
  }

  /**
   * @return the handle of what is remembered under this key, or 0
   */
  int find(final int participant, final int template, final long hi, final long lo) {
    return index.find(owner(participant, template), hi, lo, 0);
  }

  /** Whether there is room for a new instruction beside the answers that are owed. */
  boolean hasRoom() {
    return hasRoomForAnswer() && room() > ledger.pendingCount();
  }

  /** Whether there is room for the answer to what is reserved: it was kept free. */
  boolean hasRoomForAnswer() {
    return room() > 0;
  }

  boolean hasRoomForOperators() {
    return !store.isFull();
  }

  private int room() {
    return store.capacity() - OPERATORS_SHARE - store.size();
  }

  int size() {
    return store.size();
  }

  Code code(final int id) {
    return Code.get((int) store.get(id, TIME_AND_CODE) & 0xFFFF);
  }

  int entity(final int id) {
    return (int) store.get(id, NEXT_AND_ENTITY);
  }

  long sequence(final int id) {
    return store.get(id, SEQUENCE);
  }

  long content(final int id) {
    return store.get(id, CONTENT);
  }

  /** Nine fingerprints of {@link CommandKind#PRINT_BITS} bits, slot 0 in the lowest. */
  long prints(final int id) {
    return store.get(id, PRINTS);
  }

  /** Remembers an answer; there must be room and the key must be new. */
  void add(
      final Command command,
      final Code code,
      final int entity,
      final long content,
      final long prints) {
    final int id = store.allocate();
    if (id == 0) {
      throw new IllegalStateException("room for a remembered id was checked before");
    }
    final long[] page = store.writable(id);
    final int at = store.offset(id);
    page[at + OWNER_AND_KIND] = owner(command.participant, command.template);
    page[at + KEY_HI] = command.keyHi;
    page[at + KEY_LO] = command.keyLo;
    page[at + NEXT_AND_ENTITY] = entity & 0xFFFFFFFFL;
    page[at + SEQUENCE] = command.sequence;
    page[at + TIME_AND_CODE] = command.timeMs << 16 | code.value();
    page[at + CONTENT] = content;
    page[at + PRINTS] = prints;
    index.put(id);
    final int newest = (int) scalars.get(Scalars.IDS_NEWEST);
    if (newest == 0) {
      scalars.set(Scalars.IDS_OLDEST, id);
    } else {
      store.set(
          newest,
          NEXT_AND_ENTITY,
          ((long) id << 32) | (store.get(newest, NEXT_AND_ENTITY) & 0xFFFFFFFFL));
    }
    scalars.set(Scalars.IDS_NEWEST, id);
  }

  /**
   * Forgets what was answered before a time.
   *
   * @return how many were forgotten, at most max
   */
  int evict(final long beforeMs, final int max) {
    int evicted = 0;
    while (evicted < max) {
      final int oldest = (int) scalars.get(Scalars.IDS_OLDEST);
      if (oldest == 0) {
        break;
      }
      final long timeMs = store.get(oldest, TIME_AND_CODE) >>> 16;
      if (timeMs >= beforeMs) {
        break;
      }
      final int next = (int) (store.get(oldest, NEXT_AND_ENTITY) >>> 32);
      index.remove(oldest);
      store.release(oldest);
      scalars.set(Scalars.IDS_OLDEST, next);
      if (next == 0) {
        scalars.set(Scalars.IDS_NEWEST, 0);
      }
      // Whatever was created up to then may be among the forgotten, also if the window grows later.
      scalars.set(Scalars.IDS_HORIZON, timeMs + Settings.FUTURE_TOLERANCE_MAX_MS);
      evicted++;
    }
    return evicted;
  }

  /** When the oldest was answered, or {@link Long#MAX_VALUE} when nothing is remembered. */
  long oldestMs() {
    final int oldest = (int) scalars.get(Scalars.IDS_OLDEST);
    return oldest == 0 ? Long.MAX_VALUE : store.get(oldest, TIME_AND_CODE) >>> 16;
  }

  /** Whether chain, store and index agree; for checks. */
  void check(final List<String> problems) {
    int seen = 0;
    long last = 0;
    for (int id = (int) scalars.get(Scalars.IDS_OLDEST); id != 0; ) {
      seen++;
      if (sequence(id) < last) {
        problems.add("remembered id " + id + " is out of order");
      }
      last = sequence(id);
      id = (int) (store.get(id, NEXT_AND_ENTITY) >>> 32);
    }
    if (seen != store.size() || seen != index.size()) {
      problems.add("remembered ids: " + seen + " in the chain, " + store.size() + " kept");
    }
  }
}
