package org.civicswitch.ops.cli.report;

/** The command as it was typed, for what is printed to be typed next. */
public final class Launcher {
  private Launcher() {}

  public static String typed() {
    return System.getProperty("civicswitch.command", "./civicswitch");
  }
}
