package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.core.protocol.LifeEventKind;
import org.civicswitch.core.protocol.SubjectStatus;

/** Chooses what is said about people next. */
final class PeopleWorkload {
  private final SplittableRandom random;
  private final SimWriter out;
  private final PeopleInstructions people;
  private final List<Noted> noted = new ArrayList<>();
  private long mappingVersion = 1;

  /** A life event that may be reversed. */
  private record Noted(Instruction.Id id, int subject, LifeEventKind kind) {}

  PeopleWorkload(final SplittableRandom random, final SimWriter out) {
    this.random = random;
    this.out = out;
    people = new PeopleInstructions(out);
  }

  Instruction next(final long nowMs) {
    final int subject = 1 + random.nextInt(SimWorld.SUBJECTS);
    final int count = 1 + random.nextInt(6);
    return switch (random.nextInt(10)) {
      case 0, 1 -> {
        out.from(SimWorld.TREASURY, SimWorld.ENROLMENT, 0, nowMs);
        yield people.register(subject, count);
      }
      case 2, 3, 4 -> {
        out.from(SimWorld.TREASURY, SimWorld.ENROLMENT, 0, nowMs);
        yield people.verdicts(subject, count, ++mappingVersion);
      }
      case 5 -> {
        out.from(0, SimWorld.OPERATIONS, SimWorld.PLATFORM_OPERATOR, nowMs);
        final SubjectStatus[] statuses = SubjectStatus.values();
        yield people.status(
            subject,
            random.nextBoolean()
                ? SubjectStatus.ACTIVE
                : statuses[random.nextInt(statuses.length - 1)]);
      }
      case 6 -> lifeEvent(subject, nowMs);
      case 7, 8 -> {
        final int bank = 1 + random.nextInt(SimWorld.BANKS);
        out.from(bank, nowMs);
        yield people.link(
            Workload.alias(subject), random.nextInt(10) == 0 ? subject + 1L : subject, bank);
      }
      default -> {
        out.from(1 + random.nextInt(SimWorld.BANKS), nowMs);
        yield people.unlink(Workload.alias(subject), subject);
      }
    };
  }

  private Instruction lifeEvent(final int subject, final long nowMs) {
    out.from(SimWorld.REGISTRY, nowMs);
    if (!noted.isEmpty() && random.nextInt(2) == 0) {
      final Noted event = noted.get(random.nextInt(noted.size()));
      return people.lifeEvent(
          event.subject,
          event.kind == LifeEventKind.DEATH
              ? LifeEventKind.DEATH_REVERSAL
              : LifeEventKind.SUSPENSION_LIFTED,
          event.id);
    }
    final LifeEventKind kind =
        random.nextInt(3) == 0 ? LifeEventKind.DEATH : LifeEventKind.SUSPENSION;
    final Instruction instruction = people.lifeEvent(subject, kind, new Instruction.Id(0, 0));
    noted.add(new Noted(instruction.items().get(0).id(), subject, kind));
    return instruction;
  }
}
