package org.civicswitch.ops.reporting;

import java.util.List;

/**
 * A page of payments.
 *
 * @param rows in order of their number, which is also that of time
 * @param next where the next page begins: given to the same search; null at the end
 * @param asOf the feed sequence that the store had reached
 */
public record PaymentPage(List<PaymentRow> rows, Long next, long asOf) {}
