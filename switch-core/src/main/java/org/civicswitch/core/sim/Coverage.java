package org.civicswitch.core.sim;

import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderDecoder;
import org.civicswitch.core.protocol.OutcomeDecoder;

/** Counts which commands and answers a life has seen. */
final class Coverage {
  private final SortedMap<Integer, Long> messages = new TreeMap<>();
  private final SortedMap<String, Long> codes = new TreeMap<>();
  private final OutcomeDecoder outcome = new OutcomeDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  /** Commands that were understood, and events, by template. */
  SortedMap<Integer, Long> messages() {
    return messages;
  }

  SortedMap<String, Long> codes() {
    return codes;
  }

  void count(final CommandResult result) {
    for (final DirectBuffer event : result.events()) {
      messages.merge(header.wrap(event, 0).templateId(), 1L, Long::sum);
    }
    outcome.wrapAndApplyHeader(result.outcome(), 0, header);
    if (outcome.code() != Code.MALFORMED && outcome.code() != Code.UNKNOWN_KIND) {
      messages.merge(outcome.commandTemplate(), 1L, Long::sum);
    }
    codes.merge(outcome.code().name(), 1L, Long::sum);
    for (final OutcomeDecoder.ItemsDecoder item : outcome.items()) {
      codes.merge(item.code().name(), 1L, Long::sum);
    }
  }
}
