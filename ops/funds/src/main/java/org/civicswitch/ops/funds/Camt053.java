package org.civicswitch.ops.funds;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * ISO 20022 camt.053, Bank to Customer Statement, in any version and in any envelope: what is
 * needed of it has had the same names since version 2. Only booked entries count (Sts BOOK); an
 * entry of several transactions is taken apart where each says its amount and they add up.
 */
final class Camt053 {
  /** Deeper than any version goes, with two envelopes around it. */
  private static final int DEPTH_MAX = 48;

  private static final int TEXT_MAX = 4_096;
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

  /** Elements of an entry whose text may name it. */
  private static final Set<String> REFERENCES =
      Set.of(
          "NtryRef",
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

  private final byte[] bytes;
  private final List<Statement> statements = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();
  private Draft statement;
  private Balance balance;
  private Booking entry;
  private Booking transaction;
  private int entries;

  Camt053(final byte[] bytes) {
    this.bytes = bytes;
  }

  /** A statement as far as it has been read. */
  private static final class Draft {
    private String id = "";
    private String account = "";
    private String currency = "";
    private Balance opening;
    private Balance closing;
    private final List<Statement.Entry> entries = new ArrayList<>();
  }

  private static final class Balance {
    private String code = "";
    private String amount = "";
    private String currency = "";
    private String indicator = "";
    private String date = "";
  }

  private static final class Booking {
    private String amount = "";
    private String currency = "";
    private String indicator = "";
    private String status = "";
    private String date = "";
    private final List<String> references = new ArrayList<>();
    private final List<Booking> parts = new ArrayList<>();
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
      case "Stmt" -> statement = new Draft();
      case "Bal" -> balance = new Balance();
      case "Ntry" -> {
        entry = new Booking();
        if (++entries > Statement.ENTRIES_MAX) {
          throw new StatementRefused("more than " + Statement.ENTRIES_MAX + " entries");
        }
      }
      case "TxDtls" -> transaction = new Booking();
      case "Amt", "TtlNetNtryAmt" -> currency(xml);
      default -> {
        // its text is looked at when it ends
      }
    }
  }

  private void currency(final XMLStreamReader xml) {
    final String currency = xml.getAttributeValue(null, "Ccy");
    if (currency == null) {
      return;
    }
    if (isChildOf("Bal") && balance != null) {
      balance.currency = currency;
    } else if (isChildOf("Ntry") && entry != null) {
      entry.currency = currency;
    }
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
        if (isChildOf("TxDtls") || (isChildOf("TxAmt") && transaction.amount.isEmpty())) {
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
        book(xml);
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

  private static void reference(final Booking of, final String name, final String text) {
    if (REFERENCES.contains(name) && !text.isEmpty() && !text.equals("NOTPROVIDED")) {
      of.references.add(text);
    }
  }

  private void balance(final String name, final String text) {
    switch (name) {
      case "Bal" -> {
        switch (balance.code) {
          case "OPBD" -> statement.opening = balance;
          case "PRCD" -> {
            // The last closing balance is the opening one, where no other is given.
            if (statement.opening == null) {
              statement.opening = balance;
            }
          }
          case "CLBD" -> statement.closing = balance;
          default -> {
            // available, interim, forward: not booked
          }
        }
        balance = null;
      }
      case "Cd" -> {
        if (isChildOf("CdOrPrtry")) {
          balance.code = text;
        }
      }
      case "Amt" -> balance.amount = text;
      case "CdtDbtInd" -> balance.indicator = isChildOf("Bal") ? text : balance.indicator;
      case "Dt", "DtTm" -> balance.date = text.isEmpty() ? balance.date : text;
      default -> {
        // of no concern
      }
    }
  }

  private void statement(final XMLStreamReader xml, final String name, final String text)
      throws StatementRefused {
    switch (name) {
      case "Stmt" -> {
        statements.add(finished(xml));
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

  private void book(final XMLStreamReader xml) throws StatementRefused {
    final String place = at(xml) + "entry " + entries;
    if (!entry.status.equals("BOOK")) {
      return;
    }
    final String currency = entry.currency;
    final LocalDate date = date(place, entry.date);
    final long amount = signed(place, entry.amount, currency, entry.indicator);
    if (statement == null) {
      throw new StatementRefused(place + " stands outside a statement");
    }
    if (statement.currency.isEmpty()) {
      statement.currency = currency;
    }
    if (!statement.currency.equals(currency)) {
      throw new StatementRefused(
          place + " is in " + currency + ", the account in " + statement.currency);
    }
    final List<Statement.Entry> parts = new ArrayList<>();
    long sum = 0;
    for (final Booking part : entry.parts) {
      if (part.amount.isEmpty()) {
        break;
      }
      final String way = part.indicator.isEmpty() ? entry.indicator : part.indicator;
      final long partAmount = signed(place, part.amount, currency, way);
      sum += partAmount;
      parts.add(new Statement.Entry(place, date, partAmount, part.references));
    }
    if (parts.size() > 1 && parts.size() == entry.parts.size() && sum == amount) {
      statement.entries.addAll(parts);
    } else {
      final List<String> all = new ArrayList<>(entry.references);
      entry.parts.forEach(part -> all.addAll(part.references));
      statement.entries.add(new Statement.Entry(place, date, amount, all));
    }
  }

  private Statement finished(final XMLStreamReader xml) throws StatementRefused {
    final String place =
        at(xml) + "statement " + (statement.id.isEmpty() ? "without Id" : statement.id);
    if (statement.opening == null) {
      throw new StatementRefused(place + " has no opening balance (OPBD or PRCD)");
    }
    if (statement.closing == null) {
      throw new StatementRefused(place + " has no closing balance (CLBD)");
    }
    final String currency =
        statement.currency.isEmpty() ? statement.closing.currency : statement.currency;
    if (statement.account.isEmpty()) {
      throw new StatementRefused(place + " names no account");
    }
    return new Statement(
        statement.id,
        statement.account,
        currency,
        date(place, statement.opening.date),
        signed(place, statement.opening.amount, currency, statement.opening.indicator),
        date(place, statement.closing.date),
        signed(place, statement.closing.amount, currency, statement.closing.indicator),
        List.copyOf(statement.entries));
  }

  private static long signed(
      final String place, final String amount, final String currency, final String indicator)
      throws StatementRefused {
    final long minor = StatementAmounts.parse(place, amount, currency);
    return switch (indicator) {
      case "CRDT" -> minor;
      case "DBIT" -> -minor;
      default ->
          throw new StatementRefused(
              place
                  + (indicator.isEmpty()
                      ? ": CdtDbtInd is missing"
                      : ": CdtDbtInd is CRDT or DBIT, not " + indicator));
    };
  }

  /** The day as the bank writes it, without its time. */
  private static LocalDate date(final String place, final String text) throws StatementRefused {
    try {
      return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (final DateTimeException e) {
      throw new StatementRefused(place + ": not a date: " + text);
    }
  }

  private static String at(final XMLStreamReader xml) {
    return xml == null ? "" : "line " + xml.getLocation().getLineNumber() + ": ";
  }

  private static String firstLine(final String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }
}
