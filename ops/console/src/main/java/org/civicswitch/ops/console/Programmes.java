package org.civicswitch.ops.console;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;

/** Programmes and their money: set by {@code ProgrammeChanged}, moved by lines in between. */
final class Programmes {
  private final Map<Long, Programme> byNumber = new TreeMap<>();

  void on(final ProgrammeChangedDecoder event) {
    final Programme programme = at(event.programme());
    programme.payingParticipant = event.payingParticipant();
    programme.cashAsset = event.cashAsset();
    programme.authorityAsset = event.authorityAsset();
    programme.cash = event.cash();
    programme.authority = event.authority();
    programme.spent = event.spent();
    programme.voucherReserve = event.voucherReserve();
    programme.committed = event.committed();
    programme.code = event.code().strip();
  }

  Programme at(final long number) {
    return byNumber.computeIfAbsent(number, Programme::new);
  }

  Collection<Programme> all() {
    return byNumber.values();
  }

  /** One programme; amounts in minor units. */
  static final class Programme {
    final long number;
    long payingParticipant;
    long cashAsset;
    long authorityAsset;
    long cash;
    long authority;
    long spent;
    long voucherReserve;

    /** Of the cash: held by released envelopes. */
    long committed;

    /** Of that: promised to lines that are under way. */
    long reserved;

    String code = "";

    /** All cash that is the programme's, whatever it is set aside for. */
    long held() {
      return cash + voucherReserve;
    }

    Programme(final long number) {
      this.number = number;
    }
  }
}
