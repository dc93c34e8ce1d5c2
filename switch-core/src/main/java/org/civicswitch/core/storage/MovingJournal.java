package org.civicswitch.core.storage;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/**
 * As {@link WholeJournal}, beside the host that moves segments from the journal to the archive: one
 * that is in both is read in the archive, where it stays as it is. Nothing can be written through
 * it. One thread.
 */
public final class MovingJournal implements Storage {
  private final Storage journal;
  private final Storage archived;
  private Archive archive;

  /**
   * @param archived where the archive is, or null where there is none
   */
  public MovingJournal(final Storage journal, final Storage archived) throws IOException {
    this.journal = journal;
    this.archived = archived;
    look();
  }

  private void look() throws IOException {
    archive = archived == null ? null : Archive.open(archived);
  }

  @Override
  public List<String> list() throws IOException {
    // In this order: what leaves the journal in between is in the archive by then.
    final TreeSet<String> names = new TreeSet<>(journal.list());
    look();
    if (archive != null) {
      names.addAll(archive.segments());
    }
    return List.copyOf(names);
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    if (archive == null || !SegmentHeader.isSegment(name)) {
      return journal.open(name);
    }
    if (!archive.holds(name) && !journal.list().contains(name)) {
      look();
    }
    return archive.holds(name) ? archive.open(name) : journal.open(name);
  }

  @Override
  public void rename(final String from, final String to) {
    throw WholeJournal.readOnly();
  }

  @Override
  public void delete(final String name) {
    throw WholeJournal.readOnly();
  }

  @Override
  public void forceDirectory() {
    throw WholeJournal.readOnly();
  }

  @Override
  public long usableBytes() {
    return 0;
  }
}
