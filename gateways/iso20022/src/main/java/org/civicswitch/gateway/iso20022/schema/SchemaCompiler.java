package org.civicswitch.gateway.iso20022.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Compiles an official ISO 20022 XSD into the compact message definition that {@link
 * MessageDefinition#parse} reads.
 *
 * <p>Only the constructs that ISO 20022 schemas are made of are understood; anything else is
 * refused by name rather than compiled into something weaker. Types that the root does not reach
 * are left out, and types are written in the order in which the root reaches them, so that the same
 * schema always gives the same text.
 */
public final class SchemaCompiler {
  private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
  private static final Set<String> FACETS =
      Set.of(
          "length",
          "minLength",
          "maxLength",
          "pattern",
          "enumeration",
          "totalDigits",
          "fractionDigits",
          "minInclusive",
          "maxInclusive");

  private final Map<String, Element> complexTypes = new LinkedHashMap<>();
  private final Map<String, Element> simpleTypes = new LinkedHashMap<>();
  private final Set<String> written = new HashSet<>();
  private final StringBuilder out = new StringBuilder(16_384);

  private SchemaCompiler() {}

  /**
   * Compiles the schema in a file.
   *
   * @return the definition text, lines ended by a newline
   * @throws SchemaException when the schema uses a construct that is not understood
   */
  public static String compile(Path xsd) throws IOException {
    return compile(Files.readAllBytes(xsd));
  }

  /** As {@link #compile(Path)}, from the bytes of a schema. */
  public static String compile(byte[] xsd) {
    return new SchemaCompiler().run(xsd);
  }

  private String run(byte[] xsd) {
    Element schema = parse(xsd);
    if (!"schema".equals(schema.getLocalName()) || !XS.equals(schema.getNamespaceURI())) {
      throw new SchemaException("not an XML schema: root element is " + schema.getNodeName());
    }
    if (!"qualified".equals(schema.getAttribute("elementFormDefault"))) {
      throw new SchemaException("elementFormDefault must be qualified");
    }
    Element root = null;
    for (Element child : children(schema)) {
      switch (child.getLocalName()) {
        case "element" -> {
          if (root != null) {
            throw new SchemaException("more than one global element");
          }
          root = child;
        }
        case "complexType" -> complexTypes.put(child.getAttribute("name"), child);
        case "simpleType" -> simpleTypes.put(child.getAttribute("name"), child);
        default -> throw unsupported(child, "schema");
      }
    }
    if (root == null) {
      throw new SchemaException("no global element");
    }
    line("definition 1");
    line("namespace " + schema.getAttribute("targetNamespace"));
    line("root " + root.getAttribute("name") + " " + root.getAttribute("type"));
    write(root.getAttribute("type"));
    return out.toString();
  }

  private static Element parse(byte[] xsd) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The one set at first prints to standard error by itself; the exception says it all.
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new ByteArrayInputStream(xsd)).getDocumentElement();
    } catch (SAXParseException e) {
      throw new SchemaException(
          "the schema cannot be read: line "
              + e.getLineNumber()
              + ", column "
              + e.getColumnNumber()
              + ": "
              + e.getMessage(),
          e);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new SchemaException("the schema cannot be read: " + e.getMessage(), e);
    }
  }

  private void write(String type) {
    if (!written.add(type)) {
      return;
    }
    Element complex = complexTypes.get(type);
    if (complex != null) {
      writeComplex(type, complex);
      return;
    }
    Element simple = simpleTypes.get(type);
    if (simple == null) {
      throw new SchemaException("type " + type + " is not declared");
    }
    writeSimple(type, simple);
  }

  private void writeComplex(String type, Element complex) {
    forbid(complex, "mixed", "abstract");
    List<Element> models = children(complex);
    if (models.size() != 1) {
      throw new SchemaException("type " + type + " has " + models.size() + " content models");
    }
    Element model = models.get(0);
    switch (model.getLocalName()) {
      case "sequence" -> writeGroup(type, model);
      case "choice" -> writeElements(type, model, "choice");
      case "simpleContent" -> writeContent(type, model);
      default -> throw unsupported(model, type);
    }
  }

  private void writeGroup(String type, Element sequence) {
    List<Element> particles = children(sequence);
    if (particles.size() == 1 && "any".equals(particles.get(0).getLocalName())) {
      Element any = particles.get(0);
      line(
          "type %s any %s %s %s %s"
              .formatted(
                  type,
                  occurs(any, "minOccurs"),
                  occurs(any, "maxOccurs"),
                  any.getAttribute("processContents"),
                  any.getAttribute("namespace")));
    } else if (particles.size() == 1 && "choice".equals(particles.get(0).getLocalName())) {
      forbid(particles.get(0), "minOccurs", "maxOccurs");
      writeElements(type, particles.get(0), "choice");
    } else {
      writeElements(type, sequence, "sequence");
    }
  }

  private void writeElements(String type, Element group, String kind) {
    forbid(group, "minOccurs", "maxOccurs");
    line("type " + type + " " + kind);
    List<String> reached = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Element particle : children(group)) {
      if (!"element".equals(particle.getLocalName()) || !particle.hasAttribute("type")) {
        throw unsupported(particle, type);
      }
      forbid(particle, "nillable", "default", "fixed", "ref", "form");
      String name = particle.getAttribute("name");
      if (!names.add(name)) {
        throw new SchemaException("type " + type + " names " + name + " twice");
      }
      line(
          "  element %s %s %s %s"
              .formatted(
                  name,
                  particle.getAttribute("type"),
                  occurs(particle, "minOccurs"),
                  occurs(particle, "maxOccurs")));
      reached.add(particle.getAttribute("type"));
    }
    reached.forEach(this::write);
  }

  private void writeContent(String type, Element simpleContent) {
    List<Element> derivations = children(simpleContent);
    if (derivations.size() != 1 || !"extension".equals(derivations.get(0).getLocalName())) {
      throw unsupported(simpleContent, type);
    }
    Element extension = derivations.get(0);
    line("type " + type + " content " + extension.getAttribute("base"));
    List<String> reached = new ArrayList<>();
    reached.add(extension.getAttribute("base"));
    for (Element attribute : children(extension)) {
      if (!"attribute".equals(attribute.getLocalName())) {
        throw unsupported(attribute, type);
      }
      forbid(attribute, "default", "fixed", "ref", "form");
      String use = "required".equals(attribute.getAttribute("use")) ? "required" : "optional";
      line(
          "  attribute %s %s %s"
              .formatted(attribute.getAttribute("name"), attribute.getAttribute("type"), use));
      reached.add(attribute.getAttribute("type"));
    }
    reached.forEach(this::write);
  }

  private void writeSimple(String type, Element simple) {
    List<Element> derivations = children(simple);
    if (derivations.size() != 1 || !"restriction".equals(derivations.get(0).getLocalName())) {
      throw unsupported(simple, type);
    }
    Element restriction = derivations.get(0);
    String base = restriction.getAttribute("base");
    int colon = base.indexOf(':');
    if (colon < 0 || !XS.equals(restriction.lookupNamespaceURI(base.substring(0, colon)))) {
      throw new SchemaException("type " + type + " restricts " + base + ", not a built-in type");
    }
    line("simple " + type + " " + BaseType.named(base.substring(colon + 1)).schemaName());
    for (Element facet : children(restriction)) {
      if (!FACETS.contains(facet.getLocalName())) {
        throw unsupported(facet, type);
      }
      String value = facet.getAttribute("value");
      if ("pattern".equals(facet.getLocalName())) {
        Pattern.compile(value); // refused here rather than when a gateway starts
      }
      line("  " + facet.getLocalName() + " " + value);
    }
  }

  private static String occurs(Element particle, String attribute) {
    return particle.hasAttribute(attribute) ? particle.getAttribute(attribute) : "1";
  }

  private static void forbid(Element element, String... attributes) {
    for (String attribute : attributes) {
      if (element.hasAttribute(attribute)) {
        throw new SchemaException(
            "attribute " + attribute + " of " + element.getNodeName() + " is not supported");
      }
    }
  }

  private static SchemaException unsupported(Element element, String where) {
    return new SchemaException(element.getNodeName() + " in " + where + " is not supported");
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && !"annotation".equals(element.getLocalName())) {
        children.add(element);
      }
    }
    return children;
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
