package org.civicswitch.ops.treasury;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.gateway.kit.Digest256;

/** Which key an operator had when. One thread writes, any thread reads. */
final class KeyHistory {
  private final Map<Integer, NavigableMap<Long, Digest256>> keys = new HashMap<>();

  synchronized void on(final OperatorChangedDecoder event, final boolean takenOut) {
    keys.computeIfAbsent((int) event.signer(), number -> new TreeMap<>())
        .put(event.at().sequence(), takenOut ? Digest256.NONE : Digest256.of(event.publicKey()));
  }

  /** Empty for somebody who was no operator then. */
  synchronized Optional<Digest256> key(final int operator, final long sequence) {
    return Optional.ofNullable(keys.get(operator))
        .map(all -> all.floorEntry(sequence))
        .map(Map.Entry::getValue)
        .filter(key -> !key.isNone());
  }
}
