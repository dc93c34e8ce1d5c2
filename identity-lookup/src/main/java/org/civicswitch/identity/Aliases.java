package org.civicswitch.identity;

import static org.civicswitch.identity.IdentityResult.OK;

import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.IdLookAhead;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Which account, at which participant, an alias leads to. Every change of an alias has a version of
 * its own, 1 higher than the one before; an unlinked alias keeps its version, so that none is ever
 * used twice. The owner of an unlinked one is forgotten.
 *
 * <p>An alias is in two records under one handle, 64 bytes of tokens and 16 of mapping: records are
 * never released, so both stores hand out the same handles. One thread.
 */
public final class Aliases {
  private static final int TOKEN_WORDS = 8;
  private static final int TOKEN = 0;
  private static final int OWNER = 4;

  private static final int MAPPING_WORDS = 2;
  private static final int VERSION = 0;

  /** Participant in the high half, payload in the low one. Participant 0: unlinked. */
  private static final int TARGET = 1;

  private final RecordStore tokens;
  private final RecordStore mappings;
  private final IdIndex byToken;
  private final Token none = new Token();

  Aliases(final StateSpace space, final int capacity) {
    tokens = space.add("identity.aliases", TOKEN_WORDS, capacity);
    mappings = space.add("identity.mappings", MAPPING_WORDS, capacity);
    byToken = new IdIndex(tokens, TOKEN, Token.WORDS);
  }

  void seed(final long seed) {
    byToken.seed(seed);
  }

  void rebuild() {
    byToken.rebuild();
  }

  /** Aliases ever linked: unlinked ones are kept and counted. */
  public int count() {
    return tokens.size();
  }

  /** Sets the most aliases, unlinked ones included, 1 to 2^29; what is there stays. */
  public void capacity(final int records) {
    tokens.capacity(records);
    mappings.capacity(records);
  }

  /**
   * @return the handle of the alias, unlinked ones included, or 0
   */
  public int find(final Token alias) {
    return byToken.find(alias.a(), alias.b(), alias.c(), alias.d());
  }

  /**
   * @return the handle of the alias if it is linked, or 0
   */
  public int resolve(final Token alias) {
    final int handle = find(alias);
    return isLinked(handle) ? handle : 0;
  }

  /** Has the alias, if there is one, brought near with others. */
  public void lookAhead(final IdLookAhead ids, final Token alias) {
    ids.add(byToken, alias.a(), alias.b(), alias.c(), alias.d());
  }

  /** What {@link #link} would refuse, or OK. */
  public int checkLink(final Token alias, final Token owner, final int participant) {
    final int handle = find(alias);
    if (handle == 0 && tokens.isFull()) {
      return IdentityResult.CAPACITY;
    }
    if (isLinked(handle) && !isOwner(handle, owner)) {
      return IdentityResult.ALIAS_EXISTS;
    }
    if (alias.isNone() || owner.isNone() || participant == 0) {
      return IdentityResult.ARGUMENT_INVALID;
    }
    return OK;
  }

  /**
   * Links an alias that is free, or moves one of the same owner (portability). Whoever owns the
   * payload that was there reads {@link #payload} before.
   *
   * @param participant where the account is, not 0
   * @param payload the caller's own handle of what is private, 0 for none
   * @return the handle of the alias, or -CAPACITY, -ALIAS_EXISTS (another owner's),
   *     -ARGUMENT_INVALID
   */
  public int link(final Token alias, final Token owner, final int participant, final int payload) {
    final int result = checkLink(alias, owner, participant);
    if (result != OK) {
      return -result;
    }
    int handle = find(alias);
    if (handle == 0) {
      handle = tokens.allocate();
      if (mappings.allocate() != handle) {
        throw new IllegalStateException("alias records and mappings do not run in step");
      }
      alias.writeTo(tokens.writable(handle), tokens.offset(handle) + TOKEN);
      byToken.put(handle);
    }
    change(handle, owner, participant, payload);
    return handle;
  }

  /** What {@link #unlinkByOwner} would refuse, or OK. */
  public int checkUnlinkByOwner(final int alias, final Token owner) {
    if (!isLinked(alias)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    return isOwner(alias, owner) ? OK : IdentityResult.ALIAS_OWNER_CHANGED;
  }

  /** OK, ALIAS_UNKNOWN or ALIAS_OWNER_CHANGED. */
  public int unlinkByOwner(final int alias, final Token owner) {
    final int result = checkUnlinkByOwner(alias, owner);
    if (result == OK) {
      change(alias, none, 0, 0);
    }
    return result;
  }

  /** What {@link #unlinkByParticipant} would refuse, or OK. */
  public int checkUnlinkByParticipant(final int alias, final int participant) {
    if (!isLinked(alias)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    return participant(alias) == participant ? OK : IdentityResult.ALIAS_OWNER_CHANGED;
  }

  /** OK, ALIAS_UNKNOWN or ALIAS_OWNER_CHANGED (the alias is at another participant). */
  public int unlinkByParticipant(final int alias, final int participant) {
    final int result = checkUnlinkByParticipant(alias, participant);
    if (result == OK) {
      change(alias, none, 0, 0);
    }
    return result;
  }

  private void change(
      final int alias, final Token owner, final int participant, final int payload) {
    owner.writeTo(tokens.writable(alias), tokens.offset(alias) + OWNER);
    mappings.set(alias, VERSION, version(alias) + 1);
    mappings.set(alias, TARGET, (long) participant << 32 | Integer.toUnsignedLong(payload));
  }

  /**
   * Judges an instruction that was made from an earlier look-up: the same owner at another bank is
   * followed, another owner is refused.
   *
   * @param alias its handle, 0 if there is none
   * @param version the mapping version looked up, 1 or more
   * @param owner the owner looked up
   * @return OK: pay to {@link #participant} as it is now; or ALIAS_UNKNOWN, ALIAS_OWNER_CHANGED,
   *     ALIAS_VERSION_AHEAD, ARGUMENT_INVALID (version below 1)
   */
  public int check(final int alias, final long version, final Token owner) {
    if (!isLinked(alias)) {
      return IdentityResult.ALIAS_UNKNOWN;
    }
    if (!isOwner(alias, owner)) {
      return IdentityResult.ALIAS_OWNER_CHANGED;
    }
    if (version > version(alias)) {
      return IdentityResult.ALIAS_VERSION_AHEAD;
    }
    return version < 1 ? IdentityResult.ARGUMENT_INVALID : OK;
  }

  public boolean isLinked(final int alias) {
    return alias > 0 && alias <= mappings.highWater() && participant(alias) != 0;
  }

  private boolean isOwner(final int alias, final Token owner) {
    return owner.isAt(tokens.page(alias), tokens.offset(alias) + OWNER);
  }

  /** The version of its last change. */
  public long version(final int alias) {
    return mappings.get(alias, VERSION);
  }

  /** 0 when unlinked. */
  public int participant(final int alias) {
    return (int) (mappings.get(alias, TARGET) >>> 32);
  }

  /** The caller's own handle of what is private, 0 when there is none. */
  public int payload(final int alias) {
    return (int) mappings.get(alias, TARGET);
  }

  public void token(final int alias, final Token target) {
    target.readFrom(tokens.page(alias), tokens.offset(alias) + TOKEN);
  }

  /** None when unlinked. */
  public void owner(final int alias, final Token target) {
    target.readFrom(tokens.page(alias), tokens.offset(alias) + OWNER);
  }
}
