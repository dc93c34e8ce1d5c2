package org.civicswitch.ops.benefits;

import org.civicswitch.core.protocol.Code;

/** The switch, or the office before it, refused a step. Nothing was changed by it. */
public final class OfficeRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  OfficeRefused(final String step, final Code code) {
    this(step, code, VerdictWording.of(code));
  }

  /**
   * @param why a sentence for the person who took the step
   */
  OfficeRefused(final String step, final Code code, final String why) {
    super(step + ": " + code + ", " + why);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
