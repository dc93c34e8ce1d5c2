package org.civicswitch.core.sim;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.AcknowledgeDeliveryEncoder;
import org.civicswitch.core.protocol.AddDisbursementsEncoder;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.HeadDecoder;
import org.civicswitch.core.protocol.LinkAliasEncoder;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.PulseEncoder;
import org.civicswitch.core.protocol.QuarantineEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.RecordLifeEventEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RedeemVoucherEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.core.protocol.ReturnPaymentEncoder;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.protocol.UnlinkAliasEncoder;

/**
 * One command as a client holds it until it is answered, with what identifies each of its
 * instructions. Read from the bytes alone, so that it knows no more than the engine does.
 */
final class Instruction {
  private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;

  final byte[] bytes;
  final int template;
  final boolean hostile;
  private final UnsafeBuffer buffer;

  Instruction(final byte[] bytes, final boolean hostile) {
    this.bytes = bytes;
    this.hostile = hostile;
    buffer = new UnsafeBuffer(bytes);
    template = bytes.length < BODY ? 0 : buffer.getShort(2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  /** Whether it happens once under its key. The others change nothing when they come again. */
  boolean isRemembered() {
    return template != PulseEncoder.TEMPLATE_ID
        && template != QueryEncoder.TEMPLATE_ID
        && template != AcknowledgeDeliveryEncoder.TEMPLATE_ID
        && template != QuarantineEncoder.TEMPLATE_ID;
  }

  boolean hasItems() {
    return template == ConfirmPaymentEncoder.TEMPLATE_ID
        || template == RegisterSubjectEncoder.TEMPLATE_ID
        || template == RecordVerdictEncoder.TEMPLATE_ID
        || hasItemData();
  }

  private boolean hasItemData() {
    return template == SubmitPaymentEncoder.TEMPLATE_ID
        || template == ReturnPaymentEncoder.TEMPLATE_ID
        || template == AddDisbursementsEncoder.TEMPLATE_ID;
  }

  /** Whether an operator signs commands of its kind. */
  boolean isSigned() {
    return switch (template) {
      case PulseEncoder.TEMPLATE_ID,
          SubmitPaymentEncoder.TEMPLATE_ID,
          ConfirmPaymentEncoder.TEMPLATE_ID,
          ReturnPaymentEncoder.TEMPLATE_ID,
          AcknowledgeDeliveryEncoder.TEMPLATE_ID,
          QueryEncoder.TEMPLATE_ID,
          RegisterSubjectEncoder.TEMPLATE_ID,
          RecordVerdictEncoder.TEMPLATE_ID,
          RecordLifeEventEncoder.TEMPLATE_ID,
          LinkAliasEncoder.TEMPLATE_ID,
          UnlinkAliasEncoder.TEMPLATE_ID,
          AddDisbursementsEncoder.TEMPLATE_ID,
          RedeemVoucherEncoder.TEMPLATE_ID ->
          false;
      default -> true;
    };
  }

  /** Whether it comes over no connection, as only the first commands of all do. */
  boolean isGenesis() {
    return buffer.getInt(BODY + HeadDecoder.connectionEncodingOffset(), ByteOrder.LITTLE_ENDIAN)
        == 0;
  }

  /** The operator of a signed command. */
  int signer() {
    return buffer.getInt(
        BODY + HeadDecoder.ENCODED_LENGTH + SignedByDecoder.signerEncodingOffset(),
        ByteOrder.LITTLE_ENDIAN);
  }

  int participant() {
    return buffer.getInt(BODY, ByteOrder.LITTLE_ENDIAN);
  }

  long createdMs() {
    return buffer.getLong(BODY + HeadDecoder.createdMsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The instructions in it; only of bytes that the engine has taken.
   *
   * @param id their key
   * @param content equal when what is compared is equal; the encrypted payload is not
   */
  record Item(Id id, int content) {}

  List<Item> items() {
    final List<Item> items = new ArrayList<>();
    if (!hasItems()) {
      final int key = BODY + HeadDecoder.keyHiEncodingOffset();
      // When it was created is compared too, and stands last in the head.
      final int created = BODY + HeadDecoder.createdMsEncodingOffset();
      items.add(new Item(id(key), hash(created, bytes.length)));
      return items;
    }
    int at = BODY + (buffer.getShort(0, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
    final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    final int count = buffer.getShort(at + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    at += 4;
    for (int i = 0; i < count; i++) {
      items.add(new Item(id(at), hash(at, at + length)));
      at += length;
      if (hasItemData()) {
        at += 2 + (buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
      }
    }
    return items;
  }

  private Id id(final int at) {
    return new Id(
        buffer.getLong(at, ByteOrder.LITTLE_ENDIAN),
        buffer.getLong(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN));
  }

  private int hash(final int from, final int to) {
    return Arrays.hashCode(Arrays.copyOfRange(bytes, from, to));
  }

  /** 128 bits that name something. */
  record Id(long hi, long lo) {}
}
