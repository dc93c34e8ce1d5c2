package org.civicswitch.gateway.iso20022.message;

/** How a message names a financial institution. */
public final class Agent {
  String bic;
  String memberId;

  Agent() {}

  /** An agent to be written; one of the two may be null. */
  public static Agent of(String bic, String memberId) {
    Agent agent = new Agent();
    agent.bic = bic;
    agent.memberId = memberId;
    return agent;
  }

  /** BICFI of 8 or 11 characters, or null. */
  public String bic() {
    return bic;
  }

  /** Clearing system member identification, or null. */
  public String memberId() {
    return memberId;
  }

  /** Whether the message names an institution at all. */
  public boolean isPresent() {
    return bic != null || memberId != null;
  }

  void inherit(Agent other) {
    if (!isPresent()) {
      bic = other.bic;
      memberId = other.memberId;
    }
  }

  @Override
  public String toString() {
    return bic != null ? bic : String.valueOf(memberId);
  }
}
