package org.civicswitch.gateway.iso20022.schema;

/**
 * What a message may cost before anything is known about it.
 *
 * @param bytes of the whole message as received
 * @param depth of nested elements, wrappers included
 * @param attributes of one element
 * @param textLength characters of one element's text
 * @param transactions in one message
 */
public record CheckLimits(int bytes, int depth, int attributes, int textLength, int transactions) {
  /** 10 MiB, 48 levels, 16 attributes, 65,536 characters, 1,000 transactions. */
  public static final CheckLimits DEFAULT =
      new CheckLimits(10 * 1024 * 1024, 48, 16, 64 * 1024, 1_000);

  public CheckLimits {
    if (bytes < 1 || depth < 2 || attributes < 1 || textLength < 1 || transactions < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
