package org.civicswitch.core.host;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.AddDisbursementsDecoder;
import org.civicswitch.core.protocol.LinkAliasDecoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.QueryDecoder;
import org.civicswitch.core.protocol.RecordVerdictDecoder;
import org.civicswitch.core.protocol.RedeemVoucherDecoder;
import org.civicswitch.core.protocol.RegisterSubjectDecoder;
import org.civicswitch.core.protocol.ReturnPaymentDecoder;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.core.protocol.UnlinkAliasDecoder;

/**
 * Tells new instructions from what finishes or steers. Under overload only the former are refused:
 * a confirmation that cannot get in would let reserved money expire.
 */
final class Intake {
  private static final int TEMPLATE_AT = 2;

  private Intake() {}

  static boolean isNewInstruction(final DirectBuffer command, final int offset, final int length) {
    if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
      return true;
    }
    return switch (command.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) {
      case SubmitPaymentDecoder.TEMPLATE_ID,
          ReturnPaymentDecoder.TEMPLATE_ID,
          QueryDecoder.TEMPLATE_ID,
          RegisterSubjectDecoder.TEMPLATE_ID,
          RecordVerdictDecoder.TEMPLATE_ID,
          LinkAliasDecoder.TEMPLATE_ID,
          UnlinkAliasDecoder.TEMPLATE_ID,
          AddDisbursementsDecoder.TEMPLATE_ID,
          RedeemVoucherDecoder.TEMPLATE_ID ->
          true;
      default -> false;
    };
  }
}
