package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The file {@code FORMAT} of a data directory: one line that says what wrote it. It is written when
 * the first journal segment is durable, so a directory that has it has a journal.
 */
public final class DataFormat {
  /**
   * What this program writes and reads. 2: remembered content compares the value date by itself. 3:
   * so many lines of an envelope are under way and no more. 4: a page's hash covers what was ever
   * used of it. 5: operators' signatures are checked. 6: schemes may settle deferred, in windows.
   */
  public static final int VERSION = 6;

  static final String FILE = "FORMAT";
  private static final String WORDS = "civicswitch data format ";
  private static final String MAKING = "unfinished-FORMAT";
  private static final int LONGEST = 100;

  private DataFormat() {}

  /**
   * Looks at a directory before anything else does.
   *
   * @return false if it is fresh
   * @throws StorageCorruptException if it is of another version, or something is missing
   */
  public static boolean check(final Storage storage) throws IOException {
    if (!storage.list().contains(FILE)) {
      checkFresh(storage);
      return false;
    }
    final String text = read(storage);
    if (!text.startsWith(WORDS) || !text.endsWith("\n")) {
      throw new StorageCorruptException(
          FILE,
          0,
          "it says \"" + text.strip() + "\" and not \"" + WORDS + VERSION + "\"",
          "Is this the right directory? If so, put the file back from a copy");
    }
    final int version = number(text.substring(WORDS.length()).strip());
    if (version != VERSION) {
      throw new StorageFormatException(FILE, WORDS.length(), "data", version, VERSION);
    }
    if (!Journal.exists(storage)) {
      throw new StorageCorruptException(
          SegmentHeader.fileName(1),
          0,
          "the directory was in use and has no journal",
          "Put the journal back from a copy");
    }
    return true;
  }

  private static String read(final Storage storage) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    try (Storage.StoredFile file = storage.open(FILE)) {
      file.read(bytes, 0);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  private static int number(final String text) {
    try {
      return Integer.parseInt(text);
    } catch (final NumberFormatException e) {
      throw new StorageCorruptException(
          FILE, WORDS.length(), "\"" + text + "\" is no version", "Put the file back from a copy");
    }
  }

  /** A first start that was interrupted leaves an empty first segment, and nothing more. */
  private static void checkFresh(final Storage storage) throws IOException {
    for (final String name : storage.list()) {
      final boolean harmless =
          (name.equals(SegmentHeader.fileName(1)) && SegmentChain.isBlank(storage))
              || SegmentFiles.isSpare(name)
              || name.equals(MAKING);
      if (!harmless) {
        throw new StorageCorruptException(
            FILE,
            0,
            "the file is missing, and the directory is not empty: there is " + name,
            "Is this the right directory? If so, put the file back from a copy");
      }
    }
  }

  /** Marks the directory as one in use. */
  static void write(final Storage storage) throws IOException {
    try (Storage.StoredFile file = storage.open(MAKING)) {
      file.truncate(0);
      final byte[] text = (WORDS + VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
      file.write(ByteBuffer.wrap(text), 0);
      file.force();
    }
    storage.rename(MAKING, FILE);
    storage.forceDirectory();
  }

  /** A number of at least 0 as it stands in file names, which sort as their numbers do. */
  static String digits(final long number) {
    final String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 19 - digits.length())) + digits;
  }
}
