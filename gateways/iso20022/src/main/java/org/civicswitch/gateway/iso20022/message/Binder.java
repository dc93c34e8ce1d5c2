package org.civicswitch.gateway.iso20022.message;

import java.util.HashMap;
import java.util.Map;
import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;

/** Fills one kind of message from the elements that the checker reports. */
abstract class Binder {
  private final Map<MessageDefinition, ElementPaths> paths = new HashMap<>();

  /** Forgets the last message and says which elements of this one are wanted. */
  final ElementPaths begin(MessageDefinition definition) {
    clear(definition);
    return paths.computeIfAbsent(definition, this::bind);
  }

  abstract void clear(MessageDefinition definition);

  abstract ElementPaths bind(MessageDefinition definition);

  /** Returns the limit that is exceeded, or null. */
  String started(int id, String name) {
    return null;
  }

  void attribute(int id, String name, String value) {}

  abstract void text(int id, char[] text, int offset, int length);

  void ended(int id) {}

  /** Agents are named alike everywhere: two ids, the BIC and behind it the member id. */
  static void agent(ElementPaths.Builder builder, String path, int id) {
    builder.element(path + "/FinInstnId/BICFI", id);
    builder.element(path + "/FinInstnId/ClrSysMmbId/MmbId", id + 1);
  }
}
