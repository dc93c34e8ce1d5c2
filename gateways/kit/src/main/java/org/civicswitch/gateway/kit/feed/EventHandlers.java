package org.civicswitch.gateway.kit.feed;

import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.protocol.MessageHeaderDecoder;

/**
 * Decodes events and hands each to the handlers of its kind, in the order in which they were added;
 * events of other kinds pass by. One thread at a time.
 */
public final class EventHandlers implements FeedReader.Handler {
  /** Takes one decoded event; the decoder is reused and valid during the call only. */
  @FunctionalInterface
  public interface EventHandler<D> {
    void onEvent(long feedSequence, D event);
  }

  /** A generated decoder's own {@code wrap}, such as {@code PaymentSettledDecoder::wrap}. */
  @FunctionalInterface
  public interface Wrapping<D> {
    D wrap(D decoder, DirectBuffer buffer, int offset, int blockLength, int version);
  }

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final Int2ObjectHashMap<FeedReader.Handler> byTemplate = new Int2ObjectHashMap<>();

  /**
   * Adds a handler.
   *
   * @param templateId the kind of event, such as {@code PaymentSettledDecoder.TEMPLATE_ID}
   * @param decoder a decoder of its own for this handler
   */
  public <D> EventHandlers on(
      int templateId, D decoder, Wrapping<D> wrapping, EventHandler<D> handler) {
    final FeedReader.Handler added =
        (feedSequence, event, offset, length) -> {
          wrapping.wrap(
              decoder,
              event,
              offset + MessageHeaderDecoder.ENCODED_LENGTH,
              header.blockLength(),
              header.version());
          handler.onEvent(feedSequence, decoder);
        };
    final FeedReader.Handler before = byTemplate.get(templateId);
    byTemplate.put(
        templateId,
        before == null
            ? added
            : (feedSequence, event, offset, length) -> {
              before.onEvent(feedSequence, event, offset, length);
              added.onEvent(feedSequence, event, offset, length);
            });
    return this;
  }

  @Override
  public void onEvent(long feedSequence, DirectBuffer event, int offset, int length) {
    header.wrap(event, offset);
    final FeedReader.Handler handler = byTemplate.get(header.templateId());
    if (handler != null) {
      handler.onEvent(feedSequence, event, offset, length);
    }
  }
}
