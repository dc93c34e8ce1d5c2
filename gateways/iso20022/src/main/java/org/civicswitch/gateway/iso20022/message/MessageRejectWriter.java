package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.MessageRefused;

/** Writes admi.002.001.01: why a message was not taken in. Stateless and safe for any thread. */
public final class MessageRejectWriter {
  private static final String NAME = "admi.002.001.01";
  private static final int TEXT_MAX = 350;
  private static final int REFERENCE_MAX = 35;

  private MessageRejectWriter() {}

  /**
   * One message.
   *
   * @param header written around the document, or null
   * @param reference of the refused message, as {@link MessageReader#reference} knows it, or null
   * @param rejectedMs UTC milliseconds
   * @param refused where and why; its kind becomes the reason, its place {@code ErrLctn}, its rule
   *     {@code RsnDesc}, and all of it {@code AddtlData}
   */
  public static byte[] write(
      BusinessHeader header, String reference, long rejectedMs, MessageRefused refused) {
    String place =
        refused.path().isEmpty()
            ? "message"
            : "line " + refused.line() + ", column " + refused.column() + ": " + refused.path();
    String data =
        "line="
            + refused.line()
            + "; column="
            + refused.column()
            + "; element="
            + refused.path()
            + "; rule="
            + refused.rule();
    return write(
        header, reference, rejectedMs, reason(refused.kind()), place, refused.rule(), data);
  }

  /**
   * One message in words of the caller.
   *
   * @param reason at most 35 characters
   * @param location or null; cut at 350 characters
   * @param description or null; cut at 350 characters
   * @param data or null; cut at 20,000 characters
   */
  public static byte[] write(
      BusinessHeader header,
      String reference,
      long rejectedMs,
      String reason,
      String location,
      String description,
      String data) {
    XmlOut out = new XmlOut();
    Envelopes.begin(out, NAME, header);
    String known = Texts.cut(reference, REFERENCE_MAX);
    out.open(NAME)
        .open("RltdRef")
        .leaf("Ref", known == null ? "NOTPROVIDED" : known)
        .close("RltdRef")
        .open("Rsn")
        .leaf("RjctgPtyRsn", reason)
        .leaf("RjctnDtTm", Times.dateTime(rejectedMs))
        .leaf("ErrLctn", Texts.cut(location, TEXT_MAX))
        .leaf("RsnDesc", Texts.cut(description, TEXT_MAX))
        .leaf("AddtlData", Texts.cut(data, 20_000))
        .close("Rsn")
        .close(NAME);
    return Envelopes.end(out, header);
  }

  /** The reason code of a kind of refusal. */
  public static String reason(MessageRefused.Kind kind) {
    return switch (kind) {
      case NOT_WELL_FORMED -> "NOT_WELL_FORMED";
      case NOT_VALID -> "NOT_VALID";
      case UNKNOWN_MESSAGE -> "UNKNOWN_MESSAGE";
      case LIMIT_EXCEEDED -> "LIMIT_EXCEEDED";
      case ENCODING -> "ENCODING";
    };
  }
}
