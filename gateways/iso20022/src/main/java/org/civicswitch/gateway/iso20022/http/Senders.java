package org.civicswitch.gateway.iso20022.http;

import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.gateway.iso20022.message.Agent;
import org.civicswitch.gateway.iso20022.message.BusinessHeader;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.PaymentStatus;
import org.civicswitch.gateway.kit.Id128;

/**
 * In whose name a message comes: the instructing agent of header and group header must be one that
 * the connection acts for. Gives an early and clear error; the engine decides again.
 */
final class Senders {
  private final SwitchView view;

  Senders(SwitchView view) {
    this.view = view;
  }

  /** The instructing agent, else the debtor agent. */
  int of(Directory.Connection connection, BusinessHeader header, CreditTransfer transfer)
      throws Refusal {
    final int kind = SubmitPaymentEncoder.TEMPLATE_ID;
    final CreditTransfer.Transaction first = transfer.transactions().get(0);
    if (first.instructingAgent().isPresent()) {
      return allowed(connection, header, kind, first.instructingAgent(), "InstgAgt");
    }
    final int debtorAgent = view.directory().participant(first.debtorAgent());
    if (debtorAgent == 0 && connection.participants().size() == 1) {
      // Its own instruction, to be refused by itself for the debtor agent that is nobody here.
      return checked(connection, header, kind, any(connection));
    }
    return allowed(connection, header, kind, first.debtorAgent(), "DbtrAgt");
  }

  /** The instructing agent, else the creditor agent of what it is about. */
  int of(Directory.Connection connection, BusinessHeader header, PaymentStatus status)
      throws Refusal {
    final int kind = ConfirmPaymentEncoder.TEMPLATE_ID;
    if (status.instructingAgent().isPresent()) {
      return allowed(connection, header, kind, status.instructingAgent(), "InstgAgt");
    }
    for (final PaymentStatus.Entry entry : status.entries()) {
      final PaymentView payment =
          entry.originalUetr() == null ? null : view.payment(Id128.parse(entry.originalUetr()));
      if (payment != null && connection.mayAct(payment.creditorAgent, kind)) {
        return checked(connection, header, kind, payment.creditorAgent);
      }
    }
    return checked(connection, header, kind, any(connection));
  }

  private int allowed(
      Directory.Connection connection, BusinessHeader header, int kind, Agent agent, String where)
      throws Refusal {
    final int participant = view.directory().participant(agent);
    if (participant == 0) {
      throw new Refusal(403, where + " " + agent + " is not a participant");
    }
    if (!connection.mayAct(participant, kind)) {
      throw new Refusal(403, "the connection may not act for " + where + " " + agent);
    }
    return checked(connection, header, kind, participant);
  }

  private int checked(
      Directory.Connection connection, BusinessHeader header, int kind, int participant)
      throws Refusal {
    if (!connection.mayAct(participant, kind)) {
      throw new Refusal(403, "the connection may not send messages of this kind");
    }
    if (header != null) {
      final int from = view.directory().participant(header.from());
      if (from != participant && !connection.mayAct(from, kind)) {
        throw new Refusal(
            403,
            header.from() == null
                ? "Fr of the header names no institution by BICFI or MmbId"
                : "the connection may not act for Fr of the header, " + header.from());
      }
    }
    return participant;
  }

  /** One of those that the connection acts for, always the same. */
  static int any(Directory.Connection connection) {
    return connection.participants().stream().min(Integer::compare).orElse(0);
  }
}
