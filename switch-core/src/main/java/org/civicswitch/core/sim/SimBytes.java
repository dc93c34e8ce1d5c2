package org.civicswitch.core.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a simulated file, without an end: zeros where nothing was put. They lie in blocks
 * that are never changed once made, so that what is on the way to the disk, what it shows and what
 * it keeps can share them; zeros take no room. One thread.
 */
final class SimBytes {
  private static final int BLOCK = 4096;
  private static final byte[] ZEROS = new byte[BLOCK];

  private byte[][] blocks = new byte[0][];

  private byte[] block(final int index) {
    return index < blocks.length && blocks[index] != null ? blocks[index] : ZEROS;
  }

  private void block(final int index, final byte[] block) {
    if (index >= blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(index + 1, blocks.length * 2));
    }
    blocks[index] = block;
  }

  void put(final long position, final byte[] bytes, final int from, final int length) {
    int done = 0;
    while (done < length) {
      final int index = (int) ((position + done) / BLOCK);
      final int offset = (int) ((position + done) % BLOCK);
      final int count = Math.min(BLOCK - offset, length - done);
      final int start = from + done;
      final boolean zeros = Arrays.equals(bytes, start, start + count, ZEROS, 0, count);
      if (!zeros || block(index) != ZEROS) {
        final byte[] changed = block(index).clone();
        System.arraycopy(bytes, start, changed, offset, count);
        block(index, changed);
      }
      done += count;
    }
  }

  /** Takes all that remains. */
  void put(final long position, final ByteBuffer source) {
    final byte[] bytes = new byte[BLOCK];
    long at = position;
    while (source.hasRemaining()) {
      final int count = Math.min(source.remaining(), BLOCK - (int) (at % BLOCK));
      source.get(bytes, 0, count);
      put(at, bytes, 0, count);
      at += count;
    }
  }

  /** Puts what another one has at the same place. */
  void put(final SimBytes other, final long position, final long end) {
    long at = position;
    while (at < end) {
      final int index = (int) (at / BLOCK);
      final int offset = (int) (at % BLOCK);
      final int count = (int) Math.min(BLOCK - offset, end - at);
      if (count == BLOCK) {
        block(index, other.block(index));
      } else {
        put(at, other.block(index), offset, count);
      }
      at += count;
    }
  }

  void get(final long position, final ByteBuffer target, final int length) {
    int done = 0;
    while (done < length) {
      final int offset = (int) ((position + done) % BLOCK);
      final int count = Math.min(BLOCK - offset, length - done);
      target.put(block((int) ((position + done) / BLOCK)), offset, count);
      done += count;
    }
  }

  byte[] get(final long position, final int length) {
    final byte[] bytes = new byte[length];
    get(position, ByteBuffer.wrap(bytes), length);
    return bytes;
  }

  void flip(final long position, final int mask) {
    final byte[] one = get(position, 1);
    one[0] ^= (byte) mask;
    put(position, one, 0, 1);
  }

  /** Zeros from here on. */
  void cut(final long size) {
    final int whole = (int) Math.min(blocks.length, (size + BLOCK - 1) / BLOCK);
    Arrays.fill(blocks, whole, blocks.length, null);
    final int offset = (int) (size % BLOCK);
    if (offset > 0) {
      put(size, ZEROS, 0, BLOCK - offset);
    }
  }

  /** What is here now, whatever is put here later. */
  SimBytes copy() {
    final SimBytes copy = new SimBytes();
    copy.blocks = blocks.clone();
    return copy;
  }
}
