package org.civicswitch.ops.console;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.AssetDefinedDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CommandRefusedDecoder;
import org.civicswitch.core.protocol.ConnectionChangedDecoder;
import org.civicswitch.core.protocol.DisbursementAddedDecoder;
import org.civicswitch.core.protocol.DisbursementHeldDecoder;
import org.civicswitch.core.protocol.EnvelopeChangedDecoder;
import org.civicswitch.core.protocol.EventHeadDecoder;
import org.civicswitch.core.protocol.GlassBrokenDecoder;
import org.civicswitch.core.protocol.LifeEventRecordedDecoder;
import org.civicswitch.core.protocol.LiquidityMovedDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.ParticipantChangedDecoder;
import org.civicswitch.core.protocol.PaymentRejectedDecoder;
import org.civicswitch.core.protocol.PaymentReservedDecoder;
import org.civicswitch.core.protocol.PaymentReturnedDecoder;
import org.civicswitch.core.protocol.PaymentSettledDecoder;
import org.civicswitch.core.protocol.PositionChangedDecoder;
import org.civicswitch.core.protocol.ProgrammeChangedDecoder;
import org.civicswitch.core.protocol.SubjectChangedDecoder;
import org.civicswitch.core.protocol.VoucherChangedDecoder;
import org.civicswitch.core.protocol.VoucherRedeemedDecoder;

/**
 * Everything the console knows, from the feed alone. Not for use by several threads: whoever holds
 * it locks it.
 */
final class Projection {
  final Directory directory = new Directory();
  final Positions positions = new Positions();
  final Programmes programmes = new Programmes();
  final Envelopes envelopes = new Envelopes();
  final Vouchers vouchers = new Vouchers();
  final HeldSubjects subjects = new HeldSubjects();
  final Rates rates = new Rates();
  final GlassBreaks glass = new GlassBreaks();
  final LiquidityMoves moves = new LiquidityMoves();
  final Connections connections = new Connections();
  final MoneyTrail trail = new MoneyTrail();
  final Payments payments;
  final Map<Code, Long> refusals = new EnumMap<>(Code.class);

  private final FundsProof proof = new FundsProof();
  private final PaymentFlow flow;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final EventHeadDecoder head = new EventHeadDecoder();

  /** Whether the command at hand has moved money that this console can account for. */
  private boolean moneyMoved;

  private AsOf asOf = AsOf.NOTHING;
  private Proof lastProof = new Proof(AsOf.NOTHING, List.of());

  private final ParticipantChangedDecoder participantChanged = new ParticipantChangedDecoder();
  private final PositionChangedDecoder positionChanged = new PositionChangedDecoder();
  private final AssetDefinedDecoder assetDefined = new AssetDefinedDecoder();
  private final LiquidityMovedDecoder liquidityMoved = new LiquidityMovedDecoder();
  private final PaymentReservedDecoder paymentReserved = new PaymentReservedDecoder();
  private final PaymentSettledDecoder paymentSettled = new PaymentSettledDecoder();
  private final PaymentRejectedDecoder paymentRejected = new PaymentRejectedDecoder();
  private final PaymentReturnedDecoder paymentReturned = new PaymentReturnedDecoder();
  private final SubjectChangedDecoder subjectChanged = new SubjectChangedDecoder();
  private final LifeEventRecordedDecoder lifeEvent = new LifeEventRecordedDecoder();
  private final ProgrammeChangedDecoder programmeChanged = new ProgrammeChangedDecoder();
  private final EnvelopeChangedDecoder envelopeChanged = new EnvelopeChangedDecoder();
  private final DisbursementAddedDecoder disbursementAdded = new DisbursementAddedDecoder();
  private final DisbursementHeldDecoder disbursementHeld = new DisbursementHeldDecoder();
  private final VoucherChangedDecoder voucherChanged = new VoucherChangedDecoder();
  private final VoucherRedeemedDecoder voucherRedeemed = new VoucherRedeemedDecoder();
  private final ConnectionChangedDecoder connectionChanged = new ConnectionChangedDecoder();
  private final GlassBrokenDecoder glassBroken = new GlassBrokenDecoder();
  private final CommandRefusedDecoder refused = new CommandRefusedDecoder();

  Projection(final int paymentsKept) {
    payments = new Payments(paymentsKept);
    flow = new PaymentFlow(directory, positions, programmes, envelopes, payments, rates);
  }

  AsOf asOf() {
    return asOf;
  }

  /** The proof as of the last command that was complete when it was taken. */
  Proof proof() {
    return lastProof;
  }

  /** Takes the proof anew; only between commands. */
  void prove() {
    if (lastProof.asOf().feedSequence() != asOf.feedSequence()) {
      lastProof = new Proof(asOf, proof.take(directory, positions, programmes));
    }
  }

  /** Whether this event is the first one of a command that is not the last event's. */
  boolean beginsCommand(final DirectBuffer event, final int offset) {
    head.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    return head.sequence() != asOf.logSequence();
  }

  private static boolean movesMoney(final int template) {
    return switch (template) {
      case LiquidityMovedDecoder.TEMPLATE_ID,
          PaymentSettledDecoder.TEMPLATE_ID,
          PaymentReturnedDecoder.TEMPLATE_ID,
          VoucherRedeemedDecoder.TEMPLATE_ID ->
          true;
      default -> false;
    };
  }

  void apply(
      final long feedSequence, final DirectBuffer event, final int offset, final int length) {
    header.wrap(event, offset);
    final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    final int block = header.blockLength();
    final int version = header.version();
    moneyMoved = (moneyMoved && !beginsCommand(event, offset)) || movesMoney(header.templateId());
    switch (header.templateId()) {
      case ParticipantChangedDecoder.TEMPLATE_ID ->
          directory.on(participantChanged.wrap(event, body, block, version));
      case AssetDefinedDecoder.TEMPLATE_ID ->
          directory.on(assetDefined.wrap(event, body, block, version));
      case PositionChangedDecoder.TEMPLATE_ID ->
          positions.on(positionChanged.wrap(event, body, block, version));
      case LiquidityMovedDecoder.TEMPLATE_ID -> {
        proof.on(liquidityMoved.wrap(event, body, block, version));
        moves.on(liquidityMoved);
      }
      case ConnectionChangedDecoder.TEMPLATE_ID ->
          connections.on(connectionChanged.wrap(event, body, block, version));
      case PaymentReservedDecoder.TEMPLATE_ID -> {
        flow.on(paymentReserved.wrap(event, body, block, version));
        trail.on(paymentReserved);
      }
      case PaymentSettledDecoder.TEMPLATE_ID -> {
        flow.on(paymentSettled.wrap(event, body, block, version));
        trail.on(paymentSettled);
      }
      case PaymentRejectedDecoder.TEMPLATE_ID -> {
        flow.on(paymentRejected.wrap(event, body, block, version));
        trail.on(paymentRejected);
      }
      case PaymentReturnedDecoder.TEMPLATE_ID -> {
        flow.on(paymentReturned.wrap(event, body, block, version));
        trail.on(paymentReturned);
      }
      case SubjectChangedDecoder.TEMPLATE_ID ->
          subjects.on(subjectChanged.wrap(event, body, block, version));
      case LifeEventRecordedDecoder.TEMPLATE_ID ->
          subjects.on(lifeEvent.wrap(event, body, block, version));
      case ProgrammeChangedDecoder.TEMPLATE_ID ->
          programme(programmeChanged.wrap(event, body, block, version));
      case EnvelopeChangedDecoder.TEMPLATE_ID -> {
        envelopes.on(envelopeChanged.wrap(event, body, block, version));
        trail.on(envelopeChanged);
      }
      case DisbursementAddedDecoder.TEMPLATE_ID ->
          trail.on(disbursementAdded.wrap(event, body, block, version));
      case DisbursementHeldDecoder.TEMPLATE_ID ->
          trail.on(disbursementHeld.wrap(event, body, block, version));
      case VoucherChangedDecoder.TEMPLATE_ID -> {
        vouchers.on(voucherChanged.wrap(event, body, block, version));
        trail.on(voucherChanged);
      }
      case VoucherRedeemedDecoder.TEMPLATE_ID -> {
        flow.on(voucherRedeemed.wrap(event, body, block, version), vouchers.on(voucherRedeemed));
        trail.on(voucherRedeemed);
      }
      case GlassBrokenDecoder.TEMPLATE_ID ->
          glass.on(glassBroken.wrap(event, body, block, version));
      case CommandRefusedDecoder.TEMPLATE_ID ->
          refusals.merge(refused.wrap(event, body, block, version).code(), 1L, Long::sum);
      default -> {
        // Of no concern to any page: operators, configuration, aliases,
        // merchants, closed cycles (their envelopes were over before).
      }
    }
    head.wrap(event, body);
    asOf = new AsOf(feedSequence, head.sequence(), head.timeMs());
    positions.look(head.timeMs());
  }

  /**
   * Cash that a command brings into a programme while it moves no other money has come from
   * outside: {@code FundProgramme}. In any other command the programme's cash must be what
   * payments, redemptions and returns made of it; if it is not, the proof breaks.
   */
  private void programme(final ProgrammeChangedDecoder event) {
    final Programmes.Programme programme = programmes.at(event.programme());
    final long before = programme.held();
    programmes.on(event);
    final long gain = programme.held() - before;
    if (gain > 0 && !moneyMoved) {
      proof.funded(programme.cashAsset, gain);
    }
  }

  /** Funds per currency, as of the end of one command. */
  record Proof(AsOf asOf, List<FundsProof.Funds> funds) {
    boolean holds() {
      return funds.stream().allMatch(FundsProof.Funds::holds);
    }
  }
}
