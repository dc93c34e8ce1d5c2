package org.civicswitch.gateway.iso20022.http;

/** A request that is answered with a problem document instead of a message. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfterSeconds;

  Refusal(int status, String detail) {
    this(status, detail, 0);
  }

  /**
   * @param retryAfterSeconds 0 for no advice
   */
  Refusal(int status, String detail, int retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static Refusal busy() {
    return new Refusal(503, "the switch has no room now; nothing was taken, send it again", 1);
  }

  /** Of a message that goes to the switch in several commands. */
  static Refusal partlyTaken() {
    return new Refusal(
        503,
        "not all of it could be taken now; send it again unchanged, nothing is taken twice",
        1);
  }

  int status() {
    return status;
  }

  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
