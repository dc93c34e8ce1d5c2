package org.civicswitch.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.civicswitch.core.protocol.ParticipantStatus;

/** Who takes part and what they send through, as its page shows it. */
final class ParticipantViews {
  private ParticipantViews() {}

  static Views.Participants of(final Projection projection) {
    final Directory directory = projection.directory;
    final List<Views.Participant> participants = new ArrayList<>();
    for (final Directory.Participant one : directory.participants().values()) {
      participants.add(
          new Views.Participant(
              one.number(),
              one.code(),
              one.name(),
              Wording.words(one.status().name()),
              one.status() == ParticipantStatus.ACTIVE ? Wording.GOOD : Wording.BACK,
              directory.indirect(one.number())
                  ? directory.participant(one.settlement()).code()
                  : "its own position"));
    }
    final List<Views.Connection> connections = new ArrayList<>();
    projection
        .connections
        .all()
        .forEach(
            (number, one) ->
                connections.add(
                    new Views.Connection(
                        number,
                        one.participants.isEmpty()
                            ? "nobody"
                            : one.participants.stream()
                                .map(p -> p == 0 ? "the platform" : directory.participant(p).code())
                                .collect(Collectors.joining(", ")),
                        one.fingerprint)));
    return new Views.Participants(projection.asOf(), participants, connections);
  }
}
