package org.civicswitch.gateway.iso20022.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentEncoder;
import org.civicswitch.core.protocol.SubmitPaymentEncoder.PaymentsEncoder;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.PrivateFields;
import org.civicswitch.gateway.iso20022.message.Times;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.keys.Epoch;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.PersonId;

/** Makes instructions of a pacs.008: each payment under its own id, in as few commands as fit. */
final class CreditTransferIntake {
  /** The one scheme profile so far: instant credit transfers, instruction key UETR. */
  static final int SCHEME = 1;

  private static final int BANK_ATTESTED = 3;
  private static final int FIXED_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH + SubmitPaymentEncoder.BLOCK_LENGTH + 4;
  private static final int ITEMS_MAX = 1_000;

  private final GatewayContext context;

  CreditTransferIntake(GatewayContext context) {
    this.context = context;
  }

  /** Everything of one payment that the core gets. */
  private record Instruction(
      Line line,
      long createdMs,
      int debtorAgent,
      int creditorAgent,
      int asset,
      long amount,
      int valueDate,
      Digest256 alias,
      Directory.Alias mapping,
      Digest256 content,
      UnsafeBuffer payload) {
    int bytes() {
      return PaymentsEncoder.sbeBlockLength() + 2 + payload.capacity();
    }
  }

  /** The payments of a message and when the switch has decided on all of them. */
  record Taken(List<Line> lines, CompletableFuture<Void> decided) {}

  /**
   * Takes a message in.
   *
   * @param sender the instructing participant, which the connection may act for
   * @throws Refusal if nothing of it can go to the switch now
   */
  Taken take(CreditTransfer message, int sender, int connection) throws Refusal {
    final List<Line> lines = new ArrayList<>(message.transactions().size());
    final List<Instruction> instructions = new ArrayList<>(message.transactions().size());
    final Set<Id128> uetrs = new HashSet<>();
    for (final CreditTransfer.Transaction transaction : message.transactions()) {
      final PrivateFields fields = transaction.privateFields();
      final Line line =
          new Line(
              uetr(message, lines.size(), sender),
              fields.instructionId(),
              fields.endToEndId(),
              fields.transactionId());
      lines.add(line);
      if (transaction.problem() != null) {
        line.refuse(transaction.problem().reasonCode(), transaction.problem().text());
      } else if (!uetrs.add(line.uetr)) {
        // As a repetition of the first it would be answered as paid, and the sums would not be.
        line.refuse("AM05", "DUPLICATE: its identification stands twice in this message");
      } else {
        final Instruction instruction = instruction(line, message, transaction, sender);
        if (instruction != null) {
          instructions.add(instruction);
        }
      }
    }
    return new Taken(lines, submit(instructions, sender, connection));
  }

  /**
   * Of the sender, or made from its own identification, always the same: of the transaction, else
   * of the instruction, else of the message and the place in it. Not from an end-to-end
   * identification alone, which is the customer's and may come again.
   */
  private Id128 uetr(CreditTransfer message, int place, int sender) {
    final CreditTransfer.Transaction transaction = message.transactions().get(place);
    if (transaction.uetr() != null) {
      return Id128.parse(transaction.uetr());
    }
    final PrivateFields fields = transaction.privateFields();
    final String own;
    if (fields.transactionId() != null) {
      own = "transaction\0" + fields.transactionId();
    } else if (fields.instructionId() != null) {
      own = "instruction\0" + fields.instructionId();
    } else {
      own = "place\0" + message.messageId() + "\0" + place;
    }
    final Id128 hash = context.tokens().id("payment", sender + "\0" + own);
    return new Id128(
        (hash.hi() & ~0xF000L) | 0x4000L, (hash.lo() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE);
  }

  /** Gives null, the line refused, for what the gateway itself cannot make an instruction of. */
  private Instruction instruction(
      Line line, CreditTransfer message, CreditTransfer.Transaction transaction, int sender)
      throws Refusal {
    final Directory directory = context.view().directory();
    final int debtorAgent = directory.participant(transaction.debtorAgent());
    final int creditorAgent = directory.participant(transaction.creditorAgent());
    final int asset = directory.asset(transaction.currency());
    final long createdMs =
        transaction.acceptedMs() == Times.UNKNOWN_MS
            ? message.createdMs()
            : transaction.acceptedMs();
    if (debtorAgent == 0) {
      line.refuse("RC03", "the debtor agent is not a participant");
    } else if (creditorAgent == 0) {
      line.refuse("RC04", "the creditor agent is not a participant");
    } else if (asset == 0) {
      line.refuse("AM03", "no such currency here");
    } else if (createdMs == Times.UNKNOWN_MS) {
      line.refuse("DT02", "neither acceptance nor creation is a time");
    }
    if (!line.isForTheSwitch()) {
      return null;
    }
    final PrivateFields fields = transaction.privateFields();
    Digest256 alias = Digest256.NONE;
    Directory.Alias mapping = null;
    if (fields.creditorAccount() == null && fields.creditorProxy() != null) {
      try {
        alias = context.tokens().alias(alias(fields));
        mapping = directory.alias(alias);
      } catch (IllegalArgumentException e) {
        mapping = null;
      }
      if (mapping == null) {
        line.refuse("BE23", "the creditor's proxy is not linked to an account");
        return null;
      }
    }
    final byte[] clear = fields.encode();
    if (clear.length > PayloadCipher.MAX_CLEAR_BYTES - FIXED_BYTES) {
      line.refuse("FF10", "the payment's details are too long");
      return null;
    }
    return new Instruction(
        line,
        createdMs,
        debtorAgent,
        creditorAgent,
        asset,
        transaction.amount(),
        transaction.settlementDay(),
        alias,
        mapping,
        context.tokens().content(clear),
        seal(line.uetr, sender, clear));
  }

  private static PersonId alias(PrivateFields fields) {
    final String type = fields.creditorProxyType();
    final String known =
        switch (type == null ? "" : type) {
          case "TELE" -> "phone";
          case "EMAL" -> "email";
          case "" -> "alias";
          default -> type;
        };
    return PersonId.parse(known + ":" + fields.creditorProxy());
  }

  private UnsafeBuffer seal(Id128 uetr, int group, byte[] clear) throws Refusal {
    final UnsafeBuffer sealed =
        new UnsafeBuffer(new byte[clear.length + PayloadCipher.OVERHEAD_BYTES]);
    try {
      context
          .ciphers()
          .get()
          .seal(
              uetr,
              Epoch.at(group, context.nowMs()),
              new UnsafeBuffer(clear),
              0,
              clear.length,
              sealed,
              0);
      return sealed;
    } catch (KeyRefused e) {
      throw new Refusal(503, "the key service gives no key now; nothing was taken", 5);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
  private CompletableFuture<Void> submit(
      List<Instruction> instructions, int sender, int connection) {
    final CompletableFuture<Void> decided = new CompletableFuture<>();
    if (instructions.isEmpty()) {
      decided.complete(null);
      return decided;
    }
    final List<List<Instruction>> commands = commands(instructions);
    final AtomicInteger open = new AtomicInteger(commands.size());
    for (final List<Instruction> items : commands) {
      final UnsafeBuffer command = encode(items, sender, connection);
      context
          .commands()
          .submit(command, 0, command.capacity(), Runnable::run)
          .whenComplete(
              (outcome, failure) -> {
                if (failure != null) {
                  decided.completeExceptionally(
                      commands.size() == 1 ? failure : Refusal.partlyTaken());
                  return;
                }
                if (!outcome.ok() || outcome.items().size() != items.size()) {
                  decided.completeExceptionally(new CommandRefused(outcome.code()));
                  return;
                }
                for (int i = 0; i < items.size(); i++) {
                  items.get(i).line().decided(outcome, outcome.items().get(i));
                }
                if (open.decrementAndGet() == 0) {
                  decided.complete(null);
                }
              });
    }
    return decided;
  }

  private static List<List<Instruction>> commands(List<Instruction> instructions) {
    final List<List<Instruction>> commands = new ArrayList<>();
    List<Instruction> items = new ArrayList<>();
    int bytes = FIXED_BYTES;
    for (final Instruction instruction : instructions) {
      if (!items.isEmpty()
          && (items.size() == ITEMS_MAX
              || bytes + instruction.bytes() > SwitchClient.MAX_COMMAND_BYTES)) {
        commands.add(items);
        items = new ArrayList<>();
        bytes = FIXED_BYTES;
      }
      items.add(instruction);
      bytes += instruction.bytes();
    }
    commands.add(items);
    return commands;
  }

  private UnsafeBuffer encode(List<Instruction> items, int sender, int connection) {
    int bytes = FIXED_BYTES;
    for (final Instruction item : items) {
      bytes += item.bytes();
    }
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes]);
    final SubmitPaymentEncoder command = new SubmitPaymentEncoder();
    command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final Instruction first = items.get(0);
    final HeadEncoder head = command.head();
    head.participant(sender)
        .connection(connection)
        .keyHi(first.line().uetr.hi())
        .keyLo(first.line().uetr.lo())
        .createdMs(first.createdMs());
    final PaymentsEncoder payments = command.paymentsCount(items.size());
    for (final Instruction item : items) {
      encode(payments.next(), item, connection);
    }
    return buffer;
  }

  private static void encode(PaymentsEncoder payment, Instruction item, int connection) {
    item.line().uetr.put(payment.key());
    item.line().uetr.put(payment.uetr());
    payment
        .createdMs(item.createdMs())
        .debtorAgent(item.debtorAgent())
        .creditorAgent(item.creditorAgent())
        .asset(item.asset())
        .mode(PaymentMode.TWO_PHASE)
        .settlementModel(SettlementModel.PREFUNDED_GROSS)
        .scheme(SCHEME)
        .amount(item.amount())
        .timeoutMs(0)
        .valueDate(item.valueDate());
    item.alias().put(payment.alias());
    payment.aliasVersion(item.mapping() == null ? 0 : item.mapping().version());
    (item.mapping() == null ? Digest256.NONE : item.mapping().owner()).put(payment.owner());
    payment.verdict().kind((short) BANK_ATTESTED).verifier(connection).issuedMs(item.createdMs());
    item.content().put(payment.contentDigest());
    payment.putPayload(item.payload(), 0, item.payload().capacity());
  }
}
