package org.civicswitch.ops.benefits;

import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.keys.Epoch;
import org.civicswitch.gateway.kit.keys.KeyRefused;
import org.civicswitch.gateway.kit.keys.PayloadCipher;
import org.civicswitch.gateway.kit.keys.Tokens;

/** What an office's runs and desks share. */
record OfficeContext(
    OfficeSettings settings,
    Tokens tokens,
    PayloadCipher cipher,
    Sender sender,
    OfficeCommands commands,
    OfficeBook book) {

  /** Sends an operator's step and waits until the feed shows it. */
  OutcomeCopy step(final String step, final byte[] command) throws OfficeRefused {
    final OutcomeCopy outcome = sender.call(command);
    if (!outcome.ok()) {
      throw new OfficeRefused(step, outcome.code());
    }
    // What is answered from memory says nothing new to the feed.
    book.await(outcome.replayed() ? outcome.originalSequence() : outcome.sequence());
    return outcome;
  }

  /** Waits until the book contains everything that happened before. */
  void catchUp() {
    final OutcomeCopy outcome = sender.call(commands.mark());
    if (outcome.code() != Code.PAYMENT_UNKNOWN) {
      throw new IllegalStateException(
          "the office's connection may not ask the switch: " + outcome.code());
    }
    book.await(outcome.sequence());
  }

  Payee payee(final RollRow row) {
    return Payee.of(row, tokens, book, settings.assuranceMin(), commands.nowMs());
  }

  /** A line as it goes into an envelope. The payload is bound to the line's key. */
  LineChunk.Line line(final RollRow row, final Payee payee, final Id128 envelope) {
    final byte[] clear = LineContent.of(row, envelope, settings.debtorName());
    final Digest256 content = tokens.content(clear);
    final byte[] sealed = new byte[clear.length + PayloadCipher.OVERHEAD_BYTES];
    try {
      // One payload at a time: the cipher belongs to one thread.
      synchronized (cipher) {
        cipher.seal(
            EnvelopeLines.key(envelope, row.line()),
            Epoch.at(settings.epochGroup(), commands.nowMs()),
            new UnsafeBuffer(clear),
            0,
            clear.length,
            new UnsafeBuffer(sealed),
            0);
      }
    } catch (final KeyRefused e) {
      throw new IllegalStateException("the key service gives the office no key", e);
    }
    return new LineChunk.Line(row, payee, content, sealed);
  }
}
