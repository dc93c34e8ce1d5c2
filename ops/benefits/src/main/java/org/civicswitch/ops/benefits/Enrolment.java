package org.civicswitch.ops.benefits;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.RecordVerdictEncoder;
import org.civicswitch.core.protocol.RegisterSubjectEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.identity.EnrolledPerson;
import org.civicswitch.gateway.kit.keys.PersonId;
import org.civicswitch.gateway.kit.keys.Tokens;

/**
 * Brings verified people to the switch: registers each and binds the standing verdict. The same
 * people again, with the same proofs, change nothing. Blocks; one thread.
 */
public final class Enrolment {
  /** People in one command: both commands stay below 64 KiB. */
  public static final int PEOPLE_PER_COMMAND = 300;

  /** Commands of each kind under way at most. */
  public static final int WINDOW = 16;

  private final Sender sender;
  private final Tokens tokens;
  private final int connection;
  private final int mappingVersion;
  private final OfficeCommands commands;

  /**
   * @param gateway of the connection that enrols; not closed
   * @param connection its number; it stands in the verdicts as the verifier
   * @param participant that the connection acts for
   * @param mappingVersion of the bindings, from 1: a person who comes with another identity of the
   *     issuer needs a higher one
   */
  public Enrolment(
      final SwitchGateway gateway,
      final Tokens tokens,
      final int connection,
      final int participant,
      final int mappingVersion,
      final InstantSource clock) {
    sender = new Sender(gateway);
    this.tokens = tokens;
    this.connection = connection;
    this.mappingVersion = mappingVersion;
    commands = new OfficeCommands(connection, participant, clock);
  }

  /** Told of each person who could not be enrolled. */
  @FunctionalInterface
  public interface Refusals {
    void refused(EnrolledPerson person, Code code);
  }

  private record Known(EnrolledPerson person, Digest256 subject) {}

  private record Batch(List<Known> people, Sender.Sent sent) {}

  /** Enrols people; they are taken from the source as there is room, never all at once. */
  public EnrolmentResult enrol(final Iterable<EnrolledPerson> people, final Refusals refusals) {
    final Totals totals = new Totals(refusals);
    List<Known> chunk = new ArrayList<>(PEOPLE_PER_COMMAND);
    for (final EnrolledPerson person : people) {
      try {
        chunk.add(new Known(person, tokens.subject(PersonId.parse(person.person()))));
      } catch (final IllegalArgumentException e) {
        totals.refuse(person, Code.IDENTITY_INVALID);
      }
      if (chunk.size() == PEOPLE_PER_COMMAND) {
        totals.register(chunk);
        chunk = new ArrayList<>(PEOPLE_PER_COMMAND);
      }
    }
    if (!chunk.isEmpty()) {
      totals.register(chunk);
    }
    totals.finish();
    return new EnrolmentResult(totals.enrolled, totals.refused);
  }

  /** A verdict needs its subject registered: it is sent only after that was answered. */
  private final class Totals {
    private final Refusals refusals;
    private final Deque<Batch> registering = new ArrayDeque<>();
    private final Deque<Batch> recording = new ArrayDeque<>();
    private long enrolled;
    private long refused;

    Totals(final Refusals refusals) {
      this.refusals = refusals;
    }

    void refuse(final EnrolledPerson person, final Code code) {
      refused++;
      refusals.refused(person, code);
    }

    void register(final List<Known> people) {
      if (registering.size() == WINDOW) {
        registered();
      }
      registering.add(new Batch(people, sender.send(registration(people))));
    }

    private void registered() {
      final List<Known> present = new ArrayList<>();
      answers(
          registering.remove(),
          (known, code) -> {
            if (code == Code.OK || code == Code.SUBJECT_EXISTS) {
              present.add(known);
            } else {
              refuse(known.person(), code);
            }
          });
      if (present.isEmpty()) {
        return;
      }
      if (recording.size() == WINDOW) {
        recorded();
      }
      recording.add(new Batch(present, sender.send(verdicts(present))));
    }

    private void recorded() {
      answers(
          recording.remove(),
          (known, code) -> {
            if (code == Code.OK) {
              enrolled++;
            } else {
              refuse(known.person(), code);
            }
          });
    }

    private void answers(final Batch batch, final java.util.function.BiConsumer<Known, Code> each) {
      final OutcomeCopy outcome = sender.await(batch.sent());
      for (int i = 0; i < batch.people().size(); i++) {
        each.accept(
            batch.people().get(i),
            outcome.items().isEmpty() ? outcome.code() : outcome.items().get(i).code());
      }
    }

    void finish() {
      while (!registering.isEmpty()) {
        registered();
      }
      while (!recording.isEmpty()) {
        recorded();
      }
    }
  }

  private byte[] registration(final List<Known> people) {
    final UnsafeBuffer buffer =
        new UnsafeBuffer(
            new byte
                [MessageHeaderEncoder.ENCODED_LENGTH
                    + RegisterSubjectEncoder.BLOCK_LENGTH
                    + 16
                    + people.size() * RegisterSubjectEncoder.SubjectsEncoder.sbeBlockLength()]);
    final RegisterSubjectEncoder encoder = new RegisterSubjectEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    final RegisterSubjectEncoder.SubjectsEncoder group = encoder.subjectsCount(people.size());
    for (final Known known : people) {
      group.next();
      tokens.id("enrol", known.subject().toString()).put(group.key());
      known.subject().put(group.subject());
    }
    return OfficeCommands.bytes(buffer, encoder.encodedLength());
  }

  private byte[] verdicts(final List<Known> people) {
    final UnsafeBuffer buffer =
        new UnsafeBuffer(
            new byte
                [MessageHeaderEncoder.ENCODED_LENGTH
                    + RecordVerdictEncoder.BLOCK_LENGTH
                    + 16
                    + people.size() * RecordVerdictEncoder.VerdictsEncoder.sbeBlockLength()]);
    final RecordVerdictEncoder encoder = new RecordVerdictEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    final RecordVerdictEncoder.VerdictsEncoder group = encoder.verdictsCount(people.size());
    for (final Known known : people) {
      group.next();
      verdictKey(known).put(group.key());
      known.subject().put(group.subject());
      known.person().identity().pairwise().put(group.pairwise());
      group.mappingVersion(mappingVersion);
      known.person().identity().put(group.verdict(), connection);
    }
    return OfficeCommands.bytes(buffer, encoder.encodedLength());
  }

  private Id128 verdictKey(final Known known) {
    return tokens.id("verdict", known.subject() + "|" + known.person().identity().evidence());
  }
}
