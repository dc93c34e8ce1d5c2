package org.civicswitch.ops.console.accounts;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody who may sign in.
 *
 * @param name 2 to 32 of {@code a-z 0-9 . -}, a letter first
 * @param operator number in the engine, of whoever signs; 0: signs nothing
 * @param generation grows when credentials change or the account is disabled: sessions opened
 *     before are over
 * @param passwordHash Argon2id, or empty: no sign-in by password
 * @param codeSecret of the one-time codes, base 32, or empty with the password
 * @param codeStep the last time step whose code was used: no code counts twice
 * @param openId issuer and subject, with a space between, whose word an OpenID Connect provider
 *     gives for this person; or empty
 */
public record Account(
    String name,
    Set<Role> roles,
    Scope scope,
    int operator,
    boolean disabled,
    int generation,
    String passwordHash,
    String codeSecret,
    long codeStep,
    String openId) {

  /**
   * @throws IllegalArgumentException naming what is wrong
   */
  public Account {
    if (!name.matches("[a-z][a-z0-9.-]{1,31}")) {
      throw new IllegalArgumentException(
          "a name has 2 to 32 letters a-z, digits, dots and hyphens and begins with a letter");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("an account has at least one role");
    }
    if (operator < 0 || operator > 4095) {
      throw new IllegalArgumentException("an operator's number is from 1 to 4095, or 0 for none");
    }
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }

  /** One without credentials: signs in by a one-time login only, until it is reset. */
  public static Account named(
      final String name, final Set<Role> roles, final Scope scope, final int operator) {
    return new Account(name, roles, scope, operator, false, 1, "", "", 0, "");
  }

  public boolean may(final Role role) {
    return roles.contains(role);
  }

  /** {@code settlement, approver}. */
  public String roleWords() {
    return roles.stream().map(Role::word).collect(Collectors.joining(", "));
  }

  Account withCredentials(final String hash, final String secret) {
    return new Account(name, roles, scope, operator, false, generation + 1, hash, secret, 0, "");
  }

  Account asDisabled() {
    return new Account(
        name,
        roles,
        scope,
        operator,
        true,
        generation + 1,
        passwordHash,
        codeSecret,
        codeStep,
        openId);
  }

  Account withCodeStep(final long step) {
    return new Account(
        name, roles, scope, operator, disabled, generation, passwordHash, codeSecret, step, openId);
  }

  Account withOpenId(final String issuerAndSubject) {
    return new Account(
        name,
        roles,
        scope,
        operator,
        disabled,
        generation + 1,
        passwordHash,
        codeSecret,
        codeStep,
        issuerAndSubject);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return name + " (" + roleWords() + "; " + scope + ")";
  }
}
