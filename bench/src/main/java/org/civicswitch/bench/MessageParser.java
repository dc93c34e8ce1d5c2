package org.civicswitch.bench;

/** One way to read a pacs.008. */
interface MessageParser {
  /**
   * Reads one message.
   *
   * @return what it found, for comparing; null where a peer checks without extracting
   * @throws Exception when the message is refused
   */
  Found parse(byte[] message) throws Exception;

  /**
   * Enough to see that a reader read.
   *
   * @param uetr of the last transaction
   * @param transactions how many
   */
  record Found(String uetr, int transactions) {}
}
