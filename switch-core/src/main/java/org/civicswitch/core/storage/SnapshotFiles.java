package org.civicswitch.core.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.civicswitch.memory.SnapshotSink;
import org.civicswitch.memory.SnapshotSource;

/**
 * The snapshots of a directory; the newest two are kept. One thread writes. A snapshot has its name
 * only once it is whole and durable.
 */
public final class SnapshotFiles {
  static final int KEPT = 2;

  private static final String DAMAGED = "damaged-";

  private final Storage storage;

  public SnapshotFiles(final Storage storage) {
    this.storage = storage;
  }

  /**
   * Writes, forces and names a snapshot, then deletes those before the newest two.
   *
   * @param content writes the sections and then says what it was of
   * @throws IOException if it could not be written; what was there before is untouched, and the
   *     room is given back
   */
  public SnapshotInfo write(final Function<SnapshotSink, SnapshotInfo> content) throws IOException {
    final String temporary = SnapshotFormat.UNFINISHED + "snapshot";
    final SnapshotInfo info;
    try (Storage.StoredFile file = storage.open(temporary)) {
      file.truncate(0);
      final SnapshotWriter writer = new SnapshotWriter(file);
      info = content.apply(writer);
      writer.finish(info);
    } catch (final UncheckedIOException e) {
      discard(temporary, e.getCause());
      throw e.getCause();
    } catch (final IOException | RuntimeException e) {
      discard(temporary, e);
      throw e;
    }
    storage.rename(temporary, SnapshotFormat.fileName(info.sequence()));
    storage.forceDirectory();
    final List<String> names = names();
    for (int i = KEPT; i < names.size(); i++) {
      storage.delete(names.get(i));
    }
    storage.forceDirectory();
    return info;
  }

  private void discard(final String temporary, final Exception reason) {
    try {
      storage.delete(temporary);
    } catch (final IOException alsoFailed) {
      reason.addSuppressed(alsoFailed);
    }
  }

  /** Newest first. */
  private List<String> names() throws IOException {
    final List<String> names = new ArrayList<>();
    for (final String name : storage.list()) {
      if (SnapshotFormat.isSnapshot(name)) {
        names.add(name);
      }
    }
    Collections.reverse(names);
    return names;
  }

  /**
   * Takes a damaged snapshot out of the count under the name {@code damaged-...}: one that nobody
   * can start from must not stand for one that covers the journal, nor push out one that does.
   */
  void setAside(final String name) throws IOException {
    storage.rename(name, DAMAGED + name);
    storage.forceDirectory();
  }

  /** Removes what an interrupted write left. */
  public void clean() throws IOException {
    for (final String name : storage.list()) {
      if (name.startsWith(SnapshotFormat.UNFINISHED)) {
        storage.delete(name);
      }
    }
  }

  /**
   * Loads the newest snapshot that is whole and not ahead of a feed: from there on the events that
   * the feed lacks come again.
   *
   * @param feedSequenceMax {@link Long#MAX_VALUE} where there is no feed
   * @param load takes the values up to {@link SnapshotSource#end}, and keeps nothing of a snapshot
   *     in which it comes upon damage
   * @param damaged told of each newer one that is not whole
   * @return of what was loaded; null if there is none, so that the journal has to be replayed from
   *     its beginning
   * @throws StorageFormatException if one is of a format that this program does not read
   */
  SnapshotInfo loadNewest(
      final long feedSequenceMax,
      final Consumer<? super SnapshotReader> load,
      final Consumer<StorageCorruptException> damaged)
      throws IOException {
    for (final String name : names()) {
      try (SnapshotReader reader = SnapshotReader.open(storage, name)) {
        if (reader.info().feedSequence() <= feedSequenceMax) {
          load.accept(reader);
          reader.end();
          return reader.info();
        }
        // Not to let a damaged one stand for the journal only because it is not needed today.
        reader.check();
      } catch (final StorageFormatException e) {
        throw e;
      } catch (final StorageCorruptException e) {
        damaged.accept(e);
      } catch (final UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return null;
  }

  /**
   * Up to here the journal is not needed even if the newest snapshot turns out to be damaged: the
   * sequence of the older of two, 0 with fewer.
   */
  public long coveredSequence() throws IOException {
    final List<String> names = names();
    return names.size() < KEPT ? 0 : SnapshotFormat.sequence(names.get(KEPT - 1));
  }

  /** The sequences of all snapshots by their names, newest first. */
  public List<Long> sequences() throws IOException {
    return names().stream().map(SnapshotFormat::sequence).toList();
  }

  /** What the snapshots whose headers can be read say of themselves, newest first. */
  public List<SnapshotInfo> infos() throws IOException {
    final List<SnapshotInfo> infos = new ArrayList<>();
    for (final String name : names()) {
      try (SnapshotReader reader = SnapshotReader.open(storage, name)) {
        infos.add(reader.info());
      } catch (final StorageCorruptException notOne) {
        // None to begin with; whoever recovers or verifies is told.
      }
    }
    return infos;
  }

  /** The newest snapshot's sequence by its name, 0 if there is none. */
  public long newestSequence() throws IOException {
    final List<String> names = names();
    return names.isEmpty() ? 0 : SnapshotFormat.sequence(names.get(0));
  }
}
