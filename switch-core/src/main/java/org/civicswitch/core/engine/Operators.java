package org.civicswitch.core.engine;

import java.util.function.IntPredicate;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DigestDecoder;
import org.civicswitch.core.protocol.OperatorChangedEncoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * People who sign, with which key, and what each may sign. At genesis, operator 0 may: see {@link
 * #isGenesis}.
 */
final class Operators implements CommandHandler {
  static final int PLATFORM = 1;
  static final int SETTLEMENT = 1 << 1;
  static final int PROGRAMME = 1 << 2;
  static final int APPROVER = 1 << 3;
  static final int IDENTITY = 1 << 4;
  static final int BREAK_GLASS = 1 << 5;
  static final int ALL_ROLES = (1 << 6) - 1;

  private static final int WORDS = 8;
  private static final int ID = 0;
  private static final int ROLES = 1;
  private static final int PUBLIC_KEY = 2;
  private static final int CAPACITY = 4096;

  private final RecordStore store;
  private final IdIndex index;
  private final Scalars scalars;
  private final Feed feed;
  private final Signatures signatures;
  private final byte[] newKey = new byte[Signatures.KEY_BYTES];
  private final RegisterOperatorDecoder register = new RegisterOperatorDecoder();
  private final OperatorChangedEncoder changed = new OperatorChangedEncoder();
  private int triedHandle;
  private int triedRoles;

  Operators(
      final StateSpace space, final Scalars scalars, final Feed feed, final Signatures signatures) {
    store = space.add("engine.operators", WORDS, CAPACITY);
    index = new IdIndex(store, ID, 1);
    this.scalars = scalars;
    this.feed = feed;
    this.signatures = signatures;
  }

  void rebuild() {
    index.rebuild();
  }

  /**
   * Whether operator 0 may sign this kind now: anything until the first operator is registered, and
   * further operators until the first command came over a connection.
   */
  boolean isGenesis(final int template) {
    return store.size() == 0
        || (template == RegisterOperatorDecoder.TEMPLATE_ID && scalars.get(Scalars.OPENED) == 0);
  }

  /** OK, OPERATOR_UNKNOWN or OPERATOR_NOT_ALLOWED. */
  Code check(final int operator, final int anyOfRoles) {
    final int handle = find(operator);
    if (handle == 0) {
      return Code.OPERATOR_UNKNOWN;
    }
    return (roles(handle) & anyOfRoles) == 0 ? Code.OPERATOR_NOT_ALLOWED : Code.OK;
  }

  /** The public key of an operator who is known. */
  void key(final int operator, final byte[] into) {
    Words.copy(store, find(operator), PUBLIC_KEY, into);
  }

  /**
   * Whether somebody may propose with one of the first roles, and so many others approve, who have
   * one role of each of the named sets.
   *
   * @param sets how many of the named sets count
   */
  boolean canApprove(final int proposing, final int[] named, final int sets, final int approvals) {
    int approvers = 0;
    boolean byAnother = false;
    boolean byApprover = false;
    for (int handle = 1; handle <= store.highWater(); handle++) {
      final boolean approves = hasOneOfEach(roles(handle), named, sets);
      approvers += approves ? 1 : 0;
      if ((roles(handle) & proposing) != 0) {
        byApprover |= approves;
        byAnother |= !approves;
      }
    }
    return (byAnother && approvers >= approvals) || (byApprover && approvers - 1 >= approvals);
  }

  private static boolean hasOneOfEach(final int roles, final int[] named, final int sets) {
    for (int i = 0; i < sets; i++) {
      if ((roles & named[i]) == 0) {
        return false;
      }
    }
    return true;
  }

  /** What a question is answered with, if this operator had these roles. */
  boolean would(final int operator, final int roles, final IntPredicate question, final int about) {
    triedHandle = find(operator);
    triedRoles = roles;
    final boolean answer = question.test(about);
    triedHandle = 0;
    return answer;
  }

  private int roles(final int handle) {
    return handle == triedHandle ? triedRoles : (int) store.get(handle, ROLES);
  }

  boolean isEmpty() {
    return store.size() == 0;
  }

  boolean isKnown(final int operator) {
    return find(operator) != 0;
  }

  /** Whether a key can be this operator's: it is a key, and nobody else's. OK, or why not. */
  Code checkKey(final int operator, final DigestDecoder key) {
    Words.copy(key, newKey);
    if (!signatures.isKey(newKey)) {
      return Code.CONFIG_INVALID;
    }
    final int own = find(operator);
    for (int handle = 1; handle <= store.highWater(); handle++) {
      if (handle != own && Words.isSame(key, store, handle, PUBLIC_KEY)) {
        // Two operators with one key would be one person.
        return Code.OPERATOR_EXISTS;
      }
    }
    return Code.OK;
  }

  /** Gives an operator who is known other roles, and another key unless it is zero. */
  void change(final int operator, final int roles, final DigestDecoder key) {
    final int handle = find(operator);
    store.set(handle, ROLES, roles);
    if (!Words.isZero(key)) {
      Words.copy(key, store, handle, PUBLIC_KEY);
    }
    say(handle);
  }

  private int find(final int operator) {
    return index.find(Integer.toUnsignedLong(operator), 0);
  }

  @Override
  public Code apply(final Command command) {
    register.wrap(command.buffer, command.block, RegisterOperatorDecoder.BLOCK_LENGTH, 1);
    final int operator = (int) register.newOperator();
    final int roles = register.roles().getRaw();
    if (store.isFull()) {
      return Code.CAPACITY;
    }
    if (operator == 0 || (roles & ~ALL_ROLES) != 0) {
      return Code.CONFIG_INVALID;
    }
    if (find(operator) != 0) {
      return Code.OPERATOR_EXISTS;
    }
    final Code key = checkKey(operator, register.publicKey());
    if (key != Code.OK) {
      return key;
    }
    final int handle = store.allocate();
    store.set(handle, ID, Integer.toUnsignedLong(operator));
    store.set(handle, ROLES, roles);
    Words.copy(register.publicKey(), store, handle, PUBLIC_KEY);
    index.put(handle);
    say(handle);
    return Code.OK;
  }

  private void say(final int handle) {
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    changed.signer(store.get(handle, ID));
    feed.buffer()
        .putShort(
            changed.offset() + OperatorChangedEncoder.rolesEncodingOffset(),
            (short) store.get(handle, ROLES),
            OperatorChangedEncoder.BYTE_ORDER);
    Words.copy(store, handle, PUBLIC_KEY, changed.publicKey());
    feed.commit(changed.encodedLength());
  }
}
