package org.civicswitch.core.engine;

/** For tests about something else: nobody needs to sign. */
public final class AnySignature implements Signatures {
  @Override
  public boolean isKey(final byte[] publicKey) {
    return true;
  }

  @Override
  public boolean hold(
      final byte[] publicKey, final byte[] signature, final byte[] message, final int length) {
    return true;
  }
}
