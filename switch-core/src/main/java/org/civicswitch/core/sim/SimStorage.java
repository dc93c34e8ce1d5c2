package org.civicswitch.core.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.civicswitch.core.storage.Storage;

/**
 * A disk in memory that keeps what was forced and treats what was not as badly as a real one may. A
 * {@link #crash} decides, seeded, what becomes of it: lost, torn, flipped or written elsewhere,
 * sector by sector. One thread.
 *
 * <p>What was forced is never touched, for that is what a disk promises; damage to it is done by
 * {@link #damage}. After a failed force the writes concerned are undefined for ever, also if a
 * later force succeeds.
 */
public final class SimStorage implements Storage {
  static final int SECTOR = 512;

  private final Map<String, Inode> names = new TreeMap<>();
  private final Map<String, Inode> durableNames = new TreeMap<>();
  private final List<NameChange> nameChanges = new ArrayList<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private long capacity = Long.MAX_VALUE;
  private long used;
  private long forcesUntilFailure = -1;
  private long writesUntilStop = -1;
  private long readsUntilFailure = -1;
  private int life;

  /** Bytes that fit; a write beyond fails. */
  public void capacity(final long bytes) {
    capacity = bytes;
  }

  /** The force after so many good ones fails, and every one behind it until a crash. */
  public void failForceAfter(final long goodForces) {
    forcesUntilFailure = goodForces;
  }

  /** The read after so many good ones fails, and every one behind it until a crash. */
  public void failReadAfter(final long goodReads) {
    readsUntilFailure = goodReads;
  }

  /**
   * The machine loses power at the call after so many further calls that change something: that and
   * every later call fails until {@link #crash}.
   */
  public void stopAfter(final long calls) {
    writesUntilStop = calls;
  }

  /** How often each kind of fault was really done. */
  public Map<String, Long> faults() {
    return Collections.unmodifiableMap(faults);
  }

  private void count(final String kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  private void step() throws IOException {
    if (writesUntilStop == 0) {
      throw new IOException("the simulated machine has no power");
    }
    if (writesUntilStop > 0) {
      writesUntilStop--;
    }
  }

  @Override
  public List<String> list() {
    return new ArrayList<>(names.keySet());
  }

  @Override
  public StoredFile open(final String name) throws IOException {
    Inode inode = names.get(name);
    if (inode == null) {
      step();
      inode = new Inode();
      names.put(name, inode);
      nameChanges.add(new NameChange(null, name, inode));
    }
    return new SimFile(inode, life);
  }

  @Override
  public void rename(final String from, final String to) throws IOException {
    final Inode inode = names.get(from);
    if (inode == null) {
      throw new IOException("no such file: " + from);
    }
    step();
    names.remove(from);
    release(names.put(to, inode));
    nameChanges.add(new NameChange(from, to, inode));
  }

  @Override
  public void delete(final String name) throws IOException {
    final Inode inode = names.get(name);
    if (inode == null) {
      throw new IOException("no such file: " + name);
    }
    step();
    names.remove(name);
    release(inode);
    nameChanges.add(new NameChange(name, null, inode));
  }

  private void release(final Inode inode) {
    if (inode != null) {
      used -= inode.length;
    }
  }

  @Override
  public void forceDirectory() throws IOException {
    step();
    failIfArmed();
    nameChanges.forEach(change -> change.apply(durableNames));
    nameChanges.clear();
  }

  private void failIfArmed() throws IOException {
    if (forcesUntilFailure == 0) {
      count("force_failed");
      throw new IOException("Input/output error");
    }
    if (forcesUntilFailure > 0) {
      forcesUntilFailure--;
    }
  }

  @Override
  public long usableBytes() {
    return capacity - used;
  }

  /** Power is lost and comes back: open files are dead, and what was not forced is decided. */
  public void crash(final RandomGenerator random) {
    life++;
    forcesUntilFailure = -1;
    writesUntilStop = -1;
    readsUntilFailure = -1;
    count("crash");
    // Directories are journaled by real file systems: a prefix of the changes survives.
    final int kept = random.nextInt(nameChanges.size() + 1);
    if (kept < nameChanges.size()) {
      count("names_lost");
    }
    for (int i = 0; i < kept; i++) {
      nameChanges.get(i).apply(durableNames);
    }
    nameChanges.clear();
    names.clear();
    names.putAll(durableNames);
    used = 0;
    final CrashOutcome outcome = new CrashOutcome(random, this::count);
    final Map<Inode, Boolean> seen = new HashMap<>();
    for (final Inode inode : names.values()) {
      if (seen.put(inode, true) == null) {
        inode.crash(outcome);
        used += inode.length;
      }
    }
  }

  /** Only the process dies: nothing that was written is lost, open files are dead. */
  public void kill() {
    life++;
    forcesUntilFailure = -1;
    writesUntilStop = -1;
    readsUntilFailure = -1;
    count("kill");
  }

  /** Flips bits of what is stored, forced or not. */
  public void damage(final String name, final long position, final int mask) {
    final Inode inode = names.get(name);
    inode.content.flip(position, mask);
    inode.durable.flip(position, mask);
    count("damaged");
  }

  /** Somebody moves a file away; what is returned puts it back. */
  Runnable takeAway(final String name) {
    final Inode inode = names.remove(name);
    final Inode durable = durableNames.remove(name);
    count("file_missing");
    return () -> {
      names.put(name, inode);
      if (durable != null) {
        durableNames.put(name, durable);
      }
    };
  }

  /** Somebody puts two files each in the other's place. */
  void swap(final String one, final String other) {
    for (final Map<String, Inode> map : List.of(names, durableNames)) {
      final Inode inode = map.get(one);
      map.put(one, map.get(other));
      map.put(other, inode);
    }
    count("files_swapped");
  }

  private record NameChange(String from, String to, Inode inode) {
    void apply(final Map<String, Inode> target) {
      if (from != null) {
        target.remove(from);
      }
      if (to != null) {
        target.put(to, inode);
      }
    }
  }

  /** A write that was not forced; one whose force failed stays here for ever. */
  static final class Pending {
    private final long position;
    private final int length;
    private final SimBytes bytes;
    private boolean undefined;

    /**
     * @param bytes of the whole file, as this write left it
     */
    Pending(final long position, final int length, final SimBytes bytes) {
      this.position = position;
      this.length = length;
      this.bytes = bytes;
    }

    long position() {
      return position;
    }

    long end() {
      return position + length;
    }

    SimBytes bytes() {
      return bytes;
    }
  }

  private static final class Inode {
    private SimBytes content = new SimBytes();
    private SimBytes durable = new SimBytes();
    private int length;
    private int durableLength;
    private List<Pending> pending = new ArrayList<>();

    void wrote(final long from, final long to) {
      pending.add(new Pending(from, (int) (to - from), content.copy()));
    }

    void force() {
      final List<Pending> undefined = new ArrayList<>();
      for (final Pending write : pending) {
        if (write.undefined) {
          undefined.add(write);
        } else {
          durable.put(write.bytes, write.position, write.end());
        }
      }
      pending = undefined;
      durableLength = length;
    }

    void forceFailed() {
      pending.forEach(write -> write.undefined = true);
    }

    void crash(final CrashOutcome outcome) {
      length = outcome.length(durableLength, length);
      outcome.apply(durable, pending);
      durable.cut(length);
      content = durable.copy();
      durableLength = length;
      pending.clear();
    }
  }

  private final class SimFile implements StoredFile {
    private final Inode inode;
    private final int opened;

    SimFile(final Inode inode, final int opened) {
      this.inode = inode;
      this.opened = opened;
    }

    private void alive() throws IOException {
      if (opened != life) {
        throw new IOException("the process that opened this file is gone");
      }
    }

    @Override
    public long size() throws IOException {
      alive();
      return inode.length;
    }

    @Override
    public void write(final ByteBuffer source, final long position) throws IOException {
      alive();
      step();
      final long end = position + source.remaining();
      if (used + Math.max(0, end - inode.length) > capacity) {
        count("no_space");
        throw new IOException("No space left on device");
      }
      used += Math.max(0, end - inode.length);
      inode.content.put(position, source);
      inode.length = (int) Math.max(inode.length, end);
      inode.wrote(position, end);
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException {
      alive();
      if (readsUntilFailure == 0) {
        count("read_failed");
        throw new IOException("Input/output error");
      }
      if (readsUntilFailure > 0) {
        readsUntilFailure--;
      }
      if (position >= inode.length) {
        return -1;
      }
      final int count = (int) Math.min(target.remaining(), inode.length - position);
      inode.content.get(position, target, count);
      return count;
    }

    @Override
    public void force() throws IOException {
      alive();
      step();
      try {
        failIfArmed();
      } catch (final IOException e) {
        inode.forceFailed();
        throw e;
      }
      inode.force();
    }

    @Override
    public void truncate(final long size) throws IOException {
      alive();
      step();
      if (size < inode.length) {
        used -= inode.length - size;
        inode.content.cut(size);
        inode.wrote(size, inode.length);
        inode.length = (int) size;
      }
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
