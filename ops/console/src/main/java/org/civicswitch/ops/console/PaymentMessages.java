package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Which ISO 20022 messages belong to a step of a payment: what came in and made it, and what goes
 * out because of it. They follow from the step alone; whether an agent has fetched one is the
 * gateway's to say.
 */
final class PaymentMessages {
  private static final String SWITCH = "switch";
  private static final String TRANSFER = "pacs.008";
  private static final String STATUS = "pacs.002";

  private PaymentMessages() {}

  static List<Views.Message> of(
      final Directory directory, final PaymentWay way, final PaymentWay.Step step) {
    final String debtor = directory.participant(way.debtorAgent).code();
    final String creditor = directory.participant(way.creditorAgent).code();
    // A line of a benefits run comes with its envelope, and a return as an instruction of its own.
    final boolean sent = way.envelope.none() && way.returns.none();
    final boolean offered = way.reservedMs() >= 0;
    final String id = "CSW" + step.feedSequence();
    final List<Views.Message> messages = new ArrayList<>(3);
    switch (step.kind()) {
      case RESERVED -> {
        if (sent) {
          messages.add(new Views.Message(TRANSFER, debtor, SWITCH, ""));
        }
        // Lines of one run travel together under the id of the first.
        messages.add(new Views.Message(TRANSFER, SWITCH, creditor, sent ? id : ""));
      }
      case SETTLED -> {
        if (offered) {
          messages.add(new Views.Message(STATUS + ", accepting", creditor, SWITCH, ""));
        }
        finalWord(messages, "ACSC", debtor, creditor, id);
      }
      case REJECTED -> {
        if (offered) {
          messages.add(new Views.Message(STATUS + ", refusing", creditor, SWITCH, ""));
          finalWord(messages, "RJCT", debtor, creditor, id);
        } else if (sent) {
          messages.add(new Views.Message(TRANSFER, debtor, SWITCH, ""));
          messages.add(new Views.Message(STATUS + ", RJCT", SWITCH, debtor, ""));
        }
      }
      case EXPIRED -> finalWord(messages, "RJCT", debtor, creditor, id);
      case REFUSED -> messages.add(new Views.Message(STATUS + ", RJCT", SWITCH, debtor, ""));
      case RETURNED -> {}
    }
    return messages;
  }

  private static void finalWord(
      final List<Views.Message> messages,
      final String status,
      final String debtor,
      final String creditor,
      final String id) {
    final String name = STATUS + ", final " + status;
    messages.add(new Views.Message(name, SWITCH, debtor, id));
    messages.add(new Views.Message(name, SWITCH, creditor, id));
  }
}
