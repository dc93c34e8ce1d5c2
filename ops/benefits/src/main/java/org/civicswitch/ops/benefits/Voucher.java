package org.civicswitch.ops.benefits;

import org.civicswitch.core.protocol.VoucherState;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * A voucher as the feed last told of it.
 *
 * @param amount issued, in minor units
 * @param left not spent yet, in minor units
 * @param category ISO 18245 code of the merchants it may be spent at; 0: any
 * @param expiresMs UTC milliseconds
 * @param subject token of whom it is for
 */
public record Voucher(
    Id128 id,
    int asset,
    VoucherState state,
    long amount,
    long left,
    int category,
    long expiresMs,
    Digest256 subject) {}
