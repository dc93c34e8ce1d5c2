package org.civicswitch.ops.console.accounts;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * The accounts of a console: one file that only its owner may read, replaced whole. A file and not
 * a table, so that a person can sign in while a database is down, and the command line can change
 * accounts while the console runs. Safe for use by many threads and processes.
 */
public final class Accounts {
  public static final int ACCOUNTS_MAX = 1_000;

  private static final String FILE = "accounts.json";

  /** A file lock is the process's: within it, this one is held first. */
  private static final Object PROCESS = new Object();

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private volatile Kept kept = new Kept(null, Map.of());

  private record Kept(Stamp stamp, Map<String, Account> accounts) {}

  /** Which file was read: a file that replaces another is another one. */
  private record Stamp(Object key, long modifiedMs, long size) {}

  /**
   * What a person is told once, and nobody again.
   *
   * @param codeUri for an authenticator, {@code otpauth://}
   */
  public record Credentials(Account account, String password, String codeSecret, String codeUri) {}

  private Accounts(final Path directory) {
    this.directory = directory;
  }

  /**
   * @param directory made when absent
   * @throws IOException if it, or the file in it, is open to others or damaged
   */
  public static Accounts open(final Path directory) throws IOException {
    OwnerOnlyFiles.directory(directory);
    final Accounts accounts = new Accounts(directory);
    accounts.all();
    return accounts;
  }

  /** By name. */
  public List<Account> list() throws IOException {
    return List.copyOf(all().values());
  }

  public Optional<Account> find(final String name) throws IOException {
    return Optional.ofNullable(all().get(name));
  }

  /** Who may sign in on a provider's word about this subject; nobody who is disabled. */
  public Optional<Account> findByOpenId(final String issuer, final String subject)
      throws IOException {
    final String both = both(issuer, subject);
    return all().values().stream()
        .filter(account -> account.openId().equals(both) && !account.disabled())
        .findFirst();
  }

  private static String both(final String issuer, final String subject) {
    if (issuer.isBlank() || issuer.contains(" ") || subject.isBlank() || subject.length() > 255) {
      throw new IllegalArgumentException(
          "an OpenID Connect issuer is an address, and a subject 1 to 255 characters");
    }
    return issuer + " " + subject;
  }

  /**
   * Has an account's person sign in on a provider's word too; whoever is signed in is out.
   *
   * @throws IllegalArgumentException if there is no such account, or another has this subject
   */
  public Account link(final String name, final String issuer, final String subject)
      throws IOException {
    final String both = both(issuer, subject);
    change(
        all -> {
          final Account account = existing(all, name);
          all.values().stream()
              .filter(other -> other.openId().equals(both) && !other.name().equals(name))
              .findFirst()
              .ifPresent(
                  other -> {
                    throw new IllegalArgumentException(
                        "this subject is linked to " + other.name() + " already");
                  });
          return all.put(name, account.withOpenId(both)) != null;
        });
    return find(name).orElseThrow();
  }

  /**
   * No provider's word counts for this account any more.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Account unlink(final String name) throws IOException {
    change(all -> all.put(name, existing(all, name).withOpenId("")) != null);
    return find(name).orElseThrow();
  }

  /**
   * Adds an account that signs in by a password and codes made here.
   *
   * @throws IllegalArgumentException if there is one of this name, or there are too many
   */
  public Credentials add(final Account account) throws IOException {
    final Made made = Made.anew();
    put(account.withCredentials(made.hash, made.secret));
    return made.of(account);
  }

  /** Adds those that are not there yet, as they are. */
  public void addMissing(final Collection<Account> wanted) throws IOException {
    for (final Account account : wanted) {
      if (find(account.name()).isEmpty()) {
        put(account);
      }
    }
  }

  private void put(final Account account) throws IOException {
    change(
        all -> {
          if (all.containsKey(account.name())) {
            throw new IllegalArgumentException("there is an account " + account.name());
          }
          if (all.size() >= ACCOUNTS_MAX) {
            throw new IllegalArgumentException("there are " + ACCOUNTS_MAX + " accounts already");
          }
          all.put(account.name(), account);
          return true;
        });
  }

  /**
   * Nobody signs in as this one from now on, and whoever has is out.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Account disable(final String name) throws IOException {
    change(all -> all.put(name, existing(all, name).asDisabled()) != null);
    return find(name).orElseThrow();
  }

  /**
   * New password and codes, and no provider's word; an account that was disabled is so no more.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Credentials reset(final String name) throws IOException {
    final Made made = Made.anew();
    change(
        all -> all.put(name, existing(all, name).withCredentials(made.hash, made.secret)) != null);
    return made.of(find(name).orElseThrow());
  }

  /** Marks a code's step as used; false if it, or a later one, was used before. */
  boolean useCode(final String name, final long step) throws IOException {
    return change(
        all -> {
          final Account account = all.get(name);
          if (account == null || account.disabled() || account.codeStep() >= step) {
            return false;
          }
          all.put(name, account.withCodeStep(step));
          return true;
        });
  }

  private static Account existing(final Map<String, Account> all, final String name) {
    final Account account = all.get(name);
    if (account == null) {
      throw new IllegalArgumentException("there is no account " + name);
    }
    return account;
  }

  /** Returns whether to keep what it did to the accounts. */
  @FunctionalInterface
  private interface Step {
    boolean take(Map<String, Account> all);
  }

  private boolean change(final Step step) throws IOException {
    synchronized (PROCESS) {
      final Path lock = directory.resolve("accounts.lock");
      if (!Files.exists(lock)) {
        OwnerOnlyFiles.create(lock, new byte[0]);
      }
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        final Map<String, Account> all = new TreeMap<>(all());
        final boolean changed = held.isValid() && step.take(all);
        if (changed) {
          OwnerOnlyFiles.replace(
              directory.resolve(FILE), write(all).getBytes(StandardCharsets.UTF_8));
        }
        return changed;
      }
    }
  }

  private Map<String, Account> all() throws IOException {
    final Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Map.of();
    }
    final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    final Stamp stamp =
        new Stamp(
            attributes.fileKey(), attributes.lastModifiedTime().toMillis(), attributes.size());
    Kept current = kept;
    if (!stamp.equals(current.stamp())) {
      current = new Kept(stamp, read(file));
      kept = current;
    }
    return current.accounts();
  }

  private static Map<String, Account> read(final Path file) throws IOException {
    final String text = new String(OwnerOnlyFiles.read(file), StandardCharsets.UTF_8);
    try {
      final Map<String, Account> all = new TreeMap<>();
      for (final Object entry : new JsonObject(text).getJsonArray("accounts")) {
        final JsonObject json = (JsonObject) entry;
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        json.getJsonArray("roles").forEach(role -> roles.add(Role.parse((String) role)));
        final Account account =
            new Account(
                json.getString("name"),
                roles,
                Scope.parse(json.getString("scope")),
                json.getInteger("operator"),
                json.getBoolean("disabled"),
                json.getInteger("generation"),
                json.getString("password_hash"),
                json.getString("code_secret"),
                json.getLong("code_step"),
                json.getString("openid", ""));
        all.put(account.name(), account);
      }
      return all;
    } catch (final DecodeException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static String write(final Map<String, Account> all) {
    final JsonArray accounts = new JsonArray();
    for (final Account account : all.values()) {
      final JsonArray roles = new JsonArray();
      account.roles().forEach(role -> roles.add(role.word()));
      accounts.add(
          new JsonObject()
              .put("name", account.name())
              .put("roles", roles)
              .put("scope", account.scope().toString())
              .put("operator", account.operator())
              .put("disabled", account.disabled())
              .put("generation", account.generation())
              .put("password_hash", account.passwordHash())
              .put("code_secret", account.codeSecret())
              .put("code_step", account.codeStep())
              .put("openid", account.openId()));
    }
    return new JsonObject().put("accounts", accounts).encodePrettily() + "\n";
  }

  /** A password and a secret that were just made. Made, not chosen: nobody has them elsewhere. */
  private record Made(String password, String hash, String secret) {
    /** 100 bits, in groups of five that can be typed. */
    private static final int GROUPS = 4;

    static Made anew() {
      final byte[] random = new byte[13];
      RANDOM.nextBytes(random);
      final String digits = OneTimeCodes.base32(random).toLowerCase(java.util.Locale.ROOT);
      final StringBuilder password = new StringBuilder();
      for (int i = 0; i < GROUPS; i++) {
        password.append(i == 0 ? "" : "-").append(digits, 5 * i, 5 * i + 5);
      }
      return new Made(
          password.toString(),
          PasswordHash.of(password.toString(), RANDOM),
          OneTimeCodes.newSecret(RANDOM));
    }

    Credentials of(final Account account) {
      return new Credentials(
          account,
          password,
          secret,
          "otpauth://totp/Civic%20Switch:"
              + account.name()
              + "?secret="
              + secret
              + "&issuer=Civic%20Switch");
    }
  }
}
