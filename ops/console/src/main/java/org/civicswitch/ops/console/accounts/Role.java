package org.civicswitch.ops.console.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an account is for in the console. The engine has the last word: whoever signs also needs the
 * role of an operator there.
 */
public enum Role {
  VIEWER("reads"),
  SETTLEMENT("proposes changes of caps, money, participants and windows"),
  APPROVER("approves or rejects what others propose"),
  PROGRAMME("works on benefits"),
  SUPPORT("looks for payments"),
  AUDITOR("reads everything, changes nothing"),
  WARDEN("breaks the glass");

  private final String does;

  Role(final String does) {
    this.does = does;
  }

  /** In a few words. */
  public String does() {
    return does;
  }

  /** As people type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming what there is
   */
  public static Role parse(final String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a role is one of "
                        + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))
                        + ", not "
                        + word));
  }
}
