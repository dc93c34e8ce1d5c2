package org.civicswitch.ops.cli.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.civicswitch.ops.cli.node.JavaProcess;

/** Starts a switch under load again and again, and kills it at random moments with SIGKILL. */
final class ChaosRun {
  private static final int KILLED = 137;
  private static final int START_MS = 1_500;

  private final Path directory;
  private final ChaosLog log;
  private long killedNs;

  ChaosRun(final Path directory, final ChaosLog log) {
    this.directory = directory;
    this.log = log;
  }

  /** Where the switch's data is. */
  static Path data(final Path directory) {
    return directory.resolve("switch");
  }

  /**
   * One life: starts, works for a while, is killed; often before it is ready.
   *
   * @throws IOException if the process ended by itself, or what it says cannot be read
   */
  void live() throws IOException, InterruptedException {
    final SplittableRandom random = new SplittableRandom(log.seed() + log.lives());
    log.add("life " + Math.max(log.runMs(), System.currentTimeMillis()));
    log.flush();
    log.life().write(directory);
    final boolean inStart = random.nextInt(4) == 0;
    final int afterMs = inStart ? random.nextInt(START_MS) : 50 + random.nextInt(1_000);
    final Process child =
        new ProcessBuilder(
                JavaProcess.command(ChaosChild.class, "1g", List.of(directory.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Whoever stops the run stops the switch of this life too, or the next run finds it there.
    final Thread withMe = new Thread(child::destroyForcibly, "chaos-child");
    Runtime.getRuntime().addShutdownHook(withMe);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      Thread killer = inStart ? killer(child, afterMs) : null;
      boolean ready = false;
      boolean answered = killedNs == 0;
      String line;
      while ((line = lines.readLine()) != null) {
        if (!line.endsWith(ChaosChild.END)) {
          break;
        }
        final String whole = line.substring(0, line.length() - ChaosChild.END.length());
        if (whole.equals(ChaosChild.READY)) {
          ready = true;
          killer = killer == null ? killer(child, afterMs) : killer;
        } else if (!answered) {
          answered = true;
          log.add("back " + (System.nanoTime() - killedNs) / 1_000_000);
        }
        log.add(whole);
      }
      if (killer == null || child.waitFor() != KILLED) {
        child.destroyForcibly();
        throw new IOException("the switch ended by itself in life " + log.lives() + "; see above");
      }
      killer.join();
      log.add("killed " + (ready ? "ready" : "starting"));
      log.flush();
      killedNs = killedNs == 0 || answered ? System.nanoTime() : killedNs;
    } finally {
      forget(withMe);
    }
  }

  private static void forget(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // This process is ending, and the hook has its work to do.
    }
  }

  private static Thread killer(final Process child, final int afterMs) {
    final Thread killer =
        new Thread(
            () -> {
              try {
                child.waitFor(afterMs, TimeUnit.MILLISECONDS);
              } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              // By its handle: the process object would close the pipe that is still being read.
              child.toHandle().destroyForcibly();
            });
    killer.start();
    return killer;
  }
}
