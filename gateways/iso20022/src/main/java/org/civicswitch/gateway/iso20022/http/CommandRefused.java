package org.civicswitch.gateway.iso20022.http;

import org.civicswitch.core.protocol.Code;

/** The switch refused a command as a whole. */
final class CommandRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  CommandRefused(Code code) {
    super(code.name(), null, false, false);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
