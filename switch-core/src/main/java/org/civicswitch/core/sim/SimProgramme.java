package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.CycleClosedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;
import org.civicswitch.core.protocol.VoucherState;

/** The oracle's part on the one programme: its money, its budget, its envelopes, its vouchers. */
final class SimProgramme {
  final List<Envelope> envelopes = new ArrayList<>();
  final List<Voucher> vouchers = new ArrayList<>();
  private final Map<Instruction.Id, Envelope> envelopesById = new LinkedHashMap<>();
  private final Map<Instruction.Id, Voucher> vouchersById = new LinkedHashMap<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final ProgrammeChangedDecoder programme = new ProgrammeChangedDecoder();
  private final CycleClosedDecoder cycleClosed = new CycleClosedDecoder();
  private final Set<Long> closedCycles = new HashSet<>();
  private final EnvelopeChangedDecoder envelope = new EnvelopeChangedDecoder();
  private final VoucherChangedDecoder voucher = new VoucherChangedDecoder();
  private final VoucherRedeemedDecoder redeemed = new VoucherRedeemedDecoder();
  private final FundProgrammeDecoder fund = new FundProgrammeDecoder();
  private Instruction command;
  private boolean authorityCounted;
  private long cash;
  private long authority;
  private long spent;
  private long voucherReserve;
  private long reserved;
  private long held;

  /** An envelope as last told of. */
  static final class Envelope {
    final Instruction.Id id;
    EnvelopeState state = EnvelopeState.NONE;
    long cycle;
    DirectBuffer hash;
    long added;
    long declared;
    long settled;

    Envelope(final Instruction.Id id) {
      this.id = id;
    }

    boolean isOver() {
      return state == EnvelopeState.CLOSED || state == EnvelopeState.CANCELLED;
    }
  }

  /** A voucher and what must be left of it. */
  static final class Voucher {
    final Instruction.Id id;
    long left;
    boolean over;

    Voucher(final Instruction.Id id) {
      this.id = id;
    }
  }

  long cash() {
    return cash;
  }

  long voucherReserve() {
    return voucherReserve;
  }

  long heldLines() {
    return held;
  }

  void begin(final Instruction now, final boolean done) {
    command = now;
    authorityCounted = !done;
  }

  /** Whether money from outside goes to the programme by the command at hand. */
  boolean isFunding() {
    if (command.template != FundProgrammeDecoder.TEMPLATE_ID) {
      return false;
    }
    fund.wrapAndApplyHeader(command.buffer(), 0, header);
    cash += fund.cash();
    return true;
  }

  void reserved(final long amount) {
    reserved += amount;
    SimFailure.unless(
        reserved >= 0 && reserved <= cash && reserved <= authority,
        () -> "lines of " + reserved + " reserved, cash is " + cash + ", authority " + authority);
  }

  void paid(final long amount) {
    cash -= amount;
    authority -= amount;
    spent += amount;
  }

  void givenBack(final long amount, final boolean withAuthority) {
    cash += amount;
    if (withAuthority) {
      authority += amount;
      spent -= amount;
    }
  }

  void apply(final int template, final DirectBuffer event, final Oracle oracle) {
    switch (template) {
      case ProgrammeChangedDecoder.TEMPLATE_ID -> programmeChanged(event);
      case EnvelopeChangedDecoder.TEMPLATE_ID -> envelopeChanged(event);
      case CycleClosedDecoder.TEMPLATE_ID -> cycleClosed(event);
      case VoucherChangedDecoder.TEMPLATE_ID -> voucherChanged(event);
      case VoucherRedeemedDecoder.TEMPLATE_ID -> redeemed(event, oracle);
      case DisbursementHeldDecoder.TEMPLATE_ID -> held++;
      default -> {
        // says nothing about money
      }
    }
  }

  private void programmeChanged(final DirectBuffer event) {
    if (command.template == FundProgrammeDecoder.TEMPLATE_ID && !authorityCounted) {
      authorityCounted = true;
      fund.wrapAndApplyHeader(command.buffer(), 0, header);
      authority += fund.authority();
    }
    programme.wrapAndApplyHeader(event, 0, header);
    SimFailure.unlessEqual(cash, programme.cash(), "programme cash");
    SimFailure.unlessEqual(authority, programme.authority(), "programme authority");
    SimFailure.unlessEqual(spent, programme.spent(), "programme spending");
    SimFailure.unlessEqual(voucherReserve, programme.voucherReserve(), "voucher reserve");
    SimFailure.unless(
        cash >= 0 && authority >= 0 && spent >= 0 && voucherReserve >= 0, "programme overdrawn");
  }

  private void envelopeChanged(final DirectBuffer event) {
    envelope.wrapAndApplyHeader(event, 0, header);
    final Instruction.Id id =
        new Instruction.Id(envelope.envelope().hi(), envelope.envelope().lo());
    Envelope known = envelopesById.get(id);
    if (known == null) {
      known = new Envelope(id);
      envelopesById.put(id, known);
      envelopes.add(known);
    }
    known.state = envelope.state();
    known.cycle = envelope.cycle();
    SimFailure.unless(
        known.isOver() || !closedCycles.contains(known.cycle),
        "envelope " + id + " is " + known.state + " in a closed cycle");
    known.hash = CommandResult.copy(event, envelope.envelopeHash().offset(), 32);
    known.added = envelope.added();
    known.declared = envelope.declaredCount();
    known.settled = envelope.settled();
    SimFailure.unless(
        envelope.added() <= envelope.declaredCount()
            && envelope.addedTotal() <= envelope.declaredTotal()
            && envelope.settled() + envelope.rejected() + envelope.expired() <= envelope.added()
            && envelope.settledTotal() <= envelope.addedTotal()
            && envelope.returned() <= envelope.settled(),
        "counters of envelope " + id);
  }

  private void cycleClosed(final DirectBuffer event) {
    cycleClosed.wrapAndApplyHeader(event, 0, header);
    final long cycle = cycleClosed.cycle();
    SimFailure.unless(closedCycles.add(cycle), "cycle " + cycle + " was closed twice");
    SimFailure.unless(
        envelopes.stream().allMatch(e -> e.cycle != cycle || e.isOver()),
        "cycle " + cycle + " was closed before its envelopes");
  }

  private void voucherChanged(final DirectBuffer event) {
    voucher.wrapAndApplyHeader(event, 0, header);
    final Instruction.Id id = new Instruction.Id(voucher.voucher().hi(), voucher.voucher().lo());
    Voucher known = vouchersById.get(id);
    if (known == null) {
      known = new Voucher(id);
      known.left = voucher.amount();
      vouchersById.put(id, known);
      vouchers.add(known);
      cash -= known.left;
      authority -= known.left;
      spent += known.left;
      voucherReserve += known.left;
    }
    final VoucherState state = voucher.state();
    if (!known.over && (state == VoucherState.EXPIRED || state == VoucherState.CANCELLED)) {
      known.over = true;
      voucherReserve -= known.left;
      cash += known.left;
      authority += known.left;
      spent -= known.left;
      known.left = 0;
    }
  }

  private void redeemed(final DirectBuffer event, final Oracle oracle) {
    redeemed.wrapAndApplyHeader(event, 0, header);
    final Voucher known =
        vouchersById.get(new Instruction.Id(redeemed.voucher().hi(), redeemed.voucher().lo()));
    SimFailure.unless(
        known != null && !known.over && redeemed.amount() > 0 && redeemed.amount() <= known.left,
        "a voucher was redeemed that is not there or beyond what is left");
    known.left -= redeemed.amount();
    SimFailure.unlessEqual(known.left, redeemed.left(), "left of a voucher");
    voucherReserve -= redeemed.amount();
    oracle.positions.credit((int) redeemed.atParticipant(), SimWorld.EUR, redeemed.amount());
  }
}
