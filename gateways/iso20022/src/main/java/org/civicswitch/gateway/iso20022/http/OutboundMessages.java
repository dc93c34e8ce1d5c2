package org.civicswitch.gateway.iso20022.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.BusinessHeader;
import org.civicswitch.gateway.iso20022.message.CreditTransferWriter;
import org.civicswitch.gateway.iso20022.message.OutboundStatus;
import org.civicswitch.gateway.iso20022.message.OutboundTransfer;
import org.civicswitch.gateway.iso20022.message.PaymentStatusWriter;
import org.civicswitch.gateway.iso20022.message.PrivateFields;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.Opening;
import org.civicswitch.gateway.kit.keys.UnreadablePayload;

/** Writes what lies in a mailbox: the same entry gives the same message. */
final class OutboundMessages {
  static final String OFFER = "pacs.008.001.10";
  static final String STATUS = "pacs.002.001.12";

  /** We, in header and group header. */
  static final String SWITCH = "CIVCXX00XXX";

  private final GatewayContext context;

  OutboundMessages(GatewayContext context) {
    this.context = context;
  }

  /** A written message, and offers in it that can no longer be read by anybody. */
  record Written(String name, String xml, List<PaymentView> unreadable) {}

  /**
   * Writes an entry for the participant it is for.
   *
   * @return xml null when nothing of it can be offered
   * @throws UnreadablePayload only when trying again later may help
   */
  Written write(Mailbox.Entry entry, int participant) throws UnreadablePayload {
    return entry.kind == Mailbox.Kind.OFFER
        ? offer(entry, participant)
        : finalWord(entry, participant);
  }

  /** Our identification of the message that begins with this feed sequence. */
  static String messageId(long feedSequence) {
    return "CSW" + feedSequence;
  }

  /**
   * The reverse of {@link #messageId}.
   *
   * @return 0 for somebody else's identification
   */
  static long feedSequence(String messageId) {
    return messageId != null && messageId.matches("CSW[1-9][0-9]{0,17}")
        ? Long.parseLong(messageId.substring(3))
        : 0;
  }

  private Written offer(Mailbox.Entry entry, int participant) throws UnreadablePayload {
    final List<OutboundTransfer> transfers = new ArrayList<>(entry.payments.size());
    final List<PaymentView> unreadable = new ArrayList<>(0);
    final long now = context.nowMs();
    for (final PaymentView payment : entry.payments) {
      if (!Mailbox.isOpen(payment, now)) {
        continue;
      }
      try {
        final PaymentView.Now state = payment.now();
        transfers.add(
            new OutboundTransfer(
                payment.uetr.toString(),
                payment.amount,
                context.view().directory().currency(payment.asset),
                payment.valueDate,
                payment.createdMs,
                Long.toString(state.sequence()),
                context.view().directory().agent(payment.debtorAgent),
                context.view().directory().agent(payment.creditorAgent),
                open(payment)));
      } catch (UnreadablePayload e) {
        if (e.why() == UnreadablePayload.Why.KEY_REFUSED) {
          throw e;
        }
        unreadable.add(payment);
      }
    }
    if (transfers.isEmpty()) {
      return new Written(OFFER, null, unreadable);
    }
    final String id = messageId(entry.id);
    final byte[] xml =
        CreditTransferWriter.write(
            OFFER,
            header(participant, id, OFFER, entry.timeMs),
            id,
            entry.timeMs,
            Agent.of(SWITCH, null),
            context.view().directory().agent(participant),
            transfers);
    return new Written(OFFER, text(xml), unreadable);
  }

  private Written finalWord(Mailbox.Entry entry, int participant) throws UnreadablePayload {
    final PaymentView payment = entry.payments.get(0);
    final String id = messageId(entry.id);
    final byte[] xml =
        PaymentStatusWriter.write(
            STATUS,
            header(participant, id, STATUS, entry.timeMs),
            id,
            entry.timeMs,
            Agent.of(SWITCH, null),
            context.view().directory().agent(participant),
            List.of(status(payment, participant)));
    return new Written(STATUS, text(xml), List.of());
  }

  /** What an agent of the payment is told of it now. */
  OutboundStatus status(PaymentView payment, int participant) throws UnreadablePayload {
    final PaymentView.Now now = payment.now();
    final boolean toDebtorAgent = payment.debtorAgent == participant;
    final OutboundStatus status =
        Statuses.of(now, toDebtorAgent).withOriginal(null, null, null, payment.uetr.toString());
    final OutboundStatus named =
        !toDebtorAgent && now.offerSequence() != 0
            ? status.withOriginalMessage(messageId(now.offerSequence()), OFFER)
            : status;
    if (payment.payload() == null) {
      return named;
    }
    try {
      return named.withOriginal(open(payment), payment.uetr.toString());
    } catch (UnreadablePayload e) {
      if (e.why() == UnreadablePayload.Why.KEY_REFUSED) {
        throw e;
      }
      // The final word goes out all the same: the UETR says which payment it is.
      return named;
    }
  }

  private PrivateFields open(PaymentView payment) throws UnreadablePayload {
    final byte[] sealed = payment.payload();
    final byte[] clear = new byte[sealed == null ? 0 : sealed.length];
    final Id128 id = sealed == null ? payment.uetr : payment.sealedFor();
    final int length =
        context
            .ciphers()
            .get()
            .open(
                id,
                Opening.deliver(id),
                new UnsafeBuffer(sealed == null ? clear : sealed),
                0,
                clear.length,
                new UnsafeBuffer(clear),
                0);
    try {
      return PrivateFields.decode(Arrays.copyOf(clear, length));
    } catch (IllegalArgumentException e) {
      throw UnreadablePayload.malformed("the private fields are of an unknown form", e);
    }
  }

  BusinessHeader header(int participant, String id, String name, long createdMs) {
    return new BusinessHeader(
        SWITCH,
        context.view().directory().agent(participant).bic(),
        id,
        name,
        null,
        createdMs,
        false);
  }

  static String text(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8);
  }
}
