package org.civicswitch.gateway.iso20022.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The definitions that this gateway reads and writes. Immutable and safe for any thread. */
public final class MessageDefinitions {
  /** Every committed definition, by message definition identifier. */
  public static final List<String> NAMES =
      List.of(
          "pacs.008.001.08",
          "pacs.008.001.10",
          "pacs.002.001.10",
          "pacs.002.001.12",
          "admi.002.001.01",
          "head.001.001.01",
          "head.001.001.02",
          "head.001.001.03",
          "head.001.001.04");

  private static final MessageDefinitions COMMITTED = load();

  private final Map<String, MessageDefinition> byNamespace = new LinkedHashMap<>();
  private final Map<String, MessageDefinition> byName = new LinkedHashMap<>();

  /** A catalogue of its own, for tests and other gateways. */
  public MessageDefinitions(Iterable<MessageDefinition> definitions) {
    for (MessageDefinition definition : definitions) {
      byNamespace.put(definition.namespace(), definition);
      byName.put(definition.name(), definition);
    }
  }

  /** The committed definitions, parsed once. */
  public static MessageDefinitions committed() {
    return COMMITTED;
  }

  /** The definition text as committed. */
  public static String text(String name) {
    try (InputStream in = MessageDefinitions.class.getResourceAsStream(name + ".def")) {
      if (in == null) {
        throw new SchemaException("no definition " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The definition of a namespace, or null. */
  public MessageDefinition byNamespace(String namespace) {
    return byNamespace.get(namespace);
  }

  /**
   * The definition of a message definition identifier.
   *
   * @throws IllegalArgumentException when there is none
   */
  public MessageDefinition byName(String name) {
    MessageDefinition definition = byName.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("no definition " + name);
    }
    return definition;
  }

  /** The identifiers in this catalogue, in its order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /**
   * Says that a root element is not one of these, and which are. Repeats only names of messages.
   */
  String notKnown(String rootName, String namespace) {
    String what =
        namespace.isEmpty()
            ? rootName + " without a namespace"
            : namespace.matches("urn:iso:std:iso:20022:tech:xsd:[a-z]{4}(\\.[0-9]{2,3}){3}")
                ? namespace.substring(namespace.lastIndexOf(':') + 1)
                : rootName + " of a namespace that is not of ISO 20022";
    return what
        + " is not taken in here; taken in are "
        + byName.values().stream()
            .filter(definition -> definition.rootName().equals(rootName))
            .map(MessageDefinition::name)
            .collect(Collectors.joining(", "));
  }

  private static MessageDefinitions load() {
    return new MessageDefinitions(
        NAMES.stream().map(name -> MessageDefinition.parse(text(name))).toList());
  }
}
