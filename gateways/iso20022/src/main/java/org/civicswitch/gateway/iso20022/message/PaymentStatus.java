package org.civicswitch.gateway.iso20022.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A pacs.002 that is valid against its definition. Filled while reading, not changed afterwards.
 */
public final class PaymentStatus implements InboundBody {
  String messageName;
  String messageId;
  String creationTime;
  final Agent instructingAgent = new Agent();
  final Agent instructedAgent = new Agent();
  final List<Group> groups = new ArrayList<>(1);
  final List<Entry> entries = new ArrayList<>(1);

  @Override
  public String messageName() {
    return messageName;
  }

  @Override
  public String messageId() {
    return messageId;
  }

  @Override
  public long createdMs() {
    return Times.epochMs(creationTime);
  }

  /** Of the group header. */
  public Agent instructingAgent() {
    return instructingAgent;
  }

  /** Of the group header. */
  public Agent instructedAgent() {
    return instructedAgent;
  }

  /** What is said of whole messages, in message order; may be empty. */
  public List<Group> groups() {
    return Collections.unmodifiableList(groups);
  }

  /** What is said of single transactions, in message order; may be empty. */
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** A status with its reason. */
  public abstract static sealed class Statement permits Group, Entry {
    String originalMessageId;
    String originalMessageName;
    String status;
    String reasonCode;
    String reasonProprietary;
    String additionalInformation;

    /** Of the entry, or of the only group when the entry names none; or null. */
    public String originalMessageId() {
      return originalMessageId;
    }

    /** As {@link #originalMessageId}. */
    public String originalMessageName() {
      return originalMessageName;
    }

    /** For example {@code ACCP}, {@code ACSC}, {@code ACWP}, {@code RJCT}; or null. */
    public String status() {
      return status;
    }

    /** The first ISO reason code, or null. */
    public String reasonCode() {
      return reasonCode;
    }

    /** The first proprietary reason, or null. */
    public String reasonProprietary() {
      return reasonProprietary;
    }

    /** The first line of further information, or null. */
    public String additionalInformation() {
      return additionalInformation;
    }
  }

  /** A status of a whole message. */
  public static final class Group extends Statement {
    Group() {}
  }

  /** A status of one transaction; says nothing itself when {@link #status} is null. */
  public static final class Entry extends Statement {
    String statusId;
    String originalInstructionId;
    String originalEndToEndId;
    String originalTransactionId;
    String originalUetr;
    String acceptanceTime;
    String clearingReference;

    Entry() {}

    public String statusId() {
      return statusId;
    }

    public String originalInstructionId() {
      return originalInstructionId;
    }

    public String originalEndToEndId() {
      return originalEndToEndId;
    }

    public String originalTransactionId() {
      return originalTransactionId;
    }

    public String originalUetr() {
      return originalUetr;
    }

    /** As written, or null. */
    public String acceptanceTime() {
      return acceptanceTime;
    }

    /** The clearing system's reference, which we fill with the log sequence; or null. */
    public String clearingReference() {
      return clearingReference;
    }
  }
}
