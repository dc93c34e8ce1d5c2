package org.civicswitch.ops.console.openid;

/** Nobody got in; the message says why, to the person who tried. */
public final class OpenIdRefused extends Exception {
  private static final long serialVersionUID = 1L;

  OpenIdRefused(final String message) {
    super(message);
  }

  OpenIdRefused(final String message, final Throwable cause) {
    super(message, cause);
  }
}
