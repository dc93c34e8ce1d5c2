package org.civicswitch.identity;

import org.civicswitch.memory.StateSpace;

/**
 * Who people are and where aliases lead, as the engine holds it and replicas follow it. It knows
 * neither time nor who asks. Tokens are keyed hashes; nothing here is personal data in clear.
 *
 * <p>Handles are positive, stay the same through save and load and are never given out again.
 * Answers are codes of {@link IdentityResult}; a refusal changes nothing; check methods answer the
 * same and change nothing. One thread; nothing is allocated except by growing stores.
 */
public final class IdentityLookup {
  private final Subjects subjects;
  private final LifeEvents lifeEvents;
  private final Aliases aliases;

  /**
   * Adds the stores "identity.subjects" (128 bytes each), "identity.events" (64),
   * "identity.aliases" (64) and "identity.mappings" (16) to the space.
   */
  public IdentityLookup(
      final StateSpace space,
      final int subjectCapacity,
      final int lifeEventCapacity,
      final int aliasCapacity) {
    subjects = new Subjects(space, subjectCapacity);
    lifeEvents = new LifeEvents(space, lifeEventCapacity, subjects);
    aliases = new Aliases(space, aliasCapacity);
  }

  public Subjects subjects() {
    return subjects;
  }

  public LifeEvents lifeEvents() {
    return lifeEvents;
  }

  public Aliases aliases() {
    return aliases;
  }

  /** Seeds the indexes: before the first entry, or after a load before {@link #rebuild}. */
  public void seed(final long seed) {
    subjects.seed(seed);
    lifeEvents.seed(seed);
    aliases.seed(seed);
  }

  /** Rebuilds what is derived; after every load of the space. */
  public void rebuild() {
    subjects.rebuild();
    lifeEvents.rebuild();
    aliases.rebuild();
  }
}
