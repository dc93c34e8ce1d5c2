package org.civicswitch.gateway.iso20022.message;

/**
 * What a pacs.002 to be written says of one transaction. Everything but the status may be null;
 * {@link #of} and the {@code with} methods build one up.
 *
 * @param status for example {@code ACCP}, {@code ACSC}, {@code RJCT}
 * @param originalMessageId with the name, names the message that is answered
 * @param originalMessageName message definition identifier of that message
 * @param instructionId of the original transaction
 * @param endToEndId of the original transaction
 * @param transactionId of the original transaction
 * @param uetr of the original transaction
 * @param reasonCode ISO external status reason code, at most 4 characters
 * @param reasonProprietary when there is no ISO code; at most 35 characters
 * @param additionalInformation cut at 105 characters
 * @param acceptedMs UTC milliseconds or {@link Times#UNKNOWN_MS}
 * @param clearingReference the log sequence as text, at most 35 characters
 */
public record OutboundStatus(
    String status,
    String originalMessageId,
    String originalMessageName,
    String instructionId,
    String endToEndId,
    String transactionId,
    String uetr,
    String reasonCode,
    String reasonProprietary,
    String additionalInformation,
    long acceptedMs,
    String clearingReference) {
  /** A status alone. */
  public static OutboundStatus of(String status) {
    return new OutboundStatus(
        status, null, null, null, null, null, null, null, null, null, Times.UNKNOWN_MS, null);
  }

  /** Names the message that is answered. */
  public OutboundStatus withOriginalMessage(String id, String name) {
    return new OutboundStatus(
        status,
        id,
        name,
        instructionId,
        endToEndId,
        transactionId,
        uetr,
        reasonCode,
        reasonProprietary,
        additionalInformation,
        acceptedMs,
        clearingReference);
  }

  /** Names the original transaction as its sender did. */
  public OutboundStatus withOriginal(PrivateFields fields, String originalUetr) {
    return withOriginal(
        fields.instructionId(), fields.endToEndId(), fields.transactionId(), originalUetr);
  }

  /** Names the original transaction. */
  public OutboundStatus withOriginal(
      String originalInstructionId,
      String originalEndToEndId,
      String originalTransactionId,
      String originalUetr) {
    return new OutboundStatus(
        status,
        originalMessageId,
        originalMessageName,
        originalInstructionId,
        originalEndToEndId,
        originalTransactionId,
        originalUetr,
        reasonCode,
        reasonProprietary,
        additionalInformation,
        acceptedMs,
        clearingReference);
  }

  /** Gives a reason by ISO code and in words, which may be null. */
  public OutboundStatus withReason(String code, String words) {
    return withReason(code, null, words);
  }

  /** Gives a reason by ISO code or by a proprietary one. */
  public OutboundStatus withReason(String code, String proprietary, String words) {
    return new OutboundStatus(
        status,
        originalMessageId,
        originalMessageName,
        instructionId,
        endToEndId,
        transactionId,
        uetr,
        code,
        proprietary,
        words,
        acceptedMs,
        clearingReference);
  }

  /** Names the place in the log and the time of acceptance. */
  public OutboundStatus withClearing(String reference, long acceptanceMs) {
    return new OutboundStatus(
        status,
        originalMessageId,
        originalMessageName,
        instructionId,
        endToEndId,
        transactionId,
        uetr,
        reasonCode,
        reasonProprietary,
        additionalInformation,
        acceptanceMs,
        reference);
  }
}
