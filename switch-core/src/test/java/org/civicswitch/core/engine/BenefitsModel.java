package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.civicswitch.core.engine.BenefitsHarness.ALPHA;
import static org.civicswitch.core.engine.BenefitsHarness.BRAVO;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.BenefitsHarness.Line;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CycleClosedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;

/** What the money must be, from what was funded and from what the feed says was paid and spent. */
final class BenefitsModel {
  /** Payments that were settled, with what can still be given back. */
  final Map<String, Paid> paid = new HashMap<>();

  /** Every id a voucher was issued under, or not. */
  final List<Long> vouchers = new ArrayList<>();

  /** By person: the event that was notified last and not taken back. */
  final TreeMap<Long, Long> deaths = new TreeMap<>();

  /** By cycle: envelopes that are neither closed nor cancelled. */
  private final Map<Integer, Set<Long>> unfinished = new HashMap<>();

  private final Set<Integer> closedCycles = new HashSet<>();
  private final Map<String, String> keyOfLine = new HashMap<>();
  private final Set<String> takenKeys = new HashSet<>();
  private final Map<Long, Long> voucherLeft = new HashMap<>();
  private final Map<Integer, Long> atBank = new HashMap<>(Map.of(ALPHA, 0L, BRAVO, 0L));
  private long fundedCash;
  private long fundedAuthority;
  private long paidOut;
  private long givenBack;
  private long redeemed;
  private long held;
  private long freed;

  long someVoucher(final SplittableRandom random) {
    final int recent = Math.min(8, vouchers.size());
    return recent == 0 ? 1 : vouchers.get(vouchers.size() - 1 - random.nextInt(recent));
  }

  static final class Paid {
    long hi;
    long lo;
    int agent;
    long left;
  }

  void funded(
      final BenefitsHarness h, final long cash, final long authority, final long reference) {
    if (h.fund(cash, authority, reference) == Code.OK) {
      fundedCash += cash;
      fundedAuthority += authority;
    }
  }

  void added(final BenefitsHarness h, final long envelope, final int cycle, final Line[] lines) {
    int number = 0;
    final List<Code> codes = h.itemCodes();
    for (int i = 0; i < lines.length; i++) {
      if (codes.get(i) == Code.OK) {
        keyOfLine.put(
            envelope + "/" + ++number,
            cycle + "/" + lines[i].subject() + "/" + lines[i].entitlement());
      }
    }
  }

  void giveBack(final BenefitsHarness h, final SplittableRandom random) {
    final List<String> settled = new ArrayList<>(paid.keySet());
    if (settled.isEmpty()) {
      h.pulse();
      return;
    }
    settled.sort(null);
    final Paid one = paid.get(settled.get(random.nextInt(settled.size())));
    h.giveBack(one.agent, one.hi, one.lo, 1 + random.nextLong(one.left + 1));
  }

  /** Closes a cycle, and says what must be answered. */
  void closeCycle(final BenefitsHarness h, final int cycle) {
    final Set<Long> open = unfinished.get(cycle);
    final Code expected =
        open == null ? Code.CYCLE_UNKNOWN : open.isEmpty() ? Code.OK : Code.CYCLE_NOT_FINISHED;
    final Code code = h.closeCycle(cycle);
    // Before the command itself, the last line of an envelope may have expired.
    assertThat(code).isIn(expected, Code.OK);
    assertThat(open != null || code != Code.OK).isTrue();
  }

  private void hear(final EnvelopeChangedDecoder e) {
    final int cycle = (int) e.cycle();
    final boolean over = e.state() == EnvelopeState.CLOSED || e.state() == EnvelopeState.CANCELLED;
    assertThat(over || !closedCycles.contains(cycle)).as("cycle " + cycle).isTrue();
    final Set<Long> open = unfinished.computeIfAbsent(cycle, c -> new HashSet<>());
    if (over) {
      open.remove(e.envelope().lo());
    } else {
      open.add(e.envelope().lo());
    }
  }

  /** The events of one command. */
  void hear(final BenefitsHarness h, final List<PaymentReservedDecoder> offers, final String what) {
    offers.addAll(h.reserved());
    for (final byte[] bytes : h.events) {
      final UnsafeBuffer event = new UnsafeBuffer(bytes);
      final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, 0);
      hear(header.templateId(), event);
    }
    h.events.clear();
    check(h, what);
  }

  /** How often, or how much: paid, given back, redeemed, held, freed, cycles closed. */
  List<Long> seen() {
    return List.of(
        (long) paid.size(), givenBack, redeemed, held, freed, (long) closedCycles.size());
  }

  private void hear(final int template, final DirectBuffer event) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    switch (template) {
      case PaymentReservedDecoder.TEMPLATE_ID -> {
        final PaymentReservedDecoder e =
            new PaymentReservedDecoder().wrapAndApplyHeader(event, 0, header);
        // Never twice per entitlement while one is live or paid.
        final String key = keyOfLine.get(e.envelope().lo() + "/" + e.line());
        assertThat(takenKeys.add(key)).as("paid twice: " + key).isTrue();
      }
      case PaymentSettledDecoder.TEMPLATE_ID -> {
        final PaymentSettledDecoder e =
            new PaymentSettledDecoder().wrapAndApplyHeader(event, 0, header);
        final Paid one = new Paid();
        one.hi = e.uetr().hi();
        one.lo = e.uetr().lo();
        one.agent = (int) e.creditorAgent();
        one.left = e.amount();
        paid.put(one.hi + "/" + one.lo, one);
        paidOut += e.amount();
        atBank.merge(one.agent, e.amount(), Long::sum);
      }
      case PaymentRejectedDecoder.TEMPLATE_ID -> {
        final PaymentRejectedDecoder e =
            new PaymentRejectedDecoder().wrapAndApplyHeader(event, 0, header);
        takenKeys.remove(keyOfLine.get(e.envelope().lo() + "/" + e.line()));
      }
      case PaymentReturnedDecoder.TEMPLATE_ID -> {
        final PaymentReturnedDecoder e =
            new PaymentReturnedDecoder().wrapAndApplyHeader(event, 0, header);
        assertThat(e.authorityRestored()).isEqualTo((short) 1);
        paid.get(e.originalUetr().hi() + "/" + e.originalUetr().lo()).left -= e.amount();
        givenBack += e.amount();
        atBank.merge((int) e.debtorAgent(), -e.amount(), Long::sum);
      }
      case EnvelopeChangedDecoder.TEMPLATE_ID ->
          hear(new EnvelopeChangedDecoder().wrapAndApplyHeader(event, 0, header));
      case CycleClosedDecoder.TEMPLATE_ID -> {
        final CycleClosedDecoder e = new CycleClosedDecoder().wrapAndApplyHeader(event, 0, header);
        assertThat(closedCycles.add((int) e.cycle())).as("closed twice").isTrue();
        assertThat(unfinished.get((int) e.cycle())).isEmpty();
      }
      case VoucherChangedDecoder.TEMPLATE_ID -> {
        final VoucherChangedDecoder e =
            new VoucherChangedDecoder().wrapAndApplyHeader(event, 0, header);
        voucherLeft.put(e.voucher().lo(), e.left());
      }
      case VoucherRedeemedDecoder.TEMPLATE_ID -> {
        final VoucherRedeemedDecoder e =
            new VoucherRedeemedDecoder().wrapAndApplyHeader(event, 0, header);
        redeemed += e.amount();
        atBank.merge((int) e.atParticipant(), e.amount(), Long::sum);
      }
      case DisbursementHeldDecoder.TEMPLATE_ID -> {
        final Code code = new DisbursementHeldDecoder().wrapAndApplyHeader(event, 0, header).code();
        held += code == Code.OK ? 0 : 1;
        freed += code == Code.OK ? 1 : 0;
      }
      default -> {
        // Says nothing of money.
      }
    }
  }

  private void check(final BenefitsHarness h, final String what) {
    assertThat(h.engine.audit().problems()).as(what).isEmpty();
    final long outstanding = voucherLeft.values().stream().mapToLong(Long::longValue).sum();
    final ProgrammeFunds funds = h.funds();
    final int programme = h.programme();
    assertThat(funds.voucherReserve(programme)).as(what).isEqualTo(outstanding);
    assertThat(funds.cash(programme))
        .as(what)
        .isEqualTo(fundedCash - paidOut + givenBack - redeemed - outstanding);
    assertThat(funds.authority(programme))
        .as(what)
        .isEqualTo(fundedAuthority - paidOut + givenBack - redeemed - outstanding)
        .isNotNegative();
    assertThat(funds.spent(programme) + funds.authority(programme))
        .as(what)
        .isEqualTo(fundedAuthority);
    assertThat(funds.committed(programme)).as(what).isNotNegative();
    assertThat(funds.cash(programme) - funds.committed(programme)).as(what).isNotNegative();
    atBank.forEach((bank, sum) -> assertThat(h.balance(bank)).as(what).isEqualTo(sum));
  }
}
