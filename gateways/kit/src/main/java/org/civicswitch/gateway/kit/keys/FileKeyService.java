package org.civicswitch.gateway.kit.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.civicswitch.gateway.kit.Id128;

/**
 * The key service of development and small pilots: keys are files of their owner in one directory.
 * Several processes of one owner may share the directory; each logs its openings apart.
 *
 * <p>In this form a caller is known by being code of a process that may read the files. An erased
 * key is gone from every process at its next use, because a cached key counts only while its file
 * exists.
 */
public final class FileKeyService implements KeyService, AutoCloseable {
  /** Openings that show a payload to a person, per caller. */
  public static final int REVEALS_PER_MINUTE = 30;

  /** Openings that deliver a payload to its agent, per caller: 20,000 a second. */
  public static final int DELIVERIES_PER_MINUTE = 1_200_000;

  private static final String AES = "AES";
  private static final String HMAC = "HmacSHA256";

  private final KeyFiles files;
  private final OpeningLog openings;
  private final int revealsPerMinute;
  private final int deliveriesPerMinute;
  private final Map<String, SecretKey> cache = new ConcurrentHashMap<>();

  private FileKeyService(
      KeyFiles files, OpeningLog openings, int revealsPerMinute, int deliveriesPerMinute) {
    this.files = files;
    this.openings = openings;
    this.revealsPerMinute = revealsPerMinute;
    this.deliveriesPerMinute = deliveriesPerMinute;
  }

  /**
   * Opens the keys in this directory; makes the first ones when there are none.
   *
   * @param process names the log of this process's openings: {@code DIRECTORY/openings/PROCESS}
   */
  public static FileKeyService open(Path directory, String process) throws IOException {
    return open(directory, process, REVEALS_PER_MINUTE, DELIVERIES_PER_MINUTE);
  }

  /** The same with other rates. */
  public static FileKeyService open(
      Path directory, String process, int revealsPerMinute, int deliveriesPerMinute)
      throws IOException {
    final KeyFiles files = new KeyFiles(directory);
    for (final TokenKey kind : TokenKey.values()) {
      files.getOrCreate(tokenName(kind, 1), HMAC);
    }
    final SecretKey auditKey = files.getOrCreate("openings", AES);
    return new FileKeyService(
        files,
        OpeningLog.open(directory.resolve("openings").resolve(process), auditKey),
        revealsPerMinute,
        deliveriesPerMinute);
  }

  /**
   * Makes a caller known. Only whoever holds the key service can do this, which is the process that
   * could read the files anyway.
   *
   * @param name as it is to stand in the log of openings
   */
  public Caller admit(String name, Set<Caller.Right> rights) {
    final long now = System.nanoTime();
    return new Caller(
        name,
        rights,
        new OpeningRate(deliveriesPerMinute, Math.max(1, deliveriesPerMinute), now),
        new OpeningRate(revealsPerMinute, Math.max(1, revealsPerMinute), now));
  }

  @Override
  public int tokenKeyVersion(TokenKey kind) {
    int version = 1;
    while (files.exists(tokenName(kind, version + 1))) {
      version++;
    }
    return version;
  }

  /** Makes the next version of a token key. Tokens are then mapped anew by commands. */
  public int rotate(TokenKey kind) throws IOException {
    final int version = tokenKeyVersion(kind) + 1;
    files.getOrCreate(tokenName(kind, version), HMAC);
    return version;
  }

  @Override
  public SecretKey tokenKey(Caller caller, TokenKey kind, int version) throws KeyRefused {
    require(caller, Caller.Right.TOKENS);
    return existing(tokenName(kind, version), HMAC);
  }

  @Override
  public SecretKey sealingKey(Caller caller, Epoch epoch) throws KeyRefused {
    require(caller, Caller.Right.SEAL);
    final String name = epochName(epoch);
    final SecretKey cached = cache.get(name);
    if (cached != null && files.exists(name)) {
      return cached;
    }
    try {
      if (files.isErased(name)) {
        throw erased(name);
      }
      final SecretKey key = files.getOrCreate(name, AES);
      if (files.isErased(name)) {
        // Erased at the same moment: the new key must not live.
        files.erase(name);
        throw erased(name);
      }
      cache.put(name, key);
      return key;
    } catch (IOException e) {
      throw new KeyRefused(KeyRefused.Cause.STORAGE, "the key " + name + " cannot be read", e);
    }
  }

  @Override
  public SecretKey openingKey(Caller caller, Epoch epoch, Opening opening) throws KeyRefused {
    require(caller, opening.right());
    if (!caller.rate(opening.right()).take(System.nanoTime())) {
      throw new KeyRefused(KeyRefused.Cause.RATE, caller + " opens too much; try again later");
    }
    final String name = epochName(epoch);
    final SecretKey key = existing(name, AES);
    log("open " + opening.right(), caller, epoch, opening.subject(), opening.reason());
    return key;
  }

  @Override
  public void eraseEpoch(Caller caller, Epoch epoch, String reason) throws KeyRefused, IOException {
    require(caller, Caller.Right.ERASE);
    log("erase", caller, epoch, Id128.NONE, reason);
    cache.remove(epochName(epoch));
    files.erase(epochName(epoch));
  }

  /** What was opened, by whom and why, in order. */
  public OpeningLog openings() {
    return openings;
  }

  @Override
  public void close() throws IOException {
    cache.clear();
    openings.close();
  }

  private SecretKey existing(String name, String algorithm) throws KeyRefused {
    final SecretKey cached = cache.get(name);
    if (cached != null && files.exists(name)) {
      return cached;
    }
    cache.remove(name);
    try {
      final SecretKey key = files.get(name, algorithm);
      if (key == null) {
        throw files.isErased(name)
            ? erased(name)
            : new KeyRefused(KeyRefused.Cause.UNKNOWN, "no key " + name);
      }
      cache.put(name, key);
      return key;
    } catch (IOException e) {
      throw new KeyRefused(KeyRefused.Cause.STORAGE, "the key " + name + " cannot be read", e);
    }
  }

  private void log(String what, Caller caller, Epoch epoch, Id128 subject, String reason)
      throws KeyRefused {
    try {
      openings.append(
          new OpeningLog.Entry(
              System.currentTimeMillis(), what, caller.name(), epoch, subject, reason));
    } catch (UncheckedIOException e) {
      throw new KeyRefused(KeyRefused.Cause.STORAGE, "the opening cannot be logged", e);
    }
  }

  private static void require(Caller caller, Caller.Right right) throws KeyRefused {
    if (!caller.may(right)) {
      throw new KeyRefused(KeyRefused.Cause.NOT_ALLOWED, caller + " has no right to " + right);
    }
  }

  private static KeyRefused erased(String name) {
    return new KeyRefused(KeyRefused.Cause.ERASED, "the key " + name + " was erased");
  }

  private static String tokenName(TokenKey kind, int version) {
    return "token-"
        + switch (kind) {
          case ALIAS -> "alias";
          case SUBJECT -> "subject";
          case CONTENT -> "content";
          case ID -> "id";
        }
        + "-"
        + version;
  }

  private static String epochName(Epoch epoch) {
    return "epoch-" + epoch.group() + "-" + epoch.day();
  }
}
