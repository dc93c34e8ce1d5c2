package org.civicswitch.ops.cli.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.civicswitch.core.protocol.Code;

/**
 * What the killed processes had acknowledged, and what may be under way: kept in a file of lines,
 * so that a run of many hours can be stopped and gone on with.
 */
final class ChaosLog implements AutoCloseable {
  private static final String FILE = "answers";

  /**
   * Numbers that a life may use, more than it can: what it sent is not known to the last one where
   * the run itself was stopped, and a number must never be used for two payments.
   */
  private static final long PAYMENTS_PER_LIFE = 1 << 15;

  private final BufferedWriter writer;
  private final Set<Long> unresolved = new LinkedHashSet<>();
  private final TreeMap<Long, Long> createdByFirst = new TreeMap<>();
  private final BitSet submitted = new BitSet();
  private final BitSet confirmed = new BitSet();
  private final BitSet late = new BitSet();
  private final List<String> refusals = new ArrayList<>();
  private final List<Integer> unavailableMs = new ArrayList<>();
  private long runMs;
  private long seed;
  private boolean seeded;
  private long first;
  private long highest = -1;
  private int lives;
  private int kills;
  private int killsInStart;

  private ChaosLog(final Path file) throws IOException {
    if (Files.exists(file)) {
      cutHalfLine(file);
      try (Stream<String> lines = Files.lines(file)) {
        lines.forEach(this::take);
      }
    }
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Goes on with what is there; a new run gets this time and seed. */
  static ChaosLog open(final Path directory, final long newRunMs, final long newSeed)
      throws IOException {
    final ChaosLog log = new ChaosLog(directory.resolve(FILE));
    if (log.runMs == 0) {
      log.add("run " + newRunMs + " " + newSeed);
    }
    return log;
  }

  /** The run may have been stopped while it wrote. */
  private static void cutHalfLine(final Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      while (end > 0) {
        bytes.seek(end - 1);
        if (bytes.read() == '\n') {
          break;
        }
        end--;
      }
      bytes.setLength(end);
    }
  }

  /** Takes and keeps a line; whole lines only. */
  void add(final String line) throws IOException {
    take(line);
    writer.write(line);
    writer.newLine();
  }

  void flush() throws IOException {
    writer.flush();
  }

  private void take(final String line) {
    final String[] parts = line.split(" ", -1);
    switch (parts[0]) {
      case "run" -> {
        runMs = Long.parseLong(parts[1]);
        seed = Long.parseLong(parts[2]);
      }
      case "life" -> begin(Long.parseLong(parts[1]));
      case "ready" -> seeded = true;
      case "back" -> unavailableMs.add(Integer.valueOf(parts[1]));
      case "killed" -> {
        kills++;
        killsInStart += parts[1].equals("starting") ? 1 : 0;
      }
      case "s" -> submitted(Long.parseLong(parts[1]), parts[2]);
      case "c" -> confirmed(Long.parseLong(parts[1]), parts[2]);
      default -> throw new IllegalStateException("not a line of this file: " + line);
    }
  }

  private void begin(final long nowMs) {
    if (lives > 0) {
      // Sent or not: the predecessor had at most so many under way.
      final long end = Math.max(highest + 1, first) + ChaosChild.WINDOW;
      for (long number = first; number < end; number++) {
        if (!submitted.get((int) number)) {
          unresolved.add(Step.SUBMIT.id(number));
        }
      }
      first += PAYMENTS_PER_LIFE;
    }
    createdByFirst.put(first, nowMs);
    lives++;
  }

  private void submitted(final long number, final String code) {
    unresolved.remove(Step.SUBMIT.id(number));
    highest = Math.max(highest, number);
    if (!code.equals(Code.OK.name())) {
      refusals.add("payment " + number + " was refused: " + code);
      return;
    }
    submitted.set((int) number);
    if (ChaosPayments.isAnswered(number)) {
      unresolved.add(Step.CONFIRM.id(number));
    }
  }

  private void confirmed(final long number, final String code) {
    unresolved.remove(Step.CONFIRM.id(number));
    switch (Code.valueOf(code)) {
      case OK -> confirmed.set((int) number);
      case CONFIRMATION_LATE -> late.set((int) number);
      default -> refusals.add("the answer to payment " + number + " was refused: " + code);
    }
  }

  Life life() {
    final Map<Long, Long> again = new LinkedHashMap<>();
    unresolved.forEach(id -> again.put(id, createdMs(Step.number(id))));
    return new Life(runMs, seeded, first, createdMs(first), again);
  }

  /** Creation time of a payment and of its answer, UTC milliseconds. */
  long createdMs(final long number) {
    return createdByFirst.floorEntry(number).getValue();
  }

  long seed() {
    return seed;
  }

  long runMs() {
    return runMs;
  }

  int lives() {
    return lives;
  }

  int kills() {
    return kills;
  }

  int killsInStart() {
    return killsInStart;
  }

  /** Payments whose submission was acknowledged. */
  BitSet submitted() {
    return submitted;
  }

  /** Payments whose answer was acknowledged as taken. */
  BitSet confirmed() {
    return confirmed;
  }

  /** Payments whose answer was acknowledged as too late. */
  BitSet late() {
    return late;
  }

  /** Commands that were answered. */
  long acknowledged() {
    return (long) submitted.cardinality() + confirmed.cardinality() + late.cardinality();
  }

  /** What should have been accepted and was not. */
  List<String> refusals() {
    return refusals;
  }

  /** From each kill to the next acknowledgement. */
  List<Integer> unavailableMs() {
    return unavailableMs;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
