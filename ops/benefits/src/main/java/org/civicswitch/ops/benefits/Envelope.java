package org.civicswitch.ops.benefits;

import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * An envelope as the feed last told of it; amounts in minor units.
 *
 * @param releasedMs when it was first released, UTC milliseconds; 0 before
 * @param changedMs when it last changed
 */
record Envelope(
    Id128 id,
    EnvelopeState state,
    long declaredCount,
    long declaredTotal,
    long added,
    long addedTotal,
    long sent,
    long settled,
    long settledTotal,
    long rejected,
    long expired,
    long held,
    long returned,
    long approvals,
    Digest256 hash,
    long releasedMs,
    long changedMs) {

  long answered() {
    return settled + rejected + expired;
  }
}
