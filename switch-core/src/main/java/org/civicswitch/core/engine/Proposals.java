package org.civicswitch.core.engine;

import java.util.List;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ProposalChangedEncoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.memory.BlobStore;
import org.civicswitch.memory.DeadlineQueue;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Changes that wait for approval. Only open ones are kept: what became of the others is in the
 * feed.
 *
 * <p>A proposal is stale for whoever signed before the last change of what it is about: when
 * another change of that is carried out, the approvals so far are dropped, and only those count
 * that have seen it. The same goes for what an operator proposed or approved when the operator is
 * changed. Payments are no such changes, or nothing could ever be approved.
 */
final class Proposals implements DueWork {
  /** Open at one time; bounds also what one change can make stale. */
  static final int CAPACITY = 256;

  static final int PROPOSER = 2;
  static final int TEMPLATE = 3;
  static final int CHANGED = 4;
  static final int APPROVALS = 5;
  private static final int WORDS = 32;
  private static final int ID = 0;
  private static final int SEQUENCE = 6;
  private static final int BLOB = 7;
  private static final int CONCERN = 8;
  private static final int CONCERN_ID = 9;
  private static final int EXPIRES = 10;
  private static final int APPROVERS = 11;
  private static final int HASH = APPROVERS + ApprovalRules.APPROVALS_MAX;

  private static final int EVENT_BYTES = 256;

  private final Core core;
  private final RecordStore store;
  private final BlobStore blobs;
  private final IdIndex index;
  private final DeadlineQueue ends = new DeadlineQueue();
  private final RecordHash hash = new RecordHash();
  private final ProposalChangedEncoder changed = new ProposalChangedEncoder();

  Proposals(final StateSpace space, final Core core) {
    this.core = core;
    store = space.add("engine.proposals", WORDS, CAPACITY);
    blobs =
        new BlobStore(
            space, "engine.proposed", CAPACITY * BlobStore.recordsFor(EnclosedChange.BYTES_MAX));
    index = new IdIndex(store, ID, 2);
  }

  void rebuild() {
    index.rebuild();
    ends.clear();
    store.forEach(p -> ends.add(p, store.get(p, EXPIRES), store.get(p, SEQUENCE)));
  }

  boolean isFull() {
    return store.isFull();
  }

  int find(final long hi, final long lo) {
    return index.find(hi, lo);
  }

  int intAt(final int proposal, final int word) {
    return (int) store.get(proposal, word);
  }

  long changedSequence(final int proposal) {
    return store.get(proposal, CHANGED);
  }

  /** Reads its change into the enclosed command. */
  Code read(final int proposal, final EnclosedChange change) {
    return change.readKept(blobs, (int) store.get(proposal, BLOB));
  }

  /** Whether its time is over, though nobody has come to close it yet. */
  boolean isOver(final int proposal, final long nowMs) {
    return nowMs >= store.get(proposal, EXPIRES);
  }

  boolean hasHash(final int proposal, final Command command, final int at) {
    for (int i = 0; i < 4; i++) {
      if (command.longAt(at + i * Long.BYTES) != store.get(proposal, HASH + i)) {
        return false;
      }
    }
    return true;
  }

  boolean hasApproved(final int proposal, final int operator) {
    for (int i = 0; i < intAt(proposal, APPROVALS); i++) {
      if (intAt(proposal, APPROVERS + i) == operator) {
        return true;
      }
    }
    return false;
  }

  /** Counts one more approval, of at most {@link ApprovalRules#APPROVALS_MAX}. */
  int approve(final int proposal, final int operator) {
    final int before = intAt(proposal, APPROVALS);
    store.set(proposal, APPROVERS + before, Integer.toUnsignedLong(operator));
    store.set(proposal, APPROVALS, before + 1);
    return before + 1;
  }

  /** Opens a proposal under the key of the command that makes it; there must be room. */
  int open(final Command command, final Command change) {
    final int proposal = store.allocate();
    store.set(proposal, ID, command.keyHi);
    store.set(proposal, ID + 1, command.keyLo);
    store.set(proposal, SEQUENCE, command.sequence);
    // Nobody has seen it before it was there.
    store.set(proposal, CHANGED, command.sequence);
    store.set(proposal, PROPOSER, Integer.toUnsignedLong(command.signer));
    store.set(proposal, TEMPLATE, change.template);
    store.set(proposal, BLOB, blobs.put(change.buffer, change.offset, change.length));
    store.set(proposal, CONCERN, change.kind.governed().concern());
    store.set(proposal, CONCERN_ID, change.kind.governed().id(change));
    store.set(proposal, EXPIRES, command.timeMs + core.settings.get(Parameter.PROPOSAL_LIFE_MS));
    hash(proposal, change.buffer, change.offset, change.length);
    index.put(proposal);
    ends.add(proposal, store.get(proposal, EXPIRES), command.sequence);
    return proposal;
  }

  /** What people sign for: which proposal, whose, and every byte of the change. */
  private void hash(
      final int proposal, final DirectBuffer buffer, final int offset, final int length) {
    hash.first()
        .put(store.get(proposal, ID))
        .put(store.get(proposal, ID + 1))
        .put(store.get(proposal, PROPOSER))
        .put(buffer, offset, length)
        .into(store, proposal, HASH);
  }

  /** Forgets it. */
  void close(final int proposal) {
    ends.remove(proposal);
    index.remove(proposal);
    blobs.release((int) store.get(proposal, BLOB));
    store.release(proposal);
  }

  /** A command was answered: if it changed something, proposals about that are stale. */
  void carriedOut(final Command command, final Answer answer) {
    if (command.kind.governed() != null && answer.code == Code.OK && !answer.replayed) {
      carriedOut(command);
    }
  }

  /** The same of a change that has been carried out. */
  void carriedOut(final Command change) {
    changed(change.kind.governed().concern(), change.kind.governed().id(change));
  }

  /** What some may be about is not any more as it was when they were approved. */
  void changed(final Governed.Concern what, final long id) {
    changed(what.number, id);
  }

  private void changed(final int concern, final long id) {
    final boolean rule = concern == Governed.Concern.RULE.number;
    final boolean operator = concern == Governed.Concern.OPERATOR.number;
    for (int p = 1; p <= store.highWater() && store.size() > 0; p++) {
      if (store.get(p, BLOB) != 0
          && ((store.get(p, CONCERN) == concern && store.get(p, CONCERN_ID) == id)
              || (rule && isGuarded(p, id))
              || (operator && isOf(p, (int) id)))) {
        store.set(p, CHANGED, core.scalars.sequence());
        for (int i = 0; i < intAt(p, APPROVALS); i++) {
          store.set(p, APPROVERS + i, 0);
        }
        store.set(p, APPROVALS, 0);
        say(p, ProposalState.OPEN, 0, 0, Code.OK, null);
      }
    }
  }

  /** Whether a rule for a kind says how many must approve it, or who. */
  private boolean isGuarded(final int proposal, final long ruledTemplate) {
    final long concern = store.get(proposal, CONCERN);
    return store.get(proposal, TEMPLATE) == ruledTemplate
        || concern == Governed.Concern.RULE.number
        || concern == Governed.Concern.OPERATOR.number;
  }

  /** Whether an operator has a hand in it, perhaps under roles or a key that do not count now. */
  private boolean isOf(final int proposal, final int operator) {
    return intAt(proposal, PROPOSER) == operator || hasApproved(proposal, operator);
  }

  void answer(final int proposal, final ProposalState state, final Answer answer) {
    answer.state = state.value();
    answer.value = store.get(proposal, APPROVALS);
    answer.digest(
        store.get(proposal, HASH),
        store.get(proposal, HASH + 1),
        store.get(proposal, HASH + 2),
        store.get(proposal, HASH + 3));
  }

  /**
   * Puts the event out.
   *
   * @param change its bytes when it is new, or null
   */
  void say(
      final int proposal,
      final ProposalState state,
      final int signer,
      final int needed,
      final Code code,
      final Command change) {
    final Feed feed = core.feed;
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed.proposal().hi(store.get(proposal, ID)).lo(store.get(proposal, ID + 1));
    changed
        .changeTemplate(intAt(proposal, TEMPLATE))
        .state(state)
        .approvals((short) store.get(proposal, APPROVALS))
        .needed((short) needed)
        .reserved((short) 0)
        .code(code)
        .proposer(store.get(proposal, PROPOSER))
        .signer(Integer.toUnsignedLong(signer))
        .expiresMs(store.get(proposal, EXPIRES))
        .changedSequence(store.get(proposal, CHANGED));
    Words.copy(store, proposal, HASH, changed.changeHash());
    if (change == null) {
      changed.putChange(feed.buffer(), 0, 0);
    } else {
      changed.putChange(change.buffer, change.offset, change.length);
    }
    feed.commit(changed.encodedLength());
  }

  @Override
  public long nextDueMs() {
    return ends.nextDeadlineMs();
  }

  @Override
  public void step(final long nowMs) {
    for (int i = core.settings.count(Parameter.TIMERS_PER_COMMAND);
        i > 0 && ends.nextDeadlineMs() <= nowMs && core.feed.hasRoomForDueWork(EVENT_BYTES);
        i--) {
      final int proposal = ends.peek();
      say(proposal, ProposalState.EXPIRED, 0, 0, Code.OK, null);
      close(proposal);
    }
  }

  /** For checks: each is timed, can be found, and holds what was signed for. */
  void check(final EnclosedChange change, final List<String> problems) {
    if (ends.size() != store.size() || index.size() != store.size()) {
      problems.add(store.size() + " proposals are open, " + ends.size() + " are timed");
    }
    final int[] blocks = new int[1];
    store.forEach(
        p -> {
          final int blob = (int) store.get(p, BLOB);
          blocks[0] += BlobStore.recordsFor(blobs.length(blob));
          final Code code = read(p, change);
          if (code != Code.OK && code != Code.VERSION_NOT_ACTIVE) {
            problems.add("proposal " + p + " holds a change that is " + code);
          }
          final RecordStore scratch = new RecordStore("scratch", 4, 1);
          final int hashed = scratch.allocate();
          hash.first()
              .put(store.get(p, ID))
              .put(store.get(p, ID + 1))
              .put(store.get(p, PROPOSER))
              .put(change.kept(), 0, blobs.length(blob))
              .into(scratch, hashed, 0);
          for (int i = 0; i < 4; i++) {
            if (scratch.get(hashed, i) != store.get(p, HASH + i)) {
              problems.add("proposal " + p + " is not what its hash says");
              return;
            }
          }
        });
    if (blocks[0] != blobs.records().size()) {
      problems.add("proposals hold " + blocks[0] + " blocks of " + blobs.records().size());
    }
  }
}
