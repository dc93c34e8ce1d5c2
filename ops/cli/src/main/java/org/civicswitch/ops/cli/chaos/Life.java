package org.civicswitch.ops.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a process is told when it is started: where it goes on, and what is to be sent again.
 *
 * @param runMs tells this run's payments from those of another, UTC milliseconds
 * @param seeded whether the world is there
 * @param first its first new payment
 * @param newMs creation time of its new payments, UTC milliseconds
 * @param unresolved commands that may have been sent and were not answered, by {@link Step#id},
 *     each with the creation time of its payment
 */
record Life(long runMs, boolean seeded, long first, long newMs, Map<Long, Long> unresolved) {
  private static final String FILE = "life";

  void write(final Path directory) throws IOException {
    final List<String> lines = new ArrayList<>();
    lines.add(runMs + " " + seeded + " " + first + " " + newMs);
    unresolved.forEach((id, created) -> lines.add(id + " " + created));
    Files.write(directory.resolve(FILE), lines);
  }

  /** A command sent again must be the same, so its time goes with its payment. */
  long createdMs(final long number) {
    if (number >= first) {
      return newMs;
    }
    final Long submission = unresolved.get(Step.SUBMIT.id(number));
    return submission != null ? submission : unresolved.get(Step.CONFIRM.id(number));
  }

  static Life read(final Path directory) throws IOException {
    final List<String> lines = Files.readAllLines(directory.resolve(FILE));
    final String[] head = lines.get(0).split(" ", -1);
    final Map<Long, Long> unresolved = new LinkedHashMap<>();
    for (final String line : lines.subList(1, lines.size())) {
      final String[] parts = line.split(" ", -1);
      unresolved.put(Long.valueOf(parts[0]), Long.valueOf(parts[1]));
    }
    return new Life(
        Long.parseLong(head[0]),
        Boolean.parseBoolean(head[1]),
        Long.parseLong(head[2]),
        Long.parseLong(head[3]),
        unresolved);
  }
}
