package org.civicswitch.ops.console;

/**
 * Starts and stops a traffic generator from the page. The demo implements it; without one the page
 * shows no such button. Called by several threads; returns at once.
 */
public interface TrafficControl {
  boolean running();

  void start();

  void stop();

  /** What the generator does, in a few words: shown beside the button. */
  String description();
}
