package org.civicswitch.gateway.iso20022.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A pacs.008 that is valid against its definition. What a schema cannot see is in {@link #problems}
 * (the whole message) and {@link Transaction#problem} (one transaction). Filled while reading, not
 * changed afterwards.
 */
public final class CreditTransfer implements InboundBody {
  String messageName;
  String messageId;
  String creationTime;
  String numberOfTransactions;
  String settlementMethod;
  String controlSum;
  String totalAmount;
  String totalCurrency;
  final List<Transaction> transactions = new ArrayList<>(1);
  final List<BusinessProblem> problems = new ArrayList<>(0);

  /** The message definition identifier, for example {@code pacs.008.001.10}. */
  @Override
  public String messageName() {
    return messageName;
  }

  @Override
  public String messageId() {
    return messageId;
  }

  /** Creation as written. */
  public String creationTime() {
    return creationTime;
  }

  /** Creation in UTC milliseconds, or {@link Times#UNKNOWN_MS}. */
  @Override
  public long createdMs() {
    return Times.epochMs(creationTime);
  }

  /** As declared; a mismatch is in {@link #problems}. */
  public long numberOfTransactions() {
    return Long.parseLong(numberOfTransactions);
  }

  /** For example {@code CLRG}. */
  public String settlementMethod() {
    return settlementMethod;
  }

  /** In message order; at least one. */
  public List<Transaction> transactions() {
    return Collections.unmodifiableList(transactions);
  }

  /** What is wrong with the message as a whole; empty when nothing is. */
  public List<BusinessProblem> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** One payment, with what the group header says for all. */
  public static final class Transaction {
    String uetr;
    long amount;
    String currency;
    String settlementDate;
    String acceptanceTime;
    final Agent instructingAgent = new Agent();
    final Agent instructedAgent = new Agent();
    final Agent debtorAgent = new Agent();
    final Agent creditorAgent = new Agent();
    PrivateFields privateFields;
    BusinessProblem problem;

    Transaction() {}

    /** The unique end-to-end transaction reference in lower case, or null. */
    public String uetr() {
      return uetr;
    }

    /** Minor units of {@link #currency}; meaningless when there is a {@link #problem}. */
    public long amount() {
      return amount;
    }

    /** Three letters. */
    public String currency() {
      return currency;
    }

    /** As written, of the transaction or else of the group, or null. */
    public String settlementDate() {
      return settlementDate;
    }

    /** Days since 1970 of the settlement date, 0 when there is none. */
    public int settlementDay() {
      return settlementDate == null ? 0 : Times.epochDay(settlementDate);
    }

    /** As written, or null. */
    public String acceptanceTime() {
      return acceptanceTime;
    }

    /** Acceptance in UTC milliseconds, or {@link Times#UNKNOWN_MS} when there is none. */
    public long acceptedMs() {
      return acceptanceTime == null ? Times.UNKNOWN_MS : Times.epochMs(acceptanceTime);
    }

    /** Of the transaction, or else of the group. */
    public Agent instructingAgent() {
      return instructingAgent;
    }

    /** Of the transaction, or else of the group. */
    public Agent instructedAgent() {
      return instructedAgent;
    }

    public Agent debtorAgent() {
      return debtorAgent;
    }

    public Agent creditorAgent() {
      return creditorAgent;
    }

    /** Identifications, names, accounts, purpose, remittance and what else is relayed. */
    public PrivateFields privateFields() {
      return privateFields;
    }

    /** Why this transaction cannot be taken, or null. */
    public BusinessProblem problem() {
      return problem;
    }
  }
}
