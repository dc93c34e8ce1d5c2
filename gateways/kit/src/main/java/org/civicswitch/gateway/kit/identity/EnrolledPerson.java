package org.civicswitch.gateway.kit.identity;

/**
 * A person whom somebody verified, ready to be enrolled.
 *
 * @param person the identifier, {@code TYPE:VALUE}; never to be logged
 * @param identity what was verified
 */
public record EnrolledPerson(String person, VerifiedIdentity identity) {
  /** Never the identifier itself. */
  @Override
  public String toString() {
    return "EnrolledPerson[***]";
  }
}
