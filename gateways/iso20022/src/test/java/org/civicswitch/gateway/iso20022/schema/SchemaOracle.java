package org.civicswitch.gateway.iso20022.schema;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.civicswitch.gateway.iso20022.Inputs;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** What the JDK's parser and XML Schema validator say of the Document and AppHdr in a message. */
public final class SchemaOracle {
  private static final Pattern HEADER_FIRST =
      Pattern.compile(
          "\\uFEFF?(?:<\\?xml[^>]*\\?>)?((?:\\s|<!--.*?-->)*<(?:[\\w.-]+:)?AppHdr[\\s/>])",
          Pattern.DOTALL);

  private final Map<String, Schema> schemas = new HashMap<>();
  private final DocumentBuilder builder;

  /** The verdict: null when valid, otherwise what the JDK says. */
  public SchemaOracle() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new Strict());
  }

  public String verdict(byte[] message) throws Exception {
    try {
      Document document = builder.parse(new ByteArrayInputStream(rooted(message)));
      int[] found = new int[2];
      walk(document.getDocumentElement(), found);
      if (found[0] != 1 || found[1] > 1) {
        return "documents " + found[0] + ", headers " + found[1];
      }
      return null;
    } catch (SAXException | java.io.IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A header and a document beside each other get the root that XML wants. */
  private static byte[] rooted(byte[] message) {
    Matcher begin = HEADER_FIRST.matcher(new String(message, StandardCharsets.UTF_8));
    return begin.lookingAt()
        ? ("<root>" + begin.replaceFirst("$1") + "</root>").getBytes(StandardCharsets.UTF_8)
        : message;
  }

  private void walk(Element element, int[] found) throws Exception {
    boolean document = "Document".equals(element.getLocalName());
    if (document || "AppHdr".equals(element.getLocalName())) {
      found[document ? 0 : 1]++;
      Schema schema = schema(String.valueOf(element.getNamespaceURI()));
      if (schema == null) {
        throw new SAXException("unknown namespace");
      }
      var validator = schema.newValidator();
      validator.setErrorHandler(new Strict());
      validator.validate(new DOMSource(element));
      return;
    }
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        walk(child, found);
      }
    }
  }

  private Schema schema(String namespace) throws SAXException {
    String name = namespace.substring(namespace.lastIndexOf(':') + 1);
    if (MessageDefinitions.committed().byNamespace(namespace) == null) {
      return null;
    }
    Schema known = schemas.get(name);
    if (known == null) {
      File file = Inputs.path("iso20022/xsd/" + name + ".xsd").toFile();
      known = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(file);
      schemas.put(name, known);
    }
    return known;
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {
      // a warning does not make a message invalid
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
