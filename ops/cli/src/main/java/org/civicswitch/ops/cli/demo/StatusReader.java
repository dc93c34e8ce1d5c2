package org.civicswitch.ops.cli.demo;

import java.io.IOException;
import org.civicswitch.gateway.iso20022.message.InboundBody;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.civicswitch.gateway.iso20022.message.MessageReject;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;

/** Reads what a gateway answers to one payment. */
public final class StatusReader {
  private StatusReader() {}

  /**
   * What a pacs.002 says of its only payment.
   *
   * @throws IOException when the answer is no pacs.002, in words
   */
  public static FinalWord read(final byte[] answer) throws IOException {
    final InboundBody body;
    try {
      body = new MessageReader().read(answer).body();
    } catch (final MessageRefused e) {
      throw new IOException("the answer is no message: " + e.getMessage(), e);
    }
    if (body instanceof PaymentStatus status) {
      if (!status.entries().isEmpty()) {
        return FinalWord.of(status.entries().get(0));
      }
      if (!status.groups().isEmpty()) {
        return FinalWord.of(status.groups().get(0));
      }
    }
    throw new IOException(
        body instanceof MessageReject
            ? "the gateway did not understand the message"
            : "the answer gives no status");
  }
}
