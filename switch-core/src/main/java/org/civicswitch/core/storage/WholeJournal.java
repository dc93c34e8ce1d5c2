package org.civicswitch.core.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal to read from its first command on: the segments that are still in place, and below them
 * the archived ones. Nothing can be written through it. One thread.
 */
public final class WholeJournal implements Storage {
  private final Storage journal;
  private final Archive archive;

  public WholeJournal(final Storage journal, final Archive archive) {
    this.journal = journal;
    this.archive = archive;
  }

  @Override
  public List<String> list() throws IOException {
    final List<String> present = journal.list();
    final List<String> names = new ArrayList<>();
    for (final String segment : archive.segments()) {
      if (!present.contains(segment)) {
        names.add(segment);
      }
    }
    names.addAll(present);
    names.sort(null);
    return names;
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    return journal.list().contains(name) ? journal.open(name) : archive.open(name);
  }

  @Override
  public void rename(final String from, final String to) {
    throw readOnly();
  }

  @Override
  public void delete(final String name) {
    throw readOnly();
  }

  @Override
  public void forceDirectory() {
    throw readOnly();
  }

  @Override
  public long usableBytes() {
    return 0;
  }

  static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a journal with its archive is only read");
  }
}
