package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.DisbursementHeldEncoder;
import org.civicswitch.core.protocol.EnvelopeState;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentState;
import org.civicswitch.identity.Subjects;
import org.civicswitch.identity.Token;

/**
 * Holds the lines of a person who may not be paid, and frees them when the person may be paid
 * again: then they are sent after the others, as arrears. Only lines not yet sent are touched.
 */
final class SubjectLines {
  /** Most lines of one person that wait to be sent, so that one notice is a bounded work. */
  static final int LINES_PER_SUBJECT = 16;

  /** Of one line held or freed, its envelope's among them. */
  private static final int BYTES_PER_LINE =
      MessageHeaderEncoder.ENCODED_LENGTH
          + DisbursementHeldEncoder.BLOCK_LENGTH
          + Changes.BYTES_PER_ENVELOPE;

  /** Of what is said of the person. */
  private static final int SUBJECT_BYTES = 1024;

  private final Core core;
  private final Programmes programmes;
  private final Envelopes envelopes;
  private final Lines lines;
  private final Changes changes;
  private final Subjects subjects;
  private final Token token = new Token();
  private final DisbursementHeldEncoder held = new DisbursementHeldEncoder();

  SubjectLines(
      final Core core,
      final Programmes programmes,
      final Envelopes envelopes,
      final Lines lines,
      final Changes changes) {
    this.core = core;
    this.programmes = programmes;
    this.envelopes = envelopes;
    this.lines = lines;
    this.changes = changes;
    subjects = core.identity.subjects();
  }

  /** The level that a programme asks of those whom it pays. */
  int assuranceMin(final int programme) {
    return Math.max(
        programmes.intAt(programme, Programmes.ASSURANCE_MIN),
        core.settings.count(Parameter.VERDICT_ASSURANCE_MIN));
  }

  /** Whether a person may be paid by a programme now, or why not. */
  Code check(final int subject, final int programme) {
    return Precedence.of(subjects.check(subject, core.scalars.timeMs(), assuranceMin(programme)));
  }

  /** Whether {@link #review} of a person, 0 for nobody, finds room for what it says. */
  boolean hasRoomToReview(final int subject) {
    return subject == 0
        || core.feed.room() >= lines.countOfSubject(subject) * BYTES_PER_LINE + SUBJECT_BYTES;
  }

  /**
   * Looks at a person's waiting lines again, after status or verdict have changed.
   *
   * @return how many were held or freed
   */
  int review(final int subject) {
    int changed = 0;
    for (int line = lines.firstOfSubject(subject); line != 0; line = lines.nextOfSubject(line)) {
      if (envelopes.state(lines.envelope(line)) == EnvelopeState.CANCELLED) {
        continue;
      }
      final Code code = check(subject, programmeOf(line));
      final boolean isHeld = lines.state(line) == PaymentState.HELD;
      if (code != Code.OK && !isHeld) {
        hold(line, code);
        changed++;
      } else if (code == Code.OK && isHeld) {
        free(line);
        changed++;
      }
    }
    return changed;
  }

  private int programmeOf(final int line) {
    return envelopes.intAt(lines.envelope(line), Envelopes.PROGRAMME);
  }

  /** Holds a line that is ready. */
  void hold(final int line, final Code code) {
    lines.removeReady(line);
    lines.state(line, PaymentState.HELD);
    envelopes.add(lines.envelope(line), Envelopes.HELD, 1);
    say(line, code);
  }

  private void free(final int line) {
    final int envelope = lines.envelope(line);
    lines.state(line, PaymentState.READY);
    lines.addReady(line);
    envelopes.add(envelope, Envelopes.HELD, -1);
    if (envelopes.state(envelope) == EnvelopeState.RELEASED) {
      envelopes.plan(envelope, core.scalars.timeMs(), core.scalars.sequence());
    }
    say(line, Code.OK);
  }

  private void say(final int line, final Code code) {
    final int envelope = lines.envelope(line);
    final Feed feed = core.feed;
    held.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(held.at());
    held.envelope()
        .hi(envelopes.get(envelope, Envelopes.ID_HI))
        .lo(envelopes.get(envelope, Envelopes.ID_LO));
    subjects.token(lines.subject(line), token);
    held.line(Integer.toUnsignedLong(lines.number(line)))
        .code(code)
        .subject()
        .a(token.a())
        .b(token.b())
        .c(token.c())
        .d(token.d());
    feed.commit(held.encodedLength());
    changes.envelope(envelope);
  }
}
