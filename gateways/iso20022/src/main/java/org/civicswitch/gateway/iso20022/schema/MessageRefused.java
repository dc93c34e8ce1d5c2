package org.civicswitch.gateway.iso20022.schema;

/**
 * A message that is not taken in, with the place and the rule. Never repeats what an element
 * contained: that may be private. Carries no stack trace: refusals are ordinary and may be many.
 */
public final class MessageRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a message is refused. */
  public enum Kind {
    NOT_WELL_FORMED,
    NOT_VALID,
    UNKNOWN_MESSAGE,
    LIMIT_EXCEEDED,
    ENCODING
  }

  private final Kind kind;
  private final int line;
  private final int column;
  private final String path;
  private final String rule;

  public MessageRefused(Kind kind, int line, int column, String path, String rule) {
    super(
        kind + " at line " + line + ", column " + column + ", " + path + ": " + rule,
        null,
        false,
        false);
    this.kind = kind;
    this.line = line;
    this.column = column;
    this.path = path;
    this.rule = rule;
  }

  public Kind kind() {
    return kind;
  }

  /** From 1; 0 when the message as a whole is meant. */
  public int line() {
    return line;
  }

  /** From 1; 0 when the message as a whole is meant. */
  public int column() {
    return column;
  }

  /** Element names from the root, separated by slashes; empty when no element had begun. */
  public String path() {
    return path;
  }

  /** The rule that is broken, in words. */
  public String rule() {
    return rule;
  }
}
