package org.civicswitch.gateway.iso20022.message;

import org.civicswitch.gateway.iso20022.schema.CheckLimits;
import org.civicswitch.gateway.iso20022.schema.ElementPaths;
import org.civicswitch.gateway.iso20022.schema.MessageChecker;
import org.civicswitch.gateway.iso20022.schema.MessageDefinition;
import org.civicswitch.gateway.iso20022.schema.MessageDefinitions;
import org.civicswitch.gateway.iso20022.schema.MessageListener;
import org.civicswitch.gateway.iso20022.schema.MessageRefused;
import org.civicswitch.gateway.iso20022.schema.MessageRefused.Kind;

/** Bytes in, a checked message out, in one pass. Reusable; one thread at a time. */
public final class MessageReader {
  private final MessageChecker checker;
  private final Dispatcher dispatcher = new Dispatcher();
  private final HeaderBinder headerBinder = new HeaderBinder();
  private final CreditTransferBinder creditTransferBinder;
  private final PaymentStatusBinder paymentStatusBinder = new PaymentStatusBinder();
  private final MessageRejectBinder messageRejectBinder = new MessageRejectBinder();

  public MessageReader() {
    this(CheckLimits.DEFAULT);
  }

  public MessageReader(CheckLimits limits) {
    checker = new MessageChecker(MessageDefinitions.committed(), limits);
    creditTransferBinder = new CreditTransferBinder(limits.transactions());
  }

  /** As {@link #read(byte[], int, int)}, the whole array. */
  public InboundMessage read(byte[] bytes) throws MessageRefused {
    return read(bytes, 0, bytes.length);
  }

  /**
   * Reads one message.
   *
   * @throws MessageRefused when it is not well-formed, not valid, beyond a limit or not known; to
   *     be answered with an admi.002. {@link #reference} then names what could be read of it.
   */
  public InboundMessage read(byte[] bytes, int offset, int length) throws MessageRefused {
    dispatcher.header = null;
    dispatcher.body = null;
    checker.check(bytes, offset, length, dispatcher);
    dispatcher.body.finish();
    BusinessHeader header = dispatcher.header == null ? null : headerBinder.header();
    return new InboundMessage(header, dispatcher.body.body());
  }

  /**
   * The identification of the message read last, as far as reading came: of the document, else of
   * the header, else null. For naming a refused message in its admi.002.
   */
  public String reference() {
    String id = dispatcher.body == null ? null : dispatcher.body.body().messageId();
    if (id == null && dispatcher.header != null) {
      id = headerBinder.messageId();
    }
    return id;
  }

  private final class Dispatcher implements MessageListener {
    private Binder header;
    private BodyBinder body;
    private Binder current;

    @Override
    public ElementPaths begun(MessageDefinition definition) throws MessageRefused {
      if (definition.rootName().equals("AppHdr")) {
        header = headerBinder;
        current = headerBinder;
      } else {
        body =
            switch (definition.name().substring(0, 8)) {
              case "pacs.008" -> creditTransferBinder;
              case "pacs.002" -> paymentStatusBinder;
              case "admi.002" -> messageRejectBinder;
              default -> throw checker.refused(Kind.UNKNOWN_MESSAGE, "not a message taken in here");
            };
        current = body;
      }
      return current.begin(definition);
    }

    @Override
    public void started(int id, String name) throws MessageRefused {
      String broken = current.started(id, name);
      if (broken != null) {
        throw checker.refused(Kind.LIMIT_EXCEEDED, broken);
      }
    }

    @Override
    public void attribute(int id, String name, String value) {
      current.attribute(id, name, value);
    }

    @Override
    public void text(int id, char[] text, int offset, int length) {
      current.text(id, text, offset, length);
    }

    @Override
    public void ended(int id, String name) {
      current.ended(id);
    }
  }
}
