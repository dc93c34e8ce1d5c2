package org.civicswitch.ops.funds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.civicswitch.gateway.kit.OwnerOnlyFiles;

/**
 * Who has which break and what they found out: a file of lines beside the statements, to which
 * lines are only added. A break that is explained goes from the list by itself; what was done about
 * it stays here. Safe for use by many threads and processes.
 */
public final class WorkBook {
  /** Longest note, in characters. */
  public static final int NOTE_MAX = 500;

  /** Most lines; beyond them nothing is added. */
  public static final int LINES_MAX = 100_000;

  private static final String FILE = "work.log";
  private static final Pattern WHO = Pattern.compile("[!-~]{1,64}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{" + Break.ID_CHARACTERS + "}");

  /** A file lock is the process's: within it, this one is held first. */
  private static final Object PROCESS = new Object();

  private final Path directory;

  /** Where a break stands. */
  public enum State {
    /** Somebody works on it. */
    TAKEN,
    /** The bank or a participant has been asked. */
    WAITING,
    /** It is known what it was; bank or switch will show it. */
    ANSWERED,
    /** Nobody has it any more. */
    RELEASED;

    /** As people type it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this word. */
    public static Optional<State> of(final String word) {
      return Arrays.stream(values()).filter(state -> state.word().equals(word)).findFirst();
    }
  }

  /**
   * One line.
   *
   * @param timeMs UTC milliseconds
   * @param who wrote it
   * @param state from then on
   * @param note may be empty
   */
  public record Line(long timeMs, String who, State state, String note) {}

  /** What was written on one break, in order; at least one line. */
  public record Item(List<Line> lines) {
    public State state() {
      return lines.get(lines.size() - 1).state();
    }

    /** Who took it last; empty when it was given back. */
    public String holder() {
      String holder = "";
      for (final Line line : lines) {
        if (line.state() == State.TAKEN) {
          holder = line.who();
        } else if (line.state() == State.RELEASED) {
          holder = "";
        }
      }
      return holder;
    }
  }

  /**
   * @param directory of the statements
   */
  public WorkBook(final Path directory) {
    this.directory = directory;
  }

  /**
   * By the id of the break; those of which nothing was ever written are not there.
   *
   * @throws IOException if the file cannot be read, or is damaged
   */
  public Map<String, Item> items() throws IOException {
    final Map<String, List<Line>> read = new LinkedHashMap<>();
    int number = 0;
    for (final String text : whole()) {
      number++;
      final String[] cells = text.split("\t", 5);
      try {
        if (cells.length != 5) {
          throw new IllegalArgumentException("it has no five cells");
        }
        read.computeIfAbsent(cells[1], id -> new ArrayList<>())
            .add(new Line(Long.parseLong(cells[0]), cells[2], State.valueOf(cells[3]), cells[4]));
      } catch (final IllegalArgumentException e) {
        throw new IOException(file() + ", line " + number + ": " + e.getMessage(), e);
      }
    }
    final Map<String, Item> items = new LinkedHashMap<>();
    read.forEach((id, lines) -> items.put(id, new Item(List.copyOf(lines))));
    return items;
  }

  /**
   * Adds a line, durably.
   *
   * @param breakId as {@link Break#id}
   * @param who a name of printable ASCII characters without blanks, at most 64
   * @param state null: as it was, or taken when nothing was written yet
   * @param note may be empty
   * @throws IllegalArgumentException in words for who wrote it
   */
  public void add(
      final String breakId,
      final String who,
      final State state,
      final String note,
      final long nowMs)
      throws IOException {
    final String text = note.strip();
    if (!ID.matcher(breakId).matches()) {
      throw new IllegalArgumentException("not a break's id: " + breakId);
    }
    if (!WHO.matcher(who).matches()) {
      throw new IllegalArgumentException("not a name: " + who);
    }
    if (text.length() > NOTE_MAX || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a note is one line of at most " + NOTE_MAX + " characters");
    }
    if (text.isEmpty() && state == null) {
      throw new IllegalArgumentException("a note says something");
    }
    OwnerOnlyFiles.directory(directory);
    synchronized (PROCESS) {
      OwnerOnlyFiles.create(file(), new byte[0]);
      try (FileChannel channel =
              FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IOException(file() + " cannot be locked");
        }
        final Map<String, Item> before = items();
        if (before.values().stream().mapToInt(item -> item.lines().size()).sum() >= LINES_MAX) {
          throw new IllegalArgumentException(
              "there are " + LINES_MAX + " lines in " + file() + ": put it away first");
        }
        final Item item = before.get(breakId);
        final State next = state != null ? state : item == null ? State.TAKEN : item.state();
        final String line =
            nowMs + "\t" + breakId + "\t" + who + "\t" + next.name() + "\t" + text + "\n";
        // Behind the last whole line: what a crash left half written was told to nobody.
        channel.truncate(wholeBytes());
        channel.position(channel.size());
        final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    }
  }

  private Path file() {
    return directory.resolve(FILE);
  }

  /** Lines that were written to their end. */
  private List<String> whole() throws IOException {
    if (!Files.exists(file())) {
      return List.of();
    }
    final byte[] bytes = OwnerOnlyFiles.read(file());
    final String text = new String(bytes, 0, lastLineEnd(bytes), StandardCharsets.UTF_8);
    return text.lines().toList();
  }

  private long wholeBytes() throws IOException {
    return lastLineEnd(OwnerOnlyFiles.read(file()));
  }

  private static int lastLineEnd(final byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
