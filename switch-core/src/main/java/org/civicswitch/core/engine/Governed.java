package org.civicswitch.core.engine;

/**
 * What a change by people is about and how large it is, as places in the block of its kind: what
 * rules of approval and the staleness of proposals look at. Built once at start.
 */
final class Governed {
  private static final int[] NO_AMOUNT = {};

  /** What changes are about; two about the same make each other's proposals stale. */
  enum Concern {
    PLATFORM(1),
    OPERATOR(2),
    RULE(3),
    ASSET(4),
    PARTICIPANT(5),
    CONNECTION(6),
    WINDOW(7),
    PROGRAMME(8),
    SUBJECT(9),
    MERCHANT(10),
    VOUCHER(11);

    /** As it is kept in records. */
    final int number;

    Concern(final int number) {
      this.number = number;
    }
  }

  private final Concern concern;
  private final int idAt;
  private final int idBytes;
  private int[] amountsAt = NO_AMOUNT;
  private int assetAt;

  private Governed(final Concern concern, final int idAt, final int idBytes) {
    this.concern = concern;
    this.idAt = idAt;
    this.idBytes = idBytes;
  }

  /** About the one there is. */
  static Governed platform() {
    return new Governed(Concern.PLATFORM, 0, 0);
  }

  /**
   * @param idAt where in the block stands which one
   * @param idBytes 2, 4 or 8; of a longer id the first 8
   */
  static Governed of(final Concern concern, final int idAt, final int idBytes) {
    return new Governed(concern, idAt, idBytes);
  }

  /** Its size is the largest of these. */
  Governed amounts(final int... at) {
    amountsAt = at;
    return this;
  }

  Governed asset(final int at) {
    assetAt = at;
    return this;
  }

  boolean is(final Concern other) {
    return concern == other;
  }

  int concern() {
    return concern.number;
  }

  long id(final Command command) {
    return switch (idBytes) {
      case 0 -> 0;
      case 2 -> command.shortAt(command.block + idAt);
      case 4 -> Integer.toUnsignedLong(command.intAt(command.block + idAt));
      default -> command.longAt(command.block + idAt);
    };
  }

  /** Minor units; 0 for what has no size. */
  long amount(final Command command) {
    long most = 0;
    for (int i = 0; i < amountsAt.length; i++) {
      most = Math.max(most, command.longAt(command.block + amountsAt[i]));
    }
    return most;
  }

  /** Whether a rule for one asset can match. */
  boolean hasAsset() {
    return assetAt != 0;
  }

  /** Whether a rule from an amount on can match. */
  boolean hasAmount() {
    return amountsAt.length > 0;
  }

  /** The asset's number, or 0. */
  int asset(final Command command) {
    return assetAt == 0 ? 0 : command.intAt(command.block + assetAt);
  }
}
