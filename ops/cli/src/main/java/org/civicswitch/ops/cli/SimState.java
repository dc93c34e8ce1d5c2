package org.civicswitch.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.civicswitch.core.sim.SimSummary;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of the simulation that can be gone on with.
 *
 * @param firstSeed the others follow it by one, without gaps
 * @param summary of those lived so far
 */
record SimState(long firstSeed, SimSummary summary) {
  static SimState read(final Path file) throws IOException {
    try {
      return JsonMapper.shared().readValue(file, SimState.class);
    } catch (final JacksonException e) {
      throw new IOException(file + " is no state of a simulation: " + e.getMessage(), e);
    }
  }

  /** Whole or not at all: a run may be stopped at any time. */
  void write(final Path file) throws IOException {
    final Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, JsonMapper.shared().writeValueAsString(this));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
