package org.civicswitch.gateway.iso20022.schema;

/**
 * Told about the elements it asked for, in document order, while the message is checked. What it is
 * told is provisional until {@link MessageChecker#check} returns: a later error refuses the whole
 * message. May refuse the message itself.
 */
public interface MessageListener {
  /**
   * A document or a header begins.
   *
   * @return the elements to report, or null for none
   */
  ElementPaths begun(MessageDefinition definition) throws MessageRefused;

  /** An element begins. {@code id} is as asked for, or {@link ElementPaths#INSIDE}. */
  void started(int id, String name) throws MessageRefused;

  /** An attribute of the element that began last. */
  void attribute(int id, String name, String value) throws MessageRefused;

  /** The checked text of an element without children; valid during the call only. */
  void text(int id, char[] text, int offset, int length) throws MessageRefused;

  /** The element ends. */
  void ended(int id, String name) throws MessageRefused;
}
