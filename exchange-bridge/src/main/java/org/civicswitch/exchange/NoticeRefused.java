package org.civicswitch.exchange;

/** A request that was not carried out; becomes an X-Road error body and status. */
final class NoticeRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  /**
   * @param type as X-Road's errors have it: {@code Client.…} or {@code Server.ServerProxy.…}
   * @param message for the caller; never personal data
   */
  NoticeRefused(final int status, final String type, final String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
