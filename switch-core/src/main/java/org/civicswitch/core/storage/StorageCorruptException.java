package org.civicswitch.core.storage;

/**
 * What is stored cannot be what was written. Nothing is repaired by guessing: the message names the
 * file, the place, what was found there and what a person can do.
 */
public class StorageCorruptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  public StorageCorruptException(
      final String file, final long offset, final String found, final String advice) {
    super(file + ", offset " + offset + ": " + found + ". " + advice);
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  /** Bytes from the start of the file. */
  public long offset() {
    return offset;
  }
}
