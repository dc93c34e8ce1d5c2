package org.civicswitch.ops.cli.chaos;

/** The two commands of a payment, and how they are written in a line and a correlation id. */
enum Step {
  SUBMIT("s"),
  CONFIRM("c");

  private final String letter;

  Step(final String letter) {
    this.letter = letter;
  }

  String letter() {
    return letter;
  }

  static Step of(final String letter) {
    return letter.equals("c") ? CONFIRM : SUBMIT;
  }

  long id(final long number) {
    return number * 2 + (this == CONFIRM ? 1 : 0);
  }

  static Step ofId(final long id) {
    return (id & 1) == 0 ? SUBMIT : CONFIRM;
  }

  static long number(final long id) {
    return id >> 1;
  }
}
