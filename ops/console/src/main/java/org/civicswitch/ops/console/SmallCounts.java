package org.civicswitch.ops.console;

import java.util.List;

/**
 * What may be said in public of how many: of fewer than five people nothing but that, and nothing
 * from which it could be worked out.
 */
final class SmallCounts {
  static final int FEWEST = 5;

  /**
   * So many payments come or go before a figure says something new: hardly anybody is behind more
   * than two of them.
   */
  static final int MOVES = 10;

  private SmallCounts() {}

  static boolean isSmall(final long count) {
    return count > 0 && count < FEWEST;
  }

  /**
   * Which parts of a total that is told must not be told: the small ones, and then the smallest of
   * the others until what is not told is at least two parts and at least five.
   */
  static boolean[] hidden(final List<Long> parts) {
    final boolean[] hidden = new boolean[parts.size()];
    long sum = 0;
    int count = 0;
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = isSmall(parts.get(i));
      sum += hidden[i] ? parts.get(i) : 0;
      count += hidden[i] ? 1 : 0;
    }
    while (count > 0 && (count < 2 || sum < FEWEST)) {
      final int next = smallestShown(parts, hidden);
      if (next < 0) {
        break;
      }
      hidden[next] = true;
      sum += parts.get(next);
      count++;
    }
    return hidden;
  }

  private static int smallestShown(final List<Long> parts, final boolean[] hidden) {
    int smallest = -1;
    for (int i = 0; i < hidden.length; i++) {
      if (!hidden[i] && parts.get(i) > 0 && (smallest < 0 || parts.get(i) < parts.get(smallest))) {
        smallest = i;
      }
    }
    return smallest;
  }
}
