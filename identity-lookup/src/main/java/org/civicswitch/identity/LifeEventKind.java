package org.civicswitch.identity;

/** What a registry notifies, numbered as on the wire. */
public final class LifeEventKind {
  public static final int DEATH = 0;

  /** Takes one death back. */
  public static final int DEATH_REVERSAL = 1;

  public static final int SUSPENSION = 2;

  /** Takes one suspension back. */
  public static final int SUSPENSION_LIFTED = 3;

  private LifeEventKind() {}
}
