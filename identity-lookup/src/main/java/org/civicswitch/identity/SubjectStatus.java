package org.civicswitch.identity;

/** What is known of a person, numbered as on the wire; 0 means that there is no such person. */
public final class SubjectStatus {
  public static final int ACTIVE = 1;
  public static final int SUSPENDED = 2;
  public static final int DECEASED = 3;
  public static final int IDENTITY_CONTESTED = 4;

  private SubjectStatus() {}
}
