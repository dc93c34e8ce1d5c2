package org.civicswitch.core.sim;

import org.civicswitch.core.engine.Engine;
import org.civicswitch.core.engine.Signatures;
import org.civicswitch.core.engine.SwitchEngine;
import org.civicswitch.core.storage.Journal;
import org.civicswitch.core.storage.Storage;

/**
 * What a simulated life is put together from: as a real host does it. Tests of the simulation
 * override a part to plant a defect that it has to find.
 */
class SimParts {
  /** How operators sign, for every engine. */
  Signatures signatures() {
    return new SimSignatures();
  }

  /** The engine that the host, the truth and every replay run. */
  Engine engine(final SwitchEngine engine) {
    return engine;
  }

  /** The disk as the host sees it. */
  Storage storage(final SimStorage disk) {
    return disk;
  }

  /** Returns when what was appended may be released. */
  void commit(final Journal journal) {
    journal.commit();
  }

  /** Whether what was frozen at this sequence may be written as a snapshot by now. */
  boolean mayWrite(final long frozen, final Journal journal) {
    return frozen <= journal.committedSequence();
  }

  /** The engine has applied a command, which is not yet released. */
  void applied(final SimFeed feed, final CommandResult result) {
    // nobody is told
  }
}
