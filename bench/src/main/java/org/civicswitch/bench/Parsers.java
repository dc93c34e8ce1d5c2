package org.civicswitch.bench;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import com.prowidesoftware.swift.model.mx.JaxbContextCacheImpl;
import com.prowidesoftware.swift.model.mx.JaxbContextLoader;
import com.prowidesoftware.swift.model.mx.MxPacs00800108;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction39;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.civicswitch.bench.MessageParser.Found;
import org.civicswitch.gateway.iso20022.message.CreditTransfer;
import org.civicswitch.gateway.iso20022.message.MessageReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.codehaus.stax2.validation.XMLValidationSchemaFactory;
import org.xml.sax.SAXException;

/** The gateway's own reader and what it is compared with. Each for one thread. */
final class Parsers {
  /** Prowide prints a stack trace for every message it refuses; kept, or it is forgotten. */
  private static final Logger PROWIDE = Logger.getLogger("com.prowidesoftware");

  private Parsers() {}

  /** The gateway's: well-formed, within limits, valid, and the fields, in one pass. */
  static MessageParser own() {
    final MessageReader reader = new MessageReader();
    return message -> {
      final CreditTransfer transfer = (CreditTransfer) reader.read(message).body();
      final List<CreditTransfer.Transaction> all = transfer.transactions();
      final CreditTransfer.Transaction last = all.get(all.size() - 1);
      if (last.problem() != null || !transfer.problems().isEmpty()) {
        throw new WrongResultException("the message has problems");
      }
      return new Found(last.uetr(), all.size());
    };
  }

  /** Well-formed, and the fields; nothing is checked against a schema. */
  static MessageParser aalto() {
    final InputFactoryImpl factory = new InputFactoryImpl();
    closed(factory);
    return message ->
        StreamFields.read(factory.createXMLStreamReader(new ByteArrayInputStream(message)));
  }

  /** The fastest general way to validate and extract in one pass. */
  static MessageParser woodstoxWithMsv(final Path schemaFile) throws XMLStreamException {
    final WstxInputFactory factory = new WstxInputFactory();
    closed(factory);
    final XMLValidationSchema schema =
        XMLValidationSchemaFactory.newInstance(XMLValidationSchema.SCHEMA_ID_W3C_SCHEMA)
            .createSchema(schemaFile.toFile());
    return message -> {
      final XMLStreamReader2 reader =
          (XMLStreamReader2) factory.createXMLStreamReader(new ByteArrayInputStream(message));
      reader.validateAgainst(schema);
      return StreamFields.read(reader);
    };
  }

  /** Validates and extracts nothing. */
  static MessageParser jdkValidator(final Path schemaFile) throws SAXException {
    final SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    final Validator validator = factory.newSchema(schemaFile.toFile()).newValidator();
    return message -> {
      validator.validate(new StreamSource(new ByteArrayInputStream(message)));
      return null;
    };
  }

  /** A whole tree of objects; with its context cache, without which it is ten times slower. */
  static MessageParser prowide() {
    PROWIDE.setLevel(Level.OFF);
    JaxbContextLoader.INSTANCE.setCacheImpl(new JaxbContextCacheImpl());
    return message -> {
      final MxPacs00800108 parsed =
          MxPacs00800108.parse(new String(message, StandardCharsets.UTF_8));
      if (parsed == null) {
        throw new IOException("not read");
      }
      final List<CreditTransferTransaction39> all = parsed.getFIToFICstmrCdtTrf().getCdtTrfTxInf();
      return new Found(all.get(all.size() - 1).getPmtId().getUETR(), all.size());
    };
  }

  private static void closed(final XMLInputFactory factory) {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }
}
