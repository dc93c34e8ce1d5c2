package org.civicswitch.ops.console.accounts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Who is signed in, in memory: after a restart nobody is. A session is known by a random text of
 * which only a hash is kept; it ends when nothing is asked for too long, after a while in any case,
 * and at once when its account is changed. Safe for use by many threads.
 */
public final class Sessions {
  public static final Duration IDLE_DEFAULT = Duration.ofMinutes(15);
  public static final Duration IDLE_MIN = Duration.ofMinutes(1);
  public static final Duration LIFE_MAX = Duration.ofHours(12);
  public static final int SESSIONS_MAX = 1_000;
  public static final int PER_ACCOUNT_MAX = 10;

  private final Accounts accounts;
  private final long idleMs;
  private final LongSupplier clockMs;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> byHash = new LinkedHashMap<>();

  /**
   * @param idle from {@link #IDLE_MIN} to {@link #LIFE_MAX}
   * @throws IllegalArgumentException for another
   */
  public Sessions(final Accounts accounts, final Duration idle, final LongSupplier clockMs) {
    if (idle.compareTo(IDLE_MIN) < 0 || idle.compareTo(LIFE_MAX) > 0) {
      throw new IllegalArgumentException("a session's idle time is from 1 min to 12 h");
    }
    this.accounts = accounts;
    this.idleMs = idle.toMillis();
    this.clockMs = clockMs;
  }

  private static final class Session {
    final String account;
    final int generation;
    final long openedMs;
    long askedMs;

    Session(final Account account, final long nowMs) {
      this.account = account.name();
      this.generation = account.generation();
      this.openedMs = nowMs;
      this.askedMs = nowMs;
    }
  }

  /** Opens one; its id is for the browser alone. */
  public synchronized String open(final Account account) {
    final long nowMs = clockMs.getAsLong();
    byHash.values().removeIf(session -> isOver(session, nowMs));
    final long own = byHash.values().stream().filter(s -> s.account.equals(account.name())).count();
    if (own >= PER_ACCOUNT_MAX) {
      removeEldest(account.name());
    } else if (byHash.size() >= SESSIONS_MAX) {
      removeEldest(null);
    }
    final byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    final String id = HexFormat.of().formatHex(bytes);
    byHash.put(hash(id), new Session(account, nowMs));
    return id;
  }

  private void removeEldest(final String account) {
    final Iterator<Session> all = byHash.values().iterator();
    while (all.hasNext()) {
      if (account == null || all.next().account.equals(account)) {
        if (account == null) {
          all.next();
        }
        all.remove();
        return;
      }
    }
  }

  /**
   * Whose session it is, as the account is now.
   *
   * @param asked whether a person asks: only that keeps a session from becoming idle
   * @throws IOException if the accounts cannot be read
   */
  public Optional<Account> account(final String id, final boolean asked) throws IOException {
    final Session session;
    synchronized (this) {
      final String hash = hash(id);
      session = byHash.get(hash);
      final long nowMs = clockMs.getAsLong();
      if (session == null || isOver(session, nowMs)) {
        byHash.remove(hash);
        return Optional.empty();
      }
      if (asked) {
        session.askedMs = nowMs;
      }
    }
    final Optional<Account> account =
        accounts
            .find(session.account)
            .filter(now -> !now.disabled() && now.generation() == session.generation);
    if (account.isEmpty()) {
      close(id);
    }
    return account;
  }

  public synchronized void close(final String id) {
    byHash.remove(hash(id));
  }

  private boolean isOver(final Session session, final long nowMs) {
    return nowMs - session.askedMs >= idleMs || nowMs - session.openedMs >= LIFE_MAX.toMillis();
  }

  private static String hash(final String id) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
