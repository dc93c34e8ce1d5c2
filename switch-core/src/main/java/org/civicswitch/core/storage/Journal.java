package org.civicswitch.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The log of commands on disk: what is in here and forced has happened. {@link #append} and {@link
 * #commit} belong to one thread and allocate nothing; {@link #sealed}, {@link #retire} and {@link
 * #prepareSpare} may be called by one other.
 *
 * <p>After a {@link JournalFailedException} the journal is dead: the host halts and a restart finds
 * out what is durable.
 */
public final class Journal implements AutoCloseable {
  /** Longest command. */
  public static final int MAX_ENTRY_BYTES = 64 * 1024;

  private final Storage storage;
  private final JournalOptions options;
  private final SegmentFiles files;
  private final BatchBuffer batch;
  private final ByteBuffer headerBlock =
      ByteBuffer.allocateDirect(SegmentHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CopyOnWriteArrayList<SealedSegment> sealed = new CopyOnWriteArrayList<>();

  private Storage.StoredFile file;
  private SegmentHeader header;
  private long end;
  private long chain;
  private long appended;
  private volatile long committed;
  private JournalFailedException failure;
  private boolean cutTail;

  private Journal(final Storage storage, final JournalOptions options) throws IOException {
    this.storage = storage;
    this.options = options;
    this.files = new SegmentFiles(storage, options.segmentBytes(), options.spares());
    this.batch = new BatchBuffer(options.batchBytes());
  }

  /** Whether this directory holds a journal. */
  public static boolean exists(final Storage storage) throws IOException {
    for (final String name : storage.list()) {
      if (SegmentHeader.isSegment(name)) {
        return true;
      }
    }
    return false;
  }

  /** Begins a journal whose first entry will be sequence 1. */
  public static Journal create(final Storage storage, final JournalOptions options)
      throws IOException {
    if (exists(storage)) {
      throw new IllegalStateException("there is a journal already");
    }
    final Journal journal = new Journal(storage, options);
    journal.newSegment(1, 1, 0, 0, null);
    return journal;
  }

  /**
   * Goes on behind the last entry of what is there. Always in a segment of its own: what was torn
   * off stays behind in the old one, where nothing can mistake it for an entry. The last group is
   * written again, because after a failed force a file may read well and not be on disk.
   *
   * @throws StorageCorruptException if the last segment or the chain of segments is damaged
   */
  public static Journal resume(final Storage storage, final JournalOptions options)
      throws IOException {
    final SegmentChain segments = SegmentChain.read(storage);
    if (segments.isEmpty()) {
      throw new StorageCorruptException(
          SegmentHeader.fileName(1),
          0,
          "there is no journal segment",
          "Put the journal back from a copy");
    }
    final Journal journal = new Journal(storage, options);
    for (int i = 1; i < segments.size(); i++) {
      journal.addSealed(segments.get(i - 1), segments.get(i), false);
    }
    journal.continueBehind(segments.last());
    return journal;
  }

  private void continueBehind(final SegmentHeader old) throws IOException {
    final String oldName = SegmentHeader.fileName(old.number());
    final LastGroup group;
    try (SegmentWalk walk = new SegmentWalk(SegmentScanner.open(storage, oldName), null)) {
      group = LastGroup.find(walk);
      cutTail = walk.torn();
    }
    if (group.place() == SegmentHeader.BYTES) {
      newSegment(old.number(), old.firstSequence(), old.previousEnd(), old.previousChain(), group);
      return;
    }
    newSegment(old.number() + 1, group.firstSequence(), group.place(), group.chainBefore(), group);
    addSealed(old, header, false);
    try (Storage.StoredFile oldFile = storage.open(oldName)) {
      writeSeal(oldFile, old, group.place(), group.firstSequence() - 1, header.number());
    }
  }

  private void addSealed(
      final SegmentHeader segment, final SegmentHeader next, final boolean recyclable) {
    sealed.add(
        new SealedSegment(
            segment.number(),
            segment.firstSequence(),
            next.firstSequence() - 1,
            next.previousEnd(),
            segment.capacity(),
            recyclable));
  }

  /** The segment gets its name once its header and first entries are durable. */
  private void newSegment(
      final long number,
      final long firstSequence,
      final long previousEnd,
      final long previousChain,
      final LastGroup group)
      throws IOException {
    final long room =
        SegmentHeader.BYTES + (group == null ? 0 : group.bytes() * 2) + 2L * EntryFormat.SECTOR;
    final String name = files.take((int) Math.max(room, options.segmentBytes()));
    final Storage.StoredFile next = storage.open(name);
    try {
      header =
          new SegmentHeader(
              number,
              options.nonces().getAsLong(),
              next.size(),
              firstSequence,
              previousEnd,
              previousChain);
      header.encode(headerBlock);
      next.write(headerBlock, 0);
      end = SegmentHeader.BYTES;
      chain = header.nonce();
      batch.begin(header.nonce(), end, chain);
      appended = firstSequence - 1;
      if (group != null) {
        group.forEach(
            (sequence, timeMs, bytes) -> {
              if (!batch.hasRoom(bytes.capacity(), limit())) {
                flush(next);
              }
              batch.add(sequence, timeMs, bytes, 0, bytes.capacity());
              appended = sequence;
            });
        if (!batch.isEmpty()) {
          flush(next);
        }
      }
      next.force();
      storage.rename(name, SegmentHeader.fileName(number));
      storage.forceDirectory();
      file = next;
      committed = appended;
    } catch (final IOException | RuntimeException e) {
      next.close();
      throw e;
    }
  }

  private void flush(final Storage.StoredFile target) throws IOException {
    target.write(batch.finish(EntryFormat.LAST_OF_BATCH), end);
    end = batch.endPlace();
    chain = batch.chain();
    batch.begin(header.nonce(), end, chain);
  }

  /** The last sector is for the seal. */
  private long limit() {
    return header.capacity() - EntryFormat.SECTOR;
  }

  /**
   * Puts one command into the group that the next {@link #commit} makes durable.
   *
   * @param sequence one more than the last
   * @return false if the group is full: commit, then append again
   * @throws JournalFailedException if a new segment was needed and could not be made
   */
  public boolean append(
      final long sequence,
      final long timeMs,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    checkAlive();
    if (sequence != appended + 1) {
      throw new IllegalArgumentException("sequence " + sequence + " does not follow " + appended);
    }
    if (length < 1 || length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("length out of range: " + length);
    }
    if (!batch.hasRoom(length, limit())) {
      if (!batch.isEmpty()) {
        return false;
      }
      roll();
    }
    batch.add(sequence, timeMs, buffer, offset, length);
    appended = sequence;
    return true;
  }

  /**
   * Returns when everything appended is durable: one write, one force.
   *
   * @throws JournalFailedException for any I/O error; nothing of the group may be released
   */
  public void commit() {
    checkAlive();
    if (batch.isEmpty()) {
      return;
    }
    try {
      flush(file);
      file.force();
    } catch (final IOException e) {
      throw fail("the journal could not be written up to sequence " + appended, e);
    }
    committed = appended;
  }

  private void roll() {
    final Storage.StoredFile old = file;
    final SegmentHeader oldHeader = header;
    final long oldEnd = end;
    try {
      newSegment(header.number() + 1, appended + 1, end, chain, null);
      writeSeal(old, oldHeader, oldEnd, appended, header.number());
      old.close();
      addSealed(oldHeader, header, true);
    } catch (final IOException e) {
      throw fail("no new journal segment could be made behind sequence " + appended, e);
    }
  }

  /** Only when the next segment is durable: a seal without a successor means that one is lost. */
  private static void writeSeal(
      final Storage.StoredFile target,
      final SegmentHeader segment,
      final long place,
      final long lastSequence,
      final long successor)
      throws IOException {
    final BatchBuffer seal = new BatchBuffer(EntryFormat.SECTOR);
    seal.begin(segment.nonce(), place, 0);
    final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.putLong(0, successor);
    seal.add(lastSequence, 0, new UnsafeBuffer(number), 0, Long.BYTES);
    target.write(seal.finish(EntryFormat.SEAL | EntryFormat.LAST_OF_BATCH), place);
    target.force();
  }

  private JournalFailedException fail(final String what, final IOException cause) {
    failure =
        new JournalFailedException(
            what
                + " ("
                + cause.getMessage()
                + "). The switch stops; nothing unwritten was acknowledged. Mend the disk or make"
                + " room, then start it again",
            cause);
    return failure;
  }

  private void checkAlive() {
    if (failure != null) {
      throw new JournalFailedException("the journal has failed before", failure);
    }
  }

  /** Whether the start found, and left out, parts of a group that had never become durable. */
  public boolean cutTail() {
    return cutTail;
  }

  /** The last sequence that was appended. */
  public long appendedSequence() {
    return appended;
  }

  /** The last durable sequence; any thread may ask. */
  public long committedSequence() {
    return committed;
  }

  /** Segments that will not be written again, oldest first; any thread may ask. */
  public List<SealedSegment> sealed() {
    return new ArrayList<>(sealed);
  }

  /**
   * Gives the oldest sealed segment's file back: to be used again if it is of this life. Its
   * content must be archived before.
   *
   * @throws IllegalArgumentException if it is not the oldest
   */
  public void retire(final SealedSegment segment) throws IOException {
    if (sealed.isEmpty() || !sealed.get(0).equals(segment)) {
      throw new IllegalArgumentException("only the oldest sealed segment can be retired");
    }
    files.retire(segment);
    sealed.remove(0);
  }

  /** Makes the next segment's file ahead of need, so that the journal's thread need not. */
  public void prepareSpare() throws IOException {
    files.prepare();
  }

  /** Closes the file; what was not committed is given up. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
