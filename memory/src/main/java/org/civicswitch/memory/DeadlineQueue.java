package org.civicswitch.memory;

import java.util.Arrays;

/**
 * Handles ordered by (deadline, sequence, handle): a total order even among the timers of one
 * command, so that what fires first depends on no history and is the same after a load. A four-ary
 * heap that knows where each handle stands, so that a timer can be cancelled. Derived state:
 * rebuilt from the records after a load.
 *
 * <p>One handle is in one queue at most once. Deadlines are UTC milliseconds.
 */
public final class DeadlineQueue {
  private long[] deadlines = new long[256];
  private long[] sequences = new long[256];
  private int[] handles = new int[256];
  private int[] places = new int[256];
  private int size;

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
    Arrays.fill(places, 0);
  }

  /** The earliest deadline, or {@link Long#MAX_VALUE} when empty. */
  public long nextDeadlineMs() {
    return size == 0 ? Long.MAX_VALUE : deadlines[0];
  }

  /** The handle with the earliest deadline, or 0 when empty. */
  public int peek() {
    return size == 0 ? 0 : handles[0];
  }

  public boolean contains(final int handle) {
    return handle < places.length && places[handle] != 0;
  }

  public void add(final int handle, final long deadlineMs, final long sequence) {
    if (size == handles.length) {
      deadlines = Arrays.copyOf(deadlines, size * 2);
      sequences = Arrays.copyOf(sequences, size * 2);
      handles = Arrays.copyOf(handles, size * 2);
    }
    if (handle >= places.length) {
      places = Arrays.copyOf(places, Math.max(handle + 1, places.length * 2));
    }
    if (places[handle] != 0) {
      throw new IllegalStateException("handle " + handle + " waits already");
    }
    up(size++, deadlineMs, sequence, handle);
  }

  /** Removes a handle if it waits here. */
  public boolean remove(final int handle) {
    if (!contains(handle)) {
      return false;
    }
    final int at = places[handle] - 1;
    places[handle] = 0;
    size--;
    if (at != size) {
      final long deadline = deadlines[size];
      final long sequence = sequences[size];
      final int moved = handles[size];
      if (at > 0 && before(deadline, sequence, moved, (at - 1) >> 2)) {
        up(at, deadline, sequence, moved);
      } else {
        down(at, deadline, sequence, moved);
      }
    }
    return true;
  }

  private void up(final int from, final long deadline, final long sequence, final int handle) {
    int i = from;
    while (i > 0) {
      final int parent = (i - 1) >> 2;
      if (!before(deadline, sequence, handle, parent)) {
        break;
      }
      place(i, deadlines[parent], sequences[parent], handles[parent]);
      i = parent;
    }
    place(i, deadline, sequence, handle);
  }

  private void down(final int from, final long deadline, final long sequence, final int handle) {
    int i = from;
    while (true) {
      final int first = (i << 2) + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      for (int c = first + 1; c < Math.min(first + 4, size); c++) {
        if (before(deadlines[c], sequences[c], handles[c], least)) {
          least = c;
        }
      }
      if (before(deadline, sequence, handle, least)) {
        break;
      }
      place(i, deadlines[least], sequences[least], handles[least]);
      i = least;
    }
    place(i, deadline, sequence, handle);
  }

  /** Never asked of a handle and its own place: it stands nowhere while it is moved. */
  private boolean before(
      final long deadline, final long sequence, final int handle, final int other) {
    if (deadline != deadlines[other]) {
      return deadline < deadlines[other];
    }
    if (sequence != sequences[other]) {
      return sequence < sequences[other];
    }
    return handle < handles[other];
  }

  private void place(final int i, final long deadline, final long sequence, final int handle) {
    deadlines[i] = deadline;
    sequences[i] = sequence;
    handles[i] = handle;
    places[handle] = i + 1;
  }
}
