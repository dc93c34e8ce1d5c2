package org.civicswitch.identity;

import static org.civicswitch.identity.IdentityResult.OK;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * What registries notified of people, by (source, event id): deaths and suspensions, each standing
 * until its own source takes it back. All are kept, so that a notice delivered again years later,
 * even after it was taken back, is known and does nothing. One thread.
 */
public final class LifeEvents {
  private static final int WORDS = 8;
  private static final int SOURCE = 0;
  private static final int ID_HI = 1;
  private static final int ID_LO = 2;
  private static final int SUBJECT = 3;
  private static final int KIND = 4;
  private static final int OCCURRED_ON = 5;
  private static final int RECORDED = 6;
  private static final int REVERSED = 7;

  private final RecordStore events;
  private final IdIndex bySourceAndId;
  private final Subjects subjects;

  LifeEvents(final StateSpace space, final int capacity, final Subjects subjects) {
    events = space.add("identity.events", WORDS, capacity);
    bySourceAndId = new IdIndex(events, SOURCE, 3);
    this.subjects = subjects;
  }

  void seed(final long seed) {
    bySourceAndId.seed(seed);
  }

  void rebuild() {
    bySourceAndId.rebuild();
  }

  public int count() {
    return events.size();
  }

  /** Sets the most deaths and suspensions to be kept, 1 to 2^29; what is there stays. */
  public void capacity(final int records) {
    events.capacity(records);
  }

  /**
   * @return the handle of the death or suspension, or 0
   */
  public int find(final int source, final long idHi, final long idLo) {
    return bySourceAndId.find(source, idHi, idLo, 0);
  }

  /**
   * Records a death or a suspension; what counts afterwards is {@link Subjects#status}.
   *
   * @param source who notifies, not 0
   * @param idHi with idLo the source's own id of the event, not zero
   * @param kind {@link LifeEventKind#DEATH} or {@link LifeEventKind#SUSPENSION}
   * @param occurredOn days since 1970-01-01
   * @param recordedMs when the source recorded it
   * @return the handle of the event, or -CAPACITY, -SUBJECT_UNKNOWN, -LIFE_EVENT_EXISTS,
   *     -ARGUMENT_INVALID
   */
  public int record(
      final int source,
      final long idHi,
      final long idLo,
      final int subject,
      final int kind,
      final int occurredOn,
      final long recordedMs) {
    final int result = checkRecord(source, idHi, idLo, subject, kind);
    if (result != OK) {
      return -result;
    }
    final int event = events.allocate();
    final long[] page = events.writable(event);
    final int at = events.offset(event);
    page[at + SOURCE] = source;
    page[at + ID_HI] = idHi;
    page[at + ID_LO] = idLo;
    page[at + SUBJECT] = subject;
    page[at + KIND] = kind;
    page[at + OCCURRED_ON] = occurredOn;
    page[at + RECORDED] = recordedMs;
    bySourceAndId.put(event);
    subjects.count(subject, kind == LifeEventKind.DEATH, 1);
    return event;
  }

  /** What {@link #record} would refuse, or OK. */
  public int checkRecord(
      final int source, final long idHi, final long idLo, final int subject, final int kind) {
    final boolean known = subjects.isKnown(subject);
    if (events.isFull() || (known && standing(subject, kind) == Subjects.MAX_LIVE_EVENTS)) {
      return IdentityResult.CAPACITY;
    }
    if (!known) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    if (find(source, idHi, idLo) != 0) {
      return IdentityResult.LIFE_EVENT_EXISTS;
    }
    if (source == 0
        || (idHi | idLo) == 0
        || (kind != LifeEventKind.DEATH && kind != LifeEventKind.SUSPENSION)) {
      return IdentityResult.ARGUMENT_INVALID;
    }
    return OK;
  }

  private int standing(final int subject, final int kind) {
    if (kind == LifeEventKind.DEATH) {
      return subjects.deaths(subject);
    }
    return kind == LifeEventKind.SUSPENSION ? subjects.suspensions(subject) : 0;
  }

  /** What {@link #reverse} would refuse, or OK. */
  public int checkReverse(
      final int source,
      final long reversesHi,
      final long reversesLo,
      final int subject,
      final int kind) {
    if (!subjects.isKnown(subject)) {
      return IdentityResult.SUBJECT_UNKNOWN;
    }
    final int event = find(source, reversesHi, reversesLo);
    final boolean reversal =
        kind == LifeEventKind.DEATH_REVERSAL || kind == LifeEventKind.SUSPENSION_LIFTED;
    if (reversal
        && (event == 0
            || subject(event) != subject
            || kind(event) != kind - 1
            || isReversed(event))) {
      return IdentityResult.LIFE_EVENT_UNKNOWN;
    }
    return reversal ? OK : IdentityResult.ARGUMENT_INVALID;
  }

  /**
   * Takes one death or suspension back. Only its own source can.
   *
   * @param reversesHi with reversesLo the source's id of the event that is taken back
   * @param kind {@link LifeEventKind#DEATH_REVERSAL} or {@link LifeEventKind#SUSPENSION_LIFTED}
   * @return OK, SUBJECT_UNKNOWN, LIFE_EVENT_UNKNOWN or ARGUMENT_INVALID
   */
  public int reverse(
      final int source,
      final long reversesHi,
      final long reversesLo,
      final int subject,
      final int kind) {
    final int result = checkReverse(source, reversesHi, reversesLo, subject, kind);
    if (result == OK) {
      events.set(find(source, reversesHi, reversesLo), REVERSED, 1);
      subjects.count(subject, kind == LifeEventKind.DEATH_REVERSAL, -1);
    }
    return result;
  }

  public int subject(final int event) {
    return (int) events.get(event, SUBJECT);
  }

  public int kind(final int event) {
    return (int) events.get(event, KIND);
  }

  /** Days since 1970-01-01. */
  public int occurredOn(final int event) {
    return (int) events.get(event, OCCURRED_ON);
  }

  public long recordedMs(final int event) {
    return events.get(event, RECORDED);
  }

  public boolean isReversed(final int event) {
    return events.get(event, REVERSED) != 0;
  }
}
