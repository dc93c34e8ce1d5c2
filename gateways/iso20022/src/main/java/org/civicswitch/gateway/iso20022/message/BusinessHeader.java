package org.civicswitch.gateway.iso20022.message;

/**
 * What a business application header (head.001) says, read or to be written.
 *
 * @param from BIC or member identification of the sender
 * @param to BIC or member identification of the receiver
 * @param businessMessageId of at most 35 characters
 * @param messageName message definition identifier, for example {@code pacs.008.001.08}
 * @param businessService or null
 * @param createdMs UTC milliseconds
 * @param possibleDuplicate as the sender marked it
 */
public record BusinessHeader(
    String from,
    String to,
    String businessMessageId,
    String messageName,
    String businessService,
    long createdMs,
    boolean possibleDuplicate) {}
