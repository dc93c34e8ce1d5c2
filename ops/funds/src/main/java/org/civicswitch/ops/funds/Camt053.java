package org.civicswitch.ops.funds;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * ISO 20022 camt.053, Bank to Customer Statement, in any version and in any envelope: what is
 * needed of it has had the same names since version 2. {@code NtryRef} names nothing: it is unique
 * only within its statement.
 */
final class Camt053 {
  /** Deeper than any version goes, with two envelopes around it. */
  private static final int DEPTH_MAX = 48;

  private static final int TEXT_MAX = 4_096;
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

  /** Elements of an entry whose text may name it. */
  private static final Set<String> REFERENCES =
      Set.of(
          "AcctSvcrRef",
          "MsgId",
          "PmtInfId",
          "InstrId",
          "EndToEndId",
          "TxId",
          "UETR",
          "ClrSysRef",
          "Ref",
          "Ustrd",
          "AddtlNtryInf",
          "AddtlTxInf");

  /** Those in which the reference may stand among other words. */
  private static final Set<String> TEXTS = Set.of("Ustrd", "AddtlNtryInf", "AddtlTxInf");

  private static final Pattern BLANKS = Pattern.compile("[\\s/]+");
  private static final int WORDS_MAX = 100;

  private final byte[] bytes;
  private final List<Statement> statements = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private CamtDraft statement;
  private CamtDraft.Balance balance;
  private CamtDraft.Booking entry;
  private CamtDraft.Booking transaction;
  private int entries;

  Camt053(final byte[] bytes) {
    this.bytes = bytes;
  }

  List<Statement> read() throws StatementRefused {
    final InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader xml = null;
    try {
      xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      read(xml);
    } catch (final XMLStreamException e) {
      throw new StatementRefused(at(xml) + "not well-formed: " + firstLine(e.getMessage()));
    } catch (final UncheckedStreamException e) {
      throw new StatementRefused(at(xml) + "not well-formed: " + firstLine(e.getMessage()));
    }
    return statements;
  }

  private void read(final XMLStreamReader xml) throws XMLStreamException, StatementRefused {
    boolean found = false;
    final StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw new StatementRefused(at(xml) + "a document type is not read");
        case XMLStreamConstants.START_ELEMENT -> {
          found |= xml.getNamespaceURI() != null && xml.getNamespaceURI().startsWith(NAMESPACE);
          text.setLength(0);
          start(xml);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (text.length() + xml.getTextLength() <= TEXT_MAX) {
            text.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          end(xml, text.toString().strip());
          text.setLength(0);
        }
        default -> {
          // comments and the like
        }
      }
    }
    if (!found) {
      throw new StatementRefused("this is no camt.053: no element is of " + NAMESPACE + "NN");
    }
  }

  private void start(final XMLStreamReader xml) throws StatementRefused {
    final String name = xml.getLocalName();
    path.push(name);
    if (path.size() > DEPTH_MAX) {
      throw new StatementRefused(at(xml) + "more than " + DEPTH_MAX + " elements deep");
    }
    switch (name) {
      case "Stmt" -> statement = new CamtDraft();
      case "Bal" -> {
        mustBeIn(statement, "a Bal", "Stmt", xml);
        balance = new CamtDraft.Balance();
      }
      case "Ntry" -> {
        mustBeIn(statement, "an Ntry", "Stmt", xml);
        entry = new CamtDraft.Booking();
        if (++entries > Statement.ENTRIES_MAX) {
          throw new StatementRefused("more than " + Statement.ENTRIES_MAX + " entries");
        }
      }
      case "TxDtls" -> {
        mustBeIn(entry, "a TxDtls", "Ntry", xml);
        transaction = new CamtDraft.Booking();
      }
      case "Amt" -> currency(xml);
      default -> {
        // its text is looked at when it ends
      }
    }
  }

  private static void mustBeIn(
      final Object open, final String what, final String parent, final XMLStreamReader xml)
      throws StatementRefused {
    if (open == null) {
      throw new StatementRefused(at(xml) + what + " outside a " + parent + ": this is no camt.053");
    }
  }

  private void currency(final XMLStreamReader xml) {
    final String currency = xml.getAttributeValue(null, "Ccy");
    if (currency == null) {
      return;
    }
    if (transaction != null) {
      if (isTransactionAmount()) {
        transaction.currency = currency;
      }
    } else if (isChildOf("Bal") && balance != null) {
      balance.currency = currency;
    } else if (isChildOf("Ntry") && entry != null) {
      entry.currency = currency;
    }
  }

  /** Newer versions say it of the transaction itself, all of them among its details. */
  private boolean isTransactionAmount() {
    return isChildOf("TxDtls") || (isChildOf("TxAmt") && transaction.amount.isEmpty());
  }

  /** Whether the element that is being read lies directly in one of this name. */
  private boolean isChildOf(final String parent) {
    final var names = path.iterator();
    names.next();
    return names.hasNext() && names.next().equals(parent);
  }

  private void end(final XMLStreamReader xml, final String text) throws StatementRefused {
    final String name = path.peek();
    if (transaction != null) {
      transaction(name, text);
    } else if (entry != null) {
      entry(xml, name, text);
    } else if (balance != null) {
      balance(name, text);
    } else if (statement != null) {
      statement(xml, name, text);
    }
    path.pop();
  }

  private void transaction(final String name, final String text) {
    switch (name) {
      case "TxDtls" -> {
        entry.parts.add(transaction);
        transaction = null;
      }
      case "Amt" -> {
        if (isTransactionAmount()) {
          transaction.amount = text;
        }
      }
      case "CdtDbtInd" -> {
        if (isChildOf("TxDtls")) {
          transaction.indicator = text;
        }
      }
      default -> reference(transaction, name, text);
    }
  }

  private void entry(final XMLStreamReader xml, final String name, final String text)
      throws StatementRefused {
    switch (name) {
      case "Ntry" -> {
        statement.take(at(xml) + "entry " + entries, entry);
        entry = null;
      }
      case "Amt" -> {
        if (isChildOf("Ntry")) {
          entry.amount = text;
        }
      }
      case "CdtDbtInd" -> {
        if (isChildOf("Ntry")) {
          entry.indicator = text;
        }
      }
      case "Sts" -> entry.status = text.isEmpty() ? entry.status : text;
      case "Cd" -> {
        if (isChildOf("Sts")) {
          entry.status = text;
        }
      }
      case "Dt", "DtTm" -> {
        if (isChildOf("BookgDt")) {
          entry.date = text;
        } else if (isChildOf("ValDt") && entry.date.isEmpty()) {
          entry.date = text;
        }
      }
      default -> reference(entry, name, text);
    }
  }

  private static void reference(final CamtDraft.Booking of, final String name, final String text) {
    if (!REFERENCES.contains(name) || text.isEmpty() || text.equals("NOTPROVIDED")) {
      return;
    }
    of.references.add(text);
    if (TEXTS.contains(name)) {
      BLANKS
          .splitAsStream(text)
          .filter(word -> !word.equals(text))
          .limit(WORDS_MAX)
          .forEach(of.references::add);
    }
  }

  private void balance(final String name, final String text) {
    switch (name) {
      case "Bal" -> {
        statement.take(balance);
        balance = null;
      }
      case "Cd" -> {
        if (isChildOf("CdOrPrtry")) {
          balance.code = text;
        }
      }
      case "Amt" -> {
        if (isChildOf("Bal")) {
          balance.amount = text;
        }
      }
      case "CdtDbtInd" -> balance.indicator = isChildOf("Bal") ? text : balance.indicator;
      case "Dt", "DtTm" -> {
        if (!text.isEmpty() && !isChildOf("Avlbty")) {
          balance.date = text;
        }
      }
      default -> {
        // of no concern
      }
    }
  }

  private void statement(final XMLStreamReader xml, final String name, final String text)
      throws StatementRefused {
    switch (name) {
      case "Stmt" -> {
        statements.add(statement.finished(at(xml)));
        statement = null;
      }
      case "Id" -> {
        if (isChildOf("Stmt")) {
          statement.id = text;
        } else if (isChildOf("Othr") && statement.account.isEmpty()) {
          statement.account = text;
        }
      }
      case "IBAN" -> {
        // Related accounts come later.
        if (statement.account.isEmpty()) {
          statement.account = text;
        }
      }
      case "Ccy" -> {
        if (isChildOf("Acct")) {
          statement.currency = text;
        }
      }
      default -> {
        // of no concern
      }
    }
  }

  private static String at(final XMLStreamReader xml) {
    return xml == null ? "" : "line " + xml.getLocation().getLineNumber() + ": ";
  }

  private static String firstLine(final String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
