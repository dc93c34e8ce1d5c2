package org.civicswitch.core.engine;

/** The values of VerdictKind in the schema: a composite's field carries them as plain numbers. */
final class VerdictKinds {
  static final int NONE = 0;

  /** Binds a person to an issuer's; counts until it expires. */
  static final int STANDING = 1;

  /** Bound to one instruction; counts once. */
  static final int TRANSACTIONAL = 2;

  /** A bank answers for its own customer. */
  static final int BANK_ATTESTED = 3;

  private VerdictKinds() {}
}
