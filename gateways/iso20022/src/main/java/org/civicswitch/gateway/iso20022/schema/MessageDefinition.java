package org.civicswitch.gateway.iso20022.schema;

/**
 * One message (or business application header) as the checker and the writers know it. Immutable
 * and safe for any thread.
 */
public final class MessageDefinition {
  private final String namespace;
  private final String name;
  private final String rootName;
  private final ComplexType root;

  MessageDefinition(String namespace, String rootName, ComplexType root) {
    this.namespace = namespace;
    this.name = namespace.substring(namespace.lastIndexOf(':') + 1);
    this.rootName = rootName;
    this.root = root;
  }

  /**
   * Reads a compact definition.
   *
   * @throws SchemaException naming the line that is not understood
   */
  public static MessageDefinition parse(String text) {
    return new DefinitionParser(text).parse();
  }

  /** For example {@code urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08}. */
  public String namespace() {
    return namespace;
  }

  /** The message definition identifier, for example {@code pacs.008.001.08}. */
  public String name() {
    return name;
  }

  /** The name of the root element: {@code Document} or {@code AppHdr}. */
  public String rootName() {
    return rootName;
  }

  /** Where the elements below the root begin, for walking the definition while writing. */
  public Cursor cursor() {
    return new Cursor(root);
  }

  ComplexType root() {
    return root;
  }

  /** A place in a definition. */
  public static final class Cursor {
    private final ComplexType type;

    private Cursor(ComplexType type) {
      this.type = type;
    }

    /** Names of the child elements in the order in which they must be written. */
    public String[] children() {
      String[] names = new String[type.children.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = type.children[i].name;
      }
      return names;
    }

    /** Whether there is a child of this name. */
    public boolean has(String name) {
      return type != null && type.indexOf(name) != ComplexType.NONE;
    }

    /** Whether a text may stand in a child, which is one without children of its own. */
    public boolean accepts(String name, String text) {
      int index = type == null ? ComplexType.NONE : type.indexOf(name);
      if (index == ComplexType.NONE) {
        return false;
      }
      ComplexType.Child child = type.children[index];
      SimpleType simple = child.simple != null ? child.simple : child.complex.textType();
      return simple != null && simple.broken(text.toCharArray(), 0, text.length()) == null;
    }

    /**
     * The place below a child.
     *
     * @throws IllegalArgumentException when there is no such child
     */
    public Cursor child(String name) {
      int index = type == null ? ComplexType.NONE : type.indexOf(name);
      if (index == ComplexType.NONE) {
        throw new IllegalArgumentException("no element " + name);
      }
      return new Cursor(type.children[index].complex);
    }
  }
}
