package org.civicswitch.gateway.iso20022.schema;

/** Asks for nothing. */
final class SilentListener implements MessageListener {
  @Override
  public ElementPaths begun(MessageDefinition definition) {
    return null;
  }

  @Override
  public void started(int id, String name) {
    throw new AssertionError("not asked for");
  }

  @Override
  public void attribute(int id, String name, String value) {
    throw new AssertionError("not asked for");
  }

  @Override
  public void text(int id, char[] text, int offset, int length) {
    throw new AssertionError("not asked for");
  }

  @Override
  public void ended(int id, String name) {
    throw new AssertionError("not asked for");
  }
}
