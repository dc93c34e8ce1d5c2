package org.civicswitch.gateway.iso20022.message;

import java.math.BigDecimal;
import java.util.Set;
import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/** Reads a pacs.008. */
final class CreditTransferBinder extends BodyBinder {
  private static final int MESSAGE_ID = 1;
  private static final int CREATED = 2;
  private static final int COUNT = 3;
  private static final int CONTROL_SUM = 4;
  private static final int TOTAL = 5;
  private static final int GROUP_DATE = 6;
  private static final int METHOD = 7;
  private static final int GROUP_TYPE = 8;
  private static final int GROUP_INSTRUCTING = 9; // and 10
  private static final int GROUP_INSTRUCTED = 11; // and 12
  private static final int TRANSACTION = 13;
  private static final int CARRIED = 14;
  private static final int UETR = 15;
  private static final int CLEARING = 16;
  private static final int AMOUNT = 17;
  private static final int DATE = 18;
  private static final int ACCEPTANCE = 19;
  private static final int INSTRUCTING = 20; // and 21
  private static final int INSTRUCTED = 22; // and 23
  private static final int DEBTOR_AGENT = 24; // and 25
  private static final int CREDITOR_AGENT = 26; // and 27
  private static final int PAYMENT_TYPE = 28;

  private static final String ROOT = "FIToFICstmrCdtTrf/";

  /** Written from clear business fields on the way out, so not carried. */
  static final Set<String> CLEAR =
      Set.of(
          "IntrBkSttlmAmt",
          "IntrBkSttlmDt",
          "InstgAgt",
          "InstdAgt",
          "DbtrAgt",
          "CdtrAgt",
          "SplmtryData");

  private final int transactionsMax;
  private final Tokens carried = new Tokens();
  private final Tokens groupType = new Tokens();
  private CreditTransfer transfer = new CreditTransfer();
  private CreditTransfer.Transaction transaction;
  private final Agent groupInstructing = new Agent();
  private final Agent groupInstructed = new Agent();
  private String groupDate;
  private String currency;
  private String amountText;
  private BigDecimal sum;
  private Tokens recording;
  private int depth;
  private boolean hasPaymentType;

  CreditTransferBinder(int transactionsMax) {
    this.transactionsMax = transactionsMax;
  }

  @Override
  void clear(MessageDefinition definition) {
    transfer = new CreditTransfer();
    transfer.messageName = definition.name();
    groupType.clear();
    groupInstructing.bic = null;
    groupInstructing.memberId = null;
    groupInstructed.bic = null;
    groupInstructed.memberId = null;
    groupDate = null;
    sum = BigDecimal.ZERO;
    recording = null;
    depth = 0;
  }

  @Override
  ElementPaths bind(MessageDefinition definition) {
    String header = ROOT + "GrpHdr/";
    String tx = ROOT + "CdtTrfTxInf";
    ElementPaths.Builder builder =
        ElementPaths.of(definition)
            .element(header + "MsgId", MESSAGE_ID)
            .element(header + "CreDtTm", CREATED)
            .element(header + "NbOfTxs", COUNT)
            .element(header + "CtrlSum", CONTROL_SUM)
            .element(header + "TtlIntrBkSttlmAmt", TOTAL)
            .element(header + "IntrBkSttlmDt", GROUP_DATE)
            .element(header + "SttlmInf/SttlmMtd", METHOD)
            .subtree(header + "PmtTpInf", GROUP_TYPE)
            .element(tx, TRANSACTION);
    agent(builder, header + "InstgAgt", GROUP_INSTRUCTING);
    agent(builder, header + "InstdAgt", GROUP_INSTRUCTED);
    String[] children =
        definition.cursor().child("FIToFICstmrCdtTrf").child("CdtTrfTxInf").children();
    for (String child : children) {
      if (!CLEAR.contains(child)) {
        builder.subtree(tx + "/" + child, CARRIED);
      }
    }
    builder
        .subtree(tx + "/PmtTpInf", PAYMENT_TYPE)
        .subtree(tx + "/AccptncDtTm", ACCEPTANCE)
        .element(tx + "/PmtId/UETR", UETR)
        .element(tx + "/PmtId/ClrSysRef", CLEARING)
        .element(tx + "/IntrBkSttlmAmt", AMOUNT)
        .element(tx + "/IntrBkSttlmDt", DATE);
    agent(builder, tx + "/InstgAgt", INSTRUCTING);
    agent(builder, tx + "/InstdAgt", INSTRUCTED);
    agent(builder, tx + "/DbtrAgt", DEBTOR_AGENT);
    agent(builder, tx + "/CdtrAgt", CREDITOR_AGENT);
    return builder.build();
  }

  @Override
  String started(int id, String name) {
    switch (id) {
      case TRANSACTION -> {
        if (transfer.transactions.size() == transactionsMax) {
          return "more than " + transactionsMax + " transactions";
        }
        transaction = new CreditTransfer.Transaction();
        transfer.transactions.add(transaction);
        carried.clear();
        hasPaymentType = false;
        return null;
      }
      case GROUP_TYPE -> recording = groupType;
      case CARRIED, ACCEPTANCE -> recording = carried;
      case PAYMENT_TYPE -> {
        recording = carried;
        hasPaymentType = true;
      }
      case UETR, CLEARING -> {
        return null;
      }
      default -> {
        // an element inside what is being recorded, or a clear field
      }
    }
    if (recording != null) {
      recording.open(name);
      depth++;
    }
    return null;
  }

  @Override
  void attribute(int id, String name, String value) {
    if (recording != null) {
      recording.attribute(name, value);
    } else if (id == AMOUNT || id == TOTAL) {
      currency = value;
    }
  }

  @Override
  void ended(int id) {
    if (id == TRANSACTION) {
      finishTransaction();
    } else if (recording != null && id != UETR && id != CLEARING) {
      recording.close();
      if (--depth == 0) {
        recording = null;
      }
    }
  }

  @Override
  void text(int id, char[] text, int offset, int length) {
    if (id == CLEARING) {
      return;
    }
    String value = new String(text, offset, length);
    if (recording != null && id != UETR) {
      recording.text(value);
    }
    switch (id) {
      case MESSAGE_ID -> transfer.messageId = value;
      case CREATED -> transfer.creationTime = value;
      case COUNT -> transfer.numberOfTransactions = value;
      case CONTROL_SUM -> transfer.controlSum = value;
      case TOTAL -> {
        transfer.totalAmount = value;
        transfer.totalCurrency = currency;
      }
      case GROUP_DATE -> groupDate = value;
      case METHOD -> transfer.settlementMethod = value;
      case GROUP_INSTRUCTING -> groupInstructing.bic = value;
      case GROUP_INSTRUCTING + 1 -> groupInstructing.memberId = value;
      case GROUP_INSTRUCTED -> groupInstructed.bic = value;
      case GROUP_INSTRUCTED + 1 -> groupInstructed.memberId = value;
      case UETR -> transaction.uetr = value;
      case AMOUNT -> {
        transaction.currency = currency;
        amountText = value;
      }
      case DATE -> transaction.settlementDate = value;
      case ACCEPTANCE -> transaction.acceptanceTime = value;
      case INSTRUCTING -> transaction.instructingAgent.bic = value;
      case INSTRUCTING + 1 -> transaction.instructingAgent.memberId = value;
      case INSTRUCTED -> transaction.instructedAgent.bic = value;
      case INSTRUCTED + 1 -> transaction.instructedAgent.memberId = value;
      case DEBTOR_AGENT -> transaction.debtorAgent.bic = value;
      case DEBTOR_AGENT + 1 -> transaction.debtorAgent.memberId = value;
      case CREDITOR_AGENT -> transaction.creditorAgent.bic = value;
      case CREDITOR_AGENT + 1 -> transaction.creditorAgent.memberId = value;
      default -> {
        // only recorded
      }
    }
  }

  private void finishTransaction() {
    transaction.instructingAgent.inherit(groupInstructing);
    transaction.instructedAgent.inherit(groupInstructed);
    if (transaction.settlementDate == null) {
      transaction.settlementDate = groupDate;
    }
    if (!hasPaymentType && groupType.length() > 0) {
      carried.append(groupType.copy());
    }
    transaction.privateFields = PrivateFields.of(carried);
    transaction.problem = readAmount();
    if (transfer.controlSum != null || transfer.totalAmount != null) {
      sum = sum.add(new BigDecimal(amountText));
    }
  }

  private BusinessProblem readAmount() {
    int exponent = Currencies.exponent(transaction.currency);
    if (exponent < 0) {
      return new BusinessProblem("AM03", "currency " + transaction.currency + " is not accepted");
    }
    long amount = Amounts.minorUnits(amountText, exponent);
    if (amount == Amounts.NOT_REPRESENTABLE) {
      return new BusinessProblem(
          "AM12", "amount is too large or finer than " + exponent + " digits of minor unit");
    }
    transaction.amount = amount;
    return amount == 0 ? new BusinessProblem("AM01", "amount is zero") : null;
  }

  @Override
  InboundBody body() {
    return transfer;
  }

  /** What can only be said once the last transaction has been read. */
  @Override
  void finish() {
    int count = transfer.transactions.size();
    if (transfer.numberOfTransactions() != count) {
      transfer.problems.add(
          new BusinessProblem("AM18", "NbOfTxs is not the number of transactions, " + count));
    }
    if (transfer.controlSum != null && sum.compareTo(new BigDecimal(transfer.controlSum)) != 0) {
      transfer.problems.add(new BusinessProblem("AM10", "CtrlSum is not the sum of the amounts"));
    }
    if (transfer.totalAmount != null) {
      boolean oneCurrency =
          transfer.transactions.stream().allMatch(t -> t.currency.equals(transfer.totalCurrency));
      if (!oneCurrency || sum.compareTo(new BigDecimal(transfer.totalAmount)) != 0) {
        transfer.problems.add(
            new BusinessProblem("AM10", "TtlIntrBkSttlmAmt is not the sum of the amounts"));
      }
    }
  }
}
