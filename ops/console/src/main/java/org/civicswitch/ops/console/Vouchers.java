package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;
import org.civicswitch.core.protocol.VoucherState;

/** The newest vouchers and what is left on them. */
final class Vouchers {
  static final int KEPT = 10_000;

  private final Map<Id128, Voucher> byId = new LinkedHashMap<>();

  void on(final VoucherChangedDecoder event) {
    final Id128 id = Id128.of(event.voucher());
    put(
        id,
        new Voucher(
            id,
            event.programme(),
            event.asset(),
            event.state(),
            event.amount(),
            event.left(),
            event.category(),
            event.expiresMs()));
  }

  /** The programme that the voucher draws on; -1 when the voucher is not known here. */
  long on(final VoucherRedeemedDecoder event) {
    final Id128 id = Id128.of(event.voucher());
    final Voucher known = byId.get(id);
    if (known == null) {
      return -1;
    }
    put(
        id,
        new Voucher(
            id,
            known.programme,
            known.asset,
            event.left() == 0 ? VoucherState.SPENT : VoucherState.PARTLY_SPENT,
            known.amount,
            event.left(),
            known.category,
            known.expiresMs));
    return known.programme;
  }

  private void put(final Id128 id, final Voucher voucher) {
    byId.put(id, voucher);
    if (byId.size() > KEPT) {
      final var eldest = byId.entrySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Newest first, at most {@code limit}. */
  List<Voucher> newest(final int limit) {
    final List<Voucher> list = new ArrayList<>(byId.values());
    Collections.reverse(list);
    return list.subList(0, Math.min(limit, list.size()));
  }

  record Voucher(
      Id128 id,
      long programme,
      long asset,
      VoucherState state,
      long amount,
      long left,
      int category,
      long expiresMs) {}
}
