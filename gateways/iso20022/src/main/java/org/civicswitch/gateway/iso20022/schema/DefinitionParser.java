package org.civicswitch.gateway.iso20022.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.gateway.iso20022.schema.ComplexType.Attribute;
import org.civicswitch.gateway.iso20022.schema.ComplexType.Child;
import org.civicswitch.gateway.iso20022.schema.ComplexType.Kind;

/** Reads what {@link SchemaCompiler} writes: one statement a line, details indented below it. */
final class DefinitionParser {
  private final String[] lines;
  private final Map<String, ComplexType> complexTypes = new HashMap<>();
  private final Map<String, SimpleType> simpleTypes = new HashMap<>();
  private int at;

  DefinitionParser(String text) {
    this.lines = text.split("\n", 0);
  }

  MessageDefinition parse() {
    if (!"definition 1".equals(lines[at++])) {
      throw error("a definition starts with \"definition 1\"");
    }
    String namespace = words("namespace", 2)[1];
    String[] root = words("root", 3);
    while (at < lines.length) {
      String line = lines[at];
      if (line.startsWith("type ")) {
        complexType(line.split(" ", -1));
      } else if (line.startsWith("simple ")) {
        simpleType(line.split(" ", -1));
      } else {
        throw error("neither type nor simple");
      }
    }
    complexTypes.values().forEach(this::link);
    ComplexType rootType = complexTypes.get(root[2]);
    if (rootType == null) {
      throw new SchemaException("type " + root[2] + " of the root is not defined");
    }
    return new MessageDefinition(namespace, root[1], rootType);
  }

  private void complexType(String[] words) {
    at++;
    String name = words[1];
    List<Child> children = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    Kind kind =
        switch (words[2]) {
          case "sequence" -> Kind.SEQUENCE;
          case "choice" -> Kind.CHOICE;
          case "content" -> Kind.CONTENT;
          case "any" -> Kind.ANY;
          default -> throw error("unknown kind of type " + words[2]);
        };
    if (kind == Kind.ANY) {
      complexTypes.put(
          name,
          new ComplexType(
              name,
              Integer.parseInt(words[3]),
              count(words[4]),
              !"skip".equals(words[5]),
              words[6]));
      return;
    }
    if (kind == Kind.CONTENT) {
      children.add(new Child("", words[3], 1, 1));
    }
    while (at < lines.length && lines[at].startsWith("  ")) {
      String[] detail = lines[at].trim().split(" ", -1);
      switch (detail[0]) {
        case "element" ->
            children.add(
                new Child(detail[1], detail[2], Integer.parseInt(detail[3]), count(detail[4])));
        case "attribute" ->
            attributes.add(new Attribute(detail[1], detail[2], "required".equals(detail[3])));
        default -> throw error("unknown detail of a type");
      }
      at++;
    }
    complexTypes.put(name, new ComplexType(name, kind, children, attributes));
  }

  private void simpleType(String[] words) {
    at++;
    SimpleType type = new SimpleType(words[1], BaseType.named(words[2]));
    while (at < lines.length && lines[at].startsWith("  ")) {
      String detail = lines[at].substring(2);
      int space = detail.indexOf(' ');
      type.facet(detail.substring(0, space), detail.substring(space + 1));
      at++;
    }
    simpleTypes.put(words[1], type);
  }

  private void link(ComplexType type) {
    for (Child child : type.children) {
      child.complex = complexTypes.get(child.typeName);
      child.simple = simpleTypes.get(child.typeName);
      if ((child.complex == null) == (child.simple == null)) {
        throw new SchemaException("type " + child.typeName + " is not defined once");
      }
    }
    for (Attribute attribute : type.attributes) {
      attribute.type = simpleTypes.get(attribute.typeName);
      if (attribute.type == null) {
        throw new SchemaException("type " + attribute.typeName + " is not defined");
      }
    }
  }

  private String[] words(String keyword, int count) {
    String[] words = lines[at].split(" ", -1);
    if (words.length != count || !words[0].equals(keyword)) {
      throw error("expected " + keyword);
    }
    at++;
    return words;
  }

  private static int count(String word) {
    return "unbounded".equals(word) ? ComplexType.UNBOUNDED : Integer.parseInt(word);
  }

  private SchemaException error(String what) {
    return new SchemaException("line " + (at + 1) + ": " + what);
  }
}
