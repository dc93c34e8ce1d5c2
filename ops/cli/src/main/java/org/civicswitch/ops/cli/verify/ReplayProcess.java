package org.civicswitch.ops.cli.verify;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ops.cli.Main;
import org.civicswitch.ops.cli.node.JavaProcess;
import org.civicswitch.ops.console.StateReplay;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes states by {@code as-of} in a process of its own, one at a time: what it takes of memory and
 * collecting is not taken from the switch.
 */
public final class ReplayProcess implements StateReplay, AutoCloseable {
  /** As -Xmx takes it: a state that needs more is made by hand. */
  static final String HEAP = "512m";

  static final long SECONDS_MAX = 60;

  private final Path data;
  private final String launcher;
  private final long secondsMax;
  private volatile Process running;
  private volatile boolean closed;

  /**
   * @param launcher how a person types the command that does the same
   */
  public ReplayProcess(final Path data, final String launcher) {
    this(data, launcher, SECONDS_MAX);
  }

  ReplayProcess(final Path data, final String launcher, final long secondsMax) {
    this.data = data;
    this.launcher = launcher;
    this.secondsMax = secondsMax;
  }

  @Override
  public synchronized State at(final long sequence) throws IOException {
    if (closed) {
      throw new IOException("the switch is stopping");
    }
    final Path answer = Files.createTempFile("civicswitch-as-of-", ".json");
    try {
      run(sequence, answer);
      return read(Files.readString(answer), sequence);
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private void run(final long sequence, final Path answer) throws IOException {
    final Process process =
        new ProcessBuilder(
                JavaProcess.command(
                    Main.class,
                    HEAP,
                    List.of(
                        "as-of",
                        "--data",
                        data.toString(),
                        "--sequence",
                        Long.toString(sequence),
                        "--json")))
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    running = process;
    try {
      if (closed || !process.waitFor(secondsMax, TimeUnit.SECONDS)) {
        throw new IOException("it takes longer than " + secondsMax + " s. " + byHand(sequence));
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      process.destroyForcibly();
      running = null;
    }
  }

  private State read(final String answer, final long sequence) throws IOException {
    final JsonNode json;
    try {
      json = JsonMapper.shared().readTree(answer);
    } catch (final JacksonException e) {
      throw new IOException(ended(sequence), e);
    }
    if (json.hasNonNull("state_hash")) {
      return new State(
          json.get("sequence").asLong(),
          Instant.parse(json.get("time").asString()).toEpochMilli(),
          Long.parseUnsignedLong(json.get("state_hash").asString(), 16));
    }
    throw new IOException(
        json.hasNonNull("error") ? json.get("error").asString() : ended(sequence));
  }

  /** What an answer cut short comes from, almost always. */
  private String ended(final long sequence) {
    return "it takes more memory than " + HEAP + ". " + byHand(sequence);
  }

  private String byHand(final long sequence) {
    return "By hand: " + command(sequence);
  }

  @Override
  public String command(final long sequence) {
    return launcher + " as-of --sequence " + sequence + " --data " + data;
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    closed = true;
    final Process process = running;
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
