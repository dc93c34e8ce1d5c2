package org.civicswitch.gateway.iso20022.message;

/**
 * Something a schema cannot see, to be answered with a pacs.002.
 *
 * @param reasonCode of the ISO external status reason list, for example {@code AM10}
 * @param text says what, without repeating private values; at most 105 characters
 */
public record BusinessProblem(String reasonCode, String text) {}
