package org.civicswitch.core.storage;

/** What is stored is whole, but of a format that this program does not read. */
public final class StorageFormatException extends StorageCorruptException {
  private static final long serialVersionUID = 1L;

  StorageFormatException(
      final String file, final long offset, final String what, final int found, final int known) {
    super(
        file,
        offset,
        what
            + " format "
            + found
            + " is "
            + (found > known ? "newer" : "older")
            + " than format "
            + known
            + ", which this program reads",
        "Start the version of the program that wrote it");
  }
}
