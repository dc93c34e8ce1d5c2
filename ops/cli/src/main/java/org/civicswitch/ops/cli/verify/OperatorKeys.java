package org.civicswitch.ops.cli.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.civicswitch.core.protocol.OperatorChangedDecoder;
import org.civicswitch.gateway.kit.Digest256;

/** Operators' keys, each from the command behind the one that brought it in. */
final class OperatorKeys {
  private final Map<Integer, NavigableMap<Long, Digest256>> keys = new HashMap<>();

  void add(final OperatorChangedDecoder changed) {
    keys.computeIfAbsent((int) changed.signer(), operator -> new TreeMap<>())
        .put(changed.at().sequence(), Digest256.of(changed.publicKey()));
  }

  /** With which key an operator signs the command of this sequence; null for nobody. */
  Digest256 at(final int operator, final long sequence) {
    final NavigableMap<Long, Digest256> known = keys.get(operator);
    final Map.Entry<Long, Digest256> entry = known == null ? null : known.lowerEntry(sequence);
    return entry == null ? null : entry.getValue();
  }
}
