package org.civicswitch.core.client;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.AcknowledgeDeliveryDecoder;
import org.civicswitch.core.protocol.ActivateVersionDecoder;
import org.civicswitch.core.protocol.ApproveEnvelopeDecoder;
import org.civicswitch.core.protocol.CancelEnvelopeDecoder;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.CloseWindowDecoder;
import org.civicswitch.core.protocol.ConfigureDecoder;
import org.civicswitch.core.protocol.ConfirmPaymentDecoder;
import org.civicswitch.core.protocol.CreateEnvelopeDecoder;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.DefineAssetDecoder;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.GrantConnectionDecoder;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.MoveLiquidityDecoder;
import org.civicswitch.core.protocol.PauseEnvelopeDecoder;
import org.civicswitch.core.protocol.PulseDecoder;
import org.civicswitch.core.protocol.QuarantineDecoder;
import org.civicswitch.core.protocol.RecordLifeEventDecoder;
import org.civicswitch.core.protocol.RegisterConnectionDecoder;
import org.civicswitch.core.protocol.RegisterMerchantDecoder;
import org.civicswitch.core.protocol.RegisterOperatorDecoder;
import org.civicswitch.core.protocol.RegisterParticipantDecoder;
import org.civicswitch.core.protocol.ReleaseEnvelopeDecoder;
import org.civicswitch.core.protocol.SealEnvelopeDecoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.core.protocol.SetParticipantStatusDecoder;
import org.civicswitch.core.protocol.SetSubjectStatusDecoder;

/**
 * Tells what finishes or steers from new instructions. Under overload only the latter are refused:
 * a confirmation that cannot get in would let reserved money expire. What is not known to finish or
 * steer is a new instruction, whatever it calls itself.
 */
public final class Intake {
  private static final int TEMPLATE_AT = 2;
  private static final int PARTICIPANT_AT =
      MessageHeaderDecoder.ENCODED_LENGTH + HeadDecoder.participantEncodingOffset();

  private Intake() {}

  /** Whether it may be refused for want of room before what finishes or steers. */
  public static boolean isNewInstruction(
      final DirectBuffer command, final int offset, final int length) {
    if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
      return true;
    }
    return switch (command.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) {
      case PulseDecoder.TEMPLATE_ID,
          ConfigureDecoder.TEMPLATE_ID,
          ActivateVersionDecoder.TEMPLATE_ID,
          QuarantineDecoder.TEMPLATE_ID,
          RegisterOperatorDecoder.TEMPLATE_ID,
          DefineAssetDecoder.TEMPLATE_ID,
          RegisterParticipantDecoder.TEMPLATE_ID,
          SetParticipantStatusDecoder.TEMPLATE_ID,
          SetParticipantLimitDecoder.TEMPLATE_ID,
          RegisterConnectionDecoder.TEMPLATE_ID,
          GrantConnectionDecoder.TEMPLATE_ID,
          MoveLiquidityDecoder.TEMPLATE_ID,
          CloseWindowDecoder.TEMPLATE_ID,
          ConfirmPaymentDecoder.TEMPLATE_ID,
          AcknowledgeDeliveryDecoder.TEMPLATE_ID,
          SetSubjectStatusDecoder.TEMPLATE_ID,
          RecordLifeEventDecoder.TEMPLATE_ID,
          CreateProgrammeDecoder.TEMPLATE_ID,
          FundProgrammeDecoder.TEMPLATE_ID,
          CreateEnvelopeDecoder.TEMPLATE_ID,
          SealEnvelopeDecoder.TEMPLATE_ID,
          ApproveEnvelopeDecoder.TEMPLATE_ID,
          ReleaseEnvelopeDecoder.TEMPLATE_ID,
          PauseEnvelopeDecoder.TEMPLATE_ID,
          CancelEnvelopeDecoder.TEMPLATE_ID,
          RegisterMerchantDecoder.TEMPLATE_ID,
          CancelVoucherDecoder.TEMPLATE_ID ->
          false;
      default -> true;
    };
  }

  /** Whose command it says it is; 0 for the switch's own and for what is too short to say. */
  public static int participant(final DirectBuffer command, final int offset, final int length) {
    return length < PARTICIPANT_AT + Integer.BYTES
        ? 0
        : command.getInt(offset + PARTICIPANT_AT, ByteOrder.LITTLE_ENDIAN);
  }
}
