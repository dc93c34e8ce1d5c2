package org.civicswitch.ops.benefits;

import java.nio.file.Path;

/**
 * What the first pass over a roll found.
 *
 * @param payable rows that may be paid as far as the office can tell
 * @param total of them, in minor units
 * @param refused rows in the verdict file
 */
public record RollCheck(long payable, long total, long refused, Path verdictFile) {}
