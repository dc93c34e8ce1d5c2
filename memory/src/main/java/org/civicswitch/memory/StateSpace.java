package org.civicswitch.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * All record stores of one state machine, in a fixed order: what is saved, loaded and hashed. State
 * that is not in here does not exist after a restart.
 */
public final class StateSpace {
  private final List<RecordStore> stores = new ArrayList<>();
  private final PageHashes hashes = new PageHashes();

  /** Adds the next store under a name of its own; the order is part of the snapshot's format. */
  public RecordStore add(final String name, final int recordWords, final int capacity) {
    for (final RecordStore other : stores) {
      if (other.name().equals(name)) {
        throw new IllegalArgumentException("there is a store " + name + " already");
      }
    }
    final RecordStore store = new RecordStore(name, recordWords, capacity);
    stores.add(store);
    return store;
  }

  /**
   * Equal for equal state, whatever way led to it; not for secrets. Incremental: costs time only
   * for pages changed since the last call.
   */
  public long stateHash() {
    for (int i = 0; i < stores.size(); i++) {
      stores.get(i).hashPages(hashes);
    }
    hashes.finish();
    long sum = 0;
    for (int i = 0; i < stores.size(); i++) {
      sum = Hash.combine(sum, stores.get(i).stateHash());
    }
    return sum;
  }

  /**
   * Freezes every store. At most one image at a time: the one before must have been closed.
   *
   * <p>The image may be written by another thread to which it is handed over safely, and must not
   * be closed before that thread is done with it: closing lets the engine change the pages.
   */
  public Image freeze() {
    final FrozenStore[] frozen = new FrozenStore[stores.size()];
    for (int i = 0; i < frozen.length; i++) {
      frozen[i] = stores.get(i).freeze();
    }
    return new Image(frozen);
  }

  /**
   * Replaces the content of every store, or of none when the source throws. Indexes over them must
   * be rebuilt afterwards.
   */
  public void load(final SnapshotSource source) {
    final List<RecordStore.Content> read = new ArrayList<>();
    for (final RecordStore store : stores) {
      read.add(store.read(source));
    }
    source.end();
    for (int i = 0; i < read.size(); i++) {
      stores.get(i).take(read.get(i));
    }
  }

  /** The whole state at one moment; written once, by any one thread. */
  public static final class Image implements AutoCloseable {
    private final FrozenStore[] frozen;
    private long stateHash;
    private boolean written;

    private Image(final FrozenStore[] frozen) {
      this.frozen = frozen;
    }

    /** Writes one section per store. An exception of the sink leaves the image to be closed. */
    public void writeTo(final SnapshotSink sink) {
      if (written) {
        throw new IllegalStateException("an image is written once");
      }
      // Its own: the engine hashes on another thread meanwhile.
      final PageHashes hashes = new PageHashes();
      for (final FrozenStore store : frozen) {
        store.writeTo(sink, hashes);
      }
      hashes.finish();
      long sum = 0;
      for (final FrozenStore store : frozen) {
        sum = Hash.combine(sum, store.stateHash());
      }
      stateHash = sum;
      written = true;
    }

    /** Known once the image is written: it is computed from the very pages that were written. */
    public long stateHash() {
      if (!written) {
        throw new IllegalStateException("the hash is known once the image is written");
      }
      return stateHash;
    }

    /** What the engine has copied so far because the image was open. */
    public long copiedBytes() {
      long sum = 0;
      for (final FrozenStore store : frozen) {
        sum += store.copiedBytes();
      }
      return sum;
    }

    /** Lets go of the pages. */
    @Override
    public void close() {
      for (final FrozenStore store : frozen) {
        store.close();
      }
    }
  }
}
