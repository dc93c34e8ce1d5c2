package org.civicswitch.ops.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest payments by UETR, a bounded number, and the very last of them in order. */
final class Payments {
  static final int LAST = 25;

  private final Map<Id128, PaymentWay> byUetr;
  private final Deque<PaymentWay> last = new ArrayDeque<>(LAST + 1);
  private final int kept;
  private long seen;

  Payments(final int kept) {
    this.kept = kept;
    // Insertion order: the eldest leaves first, whatever happened to it since.
    this.byUetr = new LinkedHashMap<>();
  }

  PaymentWay get(final Id128 uetr) {
    return byUetr.get(uetr);
  }

  /** The payment, made and listed as the last one if it is new. */
  PaymentWay open(final Id128 uetr) {
    final PaymentWay known = byUetr.get(uetr);
    if (known != null) {
      return known;
    }
    final PaymentWay way = new PaymentWay(uetr);
    byUetr.put(uetr, way);
    if (byUetr.size() > kept) {
      final var eldest = byUetr.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
    last.addFirst(way);
    if (last.size() > LAST) {
      last.removeLast();
    }
    seen++;
    return way;
  }

  List<PaymentWay> last() {
    return new ArrayList<>(last);
  }

  int size() {
    return byUetr.size();
  }

  /** How many there ever were. */
  long seen() {
    return seen;
  }

  int kept() {
    return kept;
  }
}
