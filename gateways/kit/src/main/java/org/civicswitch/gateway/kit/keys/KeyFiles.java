package org.civicswitch.gateway.kit.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/** 256-bit keys, each in a file of its own that only its owner may read: 64 hexadecimal digits. */
final class KeyFiles {
  private static final int KEY_BYTES = 32;

  private final Path directory;
  private final SecureRandom random = new SecureRandom();

  KeyFiles(Path directory) throws IOException {
    this.directory = OwnerOnlyFiles.directory(directory);
  }

  /** The key of this name; made when there is none. Of two processes at once, one makes it. */
  SecretKey getOrCreate(String name, String algorithm) throws IOException {
    final SecretKey present = get(name, algorithm);
    if (present != null) {
      return present;
    }
    final byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    OwnerOnlyFiles.create(
        file(name), HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(bytes, (byte) 0);
    final SecretKey made = get(name, algorithm);
    if (made == null) {
      throw new IOException("the key " + name + " vanished while it was made");
    }
    return made;
  }

  /**
   * @return null when there is none
   */
  SecretKey get(String name, String algorithm) throws IOException {
    final byte[] text;
    try {
      text = OwnerOnlyFiles.read(file(name));
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      final byte[] bytes =
          HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII).trim());
      if (bytes.length != KEY_BYTES) {
        throw new IOException(file(name) + " does not hold a 256-bit key");
      }
      return new SecretKeySpec(bytes, algorithm);
    } catch (IllegalArgumentException e) {
      throw new IOException(file(name) + " does not hold a 256-bit key", e);
    }
  }

  boolean exists(String name) {
    return Files.exists(file(name));
  }

  boolean isErased(String name) {
    return Files.exists(tombstone(name));
  }

  /** Overwrites the key and removes it; a tombstone keeps it from being made again. */
  void erase(String name) throws IOException {
    OwnerOnlyFiles.create(tombstone(name), new byte[0]);
    final Path file = file(name);
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[KEY_BYTES * 2]), 0);
        channel.force(true);
      }
      Files.deleteIfExists(file);
    }
    OwnerOnlyFiles.forceDirectory(directory);
  }

  private Path file(String name) {
    return directory.resolve(name + ".key");
  }

  private Path tombstone(String name) {
    return directory.resolve(name + ".erased");
  }
}
