package org.civicswitch.bench;

import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.civicswitch.bench.MessageParser.Found;

/** Takes the fields that a gateway needs out of a stream reader, as strings; decides nothing. */
final class StreamFields {
  private static final Set<String> WANTED =
      Set.of(
          "MsgId",
          "CreDtTm",
          "NbOfTxs",
          "SttlmMtd",
          "BICFI",
          "InstrId",
          "EndToEndId",
          "UETR",
          "Cd",
          "IntrBkSttlmAmt",
          "IntrBkSttlmDt",
          "AccptncDtTm",
          "ChrgBr",
          "Nm",
          "IBAN",
          "Ustrd");

  private StreamFields() {}

  /** Reads to the end of the document and closes the reader. */
  static Found read(final XMLStreamReader reader) throws XMLStreamException {
    String uetr = null;
    String wanted = null;
    String text = null;
    int transactions = 0;
    long characters = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          final String name = reader.getLocalName();
          wanted = WANTED.contains(name) ? name : null;
          text = null;
          transactions += name.equals("CdtTrfTxInf") ? 1 : 0;
          if (reader.getAttributeCount() > 0) {
            characters += reader.getAttributeValue(0).length();
          }
        }
        case XMLStreamConstants.CHARACTERS -> {
          if (wanted != null) {
            text = text == null ? reader.getText() : text + reader.getText();
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (wanted != null && text != null) {
            characters += text.length();
            uetr = wanted.equals("UETR") ? text : uetr;
          }
          wanted = null;
        }
        default -> {
          // neither elements nor text
        }
      }
    }
    reader.close();
    if (characters == 0) {
      throw new XMLStreamException("no fields");
    }
    return new Found(uetr, transactions);
  }
}
