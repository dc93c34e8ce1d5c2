package org.civicswitch.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java processes that a benchmark starts, and what each can tell of itself. */
final class Processes {
  private Processes() {}

  /**
   * Runs a process to its end.
   *
   * @param javaOptions behind those of this process, of which its heap is left out
   * @return its standard output
   * @throws WrongResultException if it fails
   */
  static String run(
      final Class<?> main, final List<String> javaOptions, final List<String> arguments)
      throws IOException, InterruptedException, WrongResultException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xm") && !option.contains("AlwaysPreTouch"))
        .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
        .forEach(command::add);
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    final Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    final Thread stop = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(stop);
    final String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    final int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stop);
    if (exit != 0) {
      throw new WrongResultException(
          main.getSimpleName() + " " + arguments + " ended with " + exit);
    }
    return output;
  }

  /** Heap in use, garbage included, megabytes. */
  static long heapMb() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** The most memory this process has had so far, megabytes; 0 where it cannot be told. */
  static long rssMbMax() throws IOException {
    final Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (final String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
      }
    }
    return 0;
  }

  /** Time in which the collector has stopped or slowed this process so far, milliseconds. */
  static long collectorMs() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
