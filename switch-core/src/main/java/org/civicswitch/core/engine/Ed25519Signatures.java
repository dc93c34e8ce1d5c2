package org.civicswitch.core.engine;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 (RFC 8032, section 5.1), as Bouncy Castle computes it: without looking for a provider,
 * and the same under every Java, where the platform's own may change its mind about the edges with
 * a new version. Keys must be canonical points of the large subgroup, so that nobody can register
 * one under which anything is signed.
 *
 * <p>0.1 ms a signature once compiled, under 1 ms before (bench/RESULTS.md), on the engine's
 * thread: operators' commands are few, and a connection needs a grant to send them.
 */
final class Ed25519Signatures implements Signatures {
  Ed25519Signatures() {
    // 7 ms, once in a process; not while the first command waits.
    Ed25519.precompute();
  }

  @Override
  public boolean isKey(final byte[] publicKey) {
    return Ed25519.validatePublicKeyFull(publicKey, 0);
  }

  @Override
  public boolean hold(
      final byte[] publicKey, final byte[] signature, final byte[] message, final int length) {
    // The first half of a signature is a point too. Outside the large subgroup some implementations
    // take it and some do not, and who signs could make one that way.
    return Ed25519.validatePublicKeyFull(signature, 0)
        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, length);
  }
}
