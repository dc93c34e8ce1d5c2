package org.civicswitch.ops.console.accounts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * Logins for development: for each account a file that only its owner may read, with an address
 * that signs in once. A used one is replaced at once; at the end all are removed. Safe for use by
 * many threads.
 */
public final class OneTimeLogins implements AutoCloseable {
  private final Path directory;
  private final String address;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> accountByToken = new ConcurrentHashMap<>();

  /**
   * @param address to which a login's secret text is added
   * @throws IOException if a file cannot be written
   */
  public OneTimeLogins(final Path directory, final List<String> accounts, final String address)
      throws IOException {
    this.directory = OwnerOnlyFiles.directory(directory);
    this.address = address;
    for (final String account : accounts) {
      write(account);
    }
  }

  public Path directory() {
    return directory;
  }

  private void write(final String account) throws IOException {
    final byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    final String token = HexFormat.of().formatHex(bytes);
    OwnerOnlyFiles.replace(
        directory.resolve(account), (address + token + "\n").getBytes(StandardCharsets.UTF_8));
    accountByToken.put(token, account);
  }

  /** Whose login it is; it stays unused. */
  public Optional<String> look(final String token) {
    return Optional.ofNullable(accountByToken.get(token));
  }

  /**
   * Uses a login.
   *
   * @throws IOException if the next one cannot be written
   */
  public Optional<String> use(final String token) throws IOException {
    final String account = accountByToken.remove(token);
    if (account != null) {
      write(account);
    }
    return Optional.ofNullable(account);
  }

  @Override
  public void close() throws IOException {
    for (final String account : accountByToken.values()) {
      Files.deleteIfExists(directory.resolve(account));
    }
    accountByToken.clear();
  }
}
