package org.civicswitch.core.engine;

/**
 * Asked at the end of every command, after its events: for what is said once per command however
 * often it changed.
 */
interface CommandEnd {
  void endCommand();
}
