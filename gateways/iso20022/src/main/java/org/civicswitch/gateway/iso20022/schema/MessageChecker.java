package org.civicswitch.gateway.iso20022.schema;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.civicswitch.gateway.iso20022.schema.ElementStack.Mode;
import org.civicswitch.gateway.iso20022.schema.MessageRefused.Kind;
import org.codehaus.stax2.io.Stax2ByteArraySource;

/**
 * Reads a message once: well-formed, within limits, valid against its definition, and the elements
 * that the caller asked for on the way.
 *
 * <p>A message is a {@code Document}, alone or with one {@code AppHdr}: the two beside each other,
 * or somewhere inside elements of any name, as every scheme has its own envelope. There is no DTD
 * and no entity beyond the five of XML. Reusable; one thread at a time.
 *
 * <p>Where it differs from a validator for XML Schema, on purpose: {@code xsi:type} and {@code
 * xsi:nil} are refused, lengths count characters and not UTF-16 units, what stands around Document
 * and AppHdr is skipped, and any document type declaration is refused.
 */
public final class MessageChecker {
  private static final String DOCUMENT = "Document";
  private static final String HEADER = "AppHdr";

  /** Names met in wildcards, prefixes included, stay in the parser's table until it is renewed. */
  private static final int MESSAGES_PER_FACTORY = 8_192;

  private static final int UNKNOWN_NAMES_PER_FACTORY = 8_192;

  private final MessageDefinitions definitions;
  private final CheckLimits limits;
  private final ElementStack stack;
  private InputFactoryImpl factory = newFactory();
  private int messages;
  private int unknownNames;

  private char[] text = new char[1_024];
  private int textLength;
  private MessageDefinition definition;
  private XMLStreamReader reader;
  private MessageListener listener;
  private int documents;
  private int headers;
  private XmlInput input;
  private boolean enclosed;

  public MessageChecker(MessageDefinitions definitions, CheckLimits limits) {
    this.definitions = definitions;
    this.limits = limits;
    this.stack = new ElementStack(limits.depth());
  }

  private static InputFactoryImpl newFactory() {
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(org.codehaus.stax2.XMLInputFactory2.P_INTERN_NAMES, false);
    factory.setProperty(org.codehaus.stax2.XMLInputFactory2.P_LAZY_PARSING, true);
    return factory;
  }

  /**
   * Checks one message.
   *
   * @param listener told what it asks for; what it was told counts only when this returns
   * @throws MessageRefused at the first rule that is broken
   */
  public void check(byte[] bytes, int offset, int length, MessageListener listener)
      throws MessageRefused {
    if (length > limits.bytes()) {
      throw new MessageRefused(
          Kind.LIMIT_EXCEEDED, 0, 0, "", "message of more than " + limits.bytes() + " bytes");
    }
    input = XmlInput.of(bytes, offset, length);
    enclosed = false;
    if (++messages > MESSAGES_PER_FACTORY || unknownNames > UNKNOWN_NAMES_PER_FACTORY) {
      factory = newFactory();
      messages = 0;
      unknownNames = 0;
    }
    this.listener = listener;
    stack.clear();
    documents = 0;
    headers = 0;
    definition = null;
    try {
      reader = open(input);
      run();
      reader.close();
    } catch (XMLStreamException e) {
      messages = MESSAGES_PER_FACTORY; // the parser's state after an error is not reused
      throw notWellFormed(e, e.getLocation());
    } catch (UncheckedStreamException e) {
      messages = MESSAGES_PER_FACTORY;
      throw notWellFormed(e, reader.getLocation());
    } catch (MessageRefused e) {
      unknownNames += UNKNOWN_NAMES_PER_FACTORY / 64; // a refused message may bring strange names
      throw e;
    } finally {
      reader = null;
      input = null;
      this.listener = null;
    }
  }

  private XMLStreamReader open(XmlInput xml) throws XMLStreamException {
    return factory.createXMLStreamReader(
        new Stax2ByteArraySource(xml.bytes(), xml.offset(), xml.length()));
  }

  private void run() throws XMLStreamException, MessageRefused {
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            characters();
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {
          // say nothing to us
        }
        case XMLStreamConstants.DTD ->
            throw refused(Kind.NOT_WELL_FORMED, "a document type declaration is not accepted");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused(Kind.NOT_WELL_FORMED, "an entity that is not declared");
        case XMLStreamConstants.END_DOCUMENT -> {
          if (documents == 0) {
            throw refused(Kind.UNKNOWN_MESSAGE, "there is no element Document in it");
          }
          return;
        }
        default -> throw refused(Kind.NOT_WELL_FORMED, "unexpected content");
      }
    }
  }

  private void start() throws MessageRefused, XMLStreamException {
    String name = reader.getLocalName();
    if (stack.depth() == 0) {
      if (enclosed) {
        stack.push("", Mode.WRAPPER);
        return;
      }
      if (name.equals(HEADER)) {
        // The header as a root of its own: Document follows it as another.
        enclosed = true;
        reader.close();
        reader = open(input.enclosed());
        return;
      }
    }
    if (stack.full()) {
      throw refused(Kind.LIMIT_EXCEEDED, "more than " + limits.depth() + " nested elements");
    }
    if (reader.getAttributeCount() > limits.attributes()) {
      throw refused(Kind.LIMIT_EXCEEDED, "more than " + limits.attributes() + " attributes");
    }
    textLength = 0;
    switch (stack.mode()) {
      case ELEMENTS -> {
        if (stack.type().kind == ComplexType.Kind.ANY) {
          startAny(name);
        } else {
          startChecked(name);
        }
      }
      case TEXT -> throw refused(Kind.NOT_VALID, "element " + name + " where only text is allowed");
      case WRAPPER -> startOuter(name);
      case LAX -> startLax(name, true);
      case SKIP -> startLax(name, false);
    }
  }

  private void startChecked(String name) throws MessageRefused {
    if (!definition.namespace().equals(reader.getNamespaceURI())) {
      throw refused(
          Kind.NOT_VALID, "element " + name + " is not in namespace " + definition.namespace());
    }
    String broken = stack.open(name);
    if (broken != null) {
      throw refused(Kind.NOT_VALID, broken);
    }
    report();
  }

  private void report() throws MessageRefused {
    ElementPaths.Node node = stack.node();
    boolean reported = node != null && node.reported();
    if (reported) {
      listener.started(node.id, stack.name());
    }
    if (reader.getAttributeCount() > 0 || stack.type() != null) {
      attributes(reported ? node : null);
    }
  }

  private void attributes(ElementPaths.Node node) throws MessageRefused {
    ComplexType type = stack.type();
    int given = reader.getAttributeCount();
    int required = 0;
    for (int i = 0; i < given; i++) {
      String namespace = reader.getAttributeNamespace(i);
      String name = reader.getAttributeLocalName(i);
      if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)) {
        if (!name.equals("schemaLocation") && !name.equals("noNamespaceSchemaLocation")) {
          throw refused(Kind.NOT_VALID, "attribute xsi:" + name + " is not accepted");
        }
        continue;
      }
      ComplexType.Attribute declared = null;
      if (type != null && (namespace == null || namespace.isEmpty())) {
        for (ComplexType.Attribute candidate : type.attributes) {
          if (candidate.name.equals(name)) {
            declared = candidate;
          }
        }
      }
      if (declared == null) {
        throw refused(Kind.NOT_VALID, "attribute " + name + " is not allowed");
      }
      String value = reader.getAttributeValue(i);
      char[] chars = value.toCharArray();
      String broken = declared.type.broken(chars, 0, chars.length);
      if (broken != null) {
        throw refused(Kind.NOT_VALID, "attribute " + name + ": " + broken);
      }
      required += declared.required ? 1 : 0;
      if (node != null) {
        listener.attribute(node.id, name, value);
      }
    }
    if (type == null || type.attributes.length == 0) {
      return;
    }
    for (ComplexType.Attribute attribute : type.attributes) {
      required -= attribute.required ? 1 : 0;
      if (required < 0) {
        throw refused(Kind.NOT_VALID, "attribute " + attribute.name + " is missing");
      }
    }
  }

  private void startAny(String name) throws MessageRefused {
    ComplexType type = stack.type();
    String broken = stack.openAny(name, namespace());
    if (broken != null) {
      throw refused(Kind.NOT_VALID, broken);
    }
    startLax(name, type.anyLax);
  }

  /** A lax wildcard checks what it knows, and the one element it knows is the definition's root. */
  private void startLax(String name, boolean lax) throws MessageRefused {
    unknownNames++;
    if (lax && name.equals(definition.rootName()) && definition.namespace().equals(namespace())) {
      stack.pushType(name, definition.root(), null);
      attributes(null);
    } else {
      stack.push(name, lax ? Mode.LAX : Mode.SKIP);
    }
  }

  private void startOuter(String name) throws MessageRefused {
    boolean document = name.equals(DOCUMENT);
    if (!document && !name.equals(HEADER)) {
      unknownNames++;
      stack.push(name, Mode.WRAPPER);
      return;
    }
    MessageDefinition found = definitions.byNamespace(namespace());
    if (found == null || !found.rootName().equals(name)) {
      throw refused(Kind.UNKNOWN_MESSAGE, definitions.notKnown(name, namespace()));
    }
    if (document ? documents++ > 0 : headers++ > 0) {
      throw refused(Kind.UNKNOWN_MESSAGE, "more than one " + name);
    }
    definition = found;
    ElementPaths paths = listener.begun(found);
    stack.pushType(name, found.root(), paths == null ? null : paths.root());
    attributes(null);
  }

  private String namespace() {
    String namespace = reader.getNamespaceURI();
    return namespace == null ? "" : namespace;
  }

  private void characters() throws MessageRefused {
    Mode mode = stack.mode();
    if (mode == Mode.LAX || mode == Mode.SKIP || mode == Mode.WRAPPER) {
      return;
    }
    char[] chars = reader.getTextCharacters();
    int start = reader.getTextStart();
    int length = reader.getTextLength();
    if (mode == Mode.TEXT) {
      if (textLength + length > limits.textLength()) {
        throw refused(
            Kind.LIMIT_EXCEEDED, "text of more than " + limits.textLength() + " characters");
      }
      if (textLength + length > text.length) {
        text = java.util.Arrays.copyOf(text, Math.max(text.length * 2, textLength + length));
      }
      System.arraycopy(chars, start, text, textLength, length);
      textLength += length;
      return;
    }
    for (int i = start; i < start + length; i++) {
      if (!isSpace(chars[i])) {
        throw refused(Kind.NOT_VALID, "text where only elements are allowed");
      }
    }
  }

  private void end() throws MessageRefused {
    switch (stack.mode()) {
      case TEXT -> endText();
      case ELEMENTS -> {
        String broken = stack.unfinished();
        if (broken != null) {
          throw refused(Kind.NOT_VALID, broken);
        }
      }
      default -> {
        stack.pop();
        return;
      }
    }
    ElementPaths.Node node = stack.node();
    if (node != null && node.reported()) {
      listener.ended(node.id, stack.name());
    }
    stack.pop();
    textLength = 0;
  }

  private void endText() throws MessageRefused {
    int from = 0;
    int to = textLength;
    SimpleType type = stack.textType();
    if (type.collapses()) {
      while (from < to && isSpace(text[from])) {
        from++;
      }
      while (to > from && isSpace(text[to - 1])) {
        to--;
      }
    }
    String broken = type.broken(text, from, to);
    if (broken != null) {
      throw refused(Kind.NOT_VALID, broken);
    }
    ElementPaths.Node node = stack.node();
    if (node != null && node.reported()) {
      listener.text(node.id, text, from, to - from);
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /**
   * A refusal at the place where reading stands now; for listeners as well.
   *
   * @throws IllegalStateException outside of {@link #check}
   */
  public MessageRefused refused(Kind kind, String rule) {
    if (reader == null) {
      throw new IllegalStateException("no message is being checked");
    }
    return refused(kind, reader.getLocation(), rule);
  }

  private MessageRefused refused(Kind kind, Location location, String rule) {
    int line = location == null ? 0 : location.getLineNumber();
    int column = location == null ? 0 : location.getColumnNumber();
    return new MessageRefused(
        kind,
        line,
        enclosed && line == 1 ? Math.max(1, column - XmlInput.ENCLOSING_CHARACTERS) : column,
        stack.path(),
        rule);
  }

  /** The parser says what it met: names and single characters, never a text. */
  private MessageRefused notWellFormed(Exception e, Location location) {
    String said = String.valueOf(e.getMessage());
    int message = said.indexOf("Message: ");
    String words = message < 0 ? said : said.substring(message + "Message: ".length());
    int line = words.indexOf('\n');
    return refused(
        Kind.NOT_WELL_FORMED,
        location,
        "not well-formed XML: " + (line < 0 ? words : words.substring(0, line)).strip());
  }

  /** The limits that this checker keeps. */
  public CheckLimits limits() {
    return limits;
  }
}
