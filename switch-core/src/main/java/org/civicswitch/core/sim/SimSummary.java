package org.civicswitch.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Many simulated lives together.
 *
 * @param seeds how many lives
 * @param failed the seeds of those that broke a promise
 */
public record SimSummary(
    long seeds,
    long commands,
    long crashes,
    SortedMap<String, Long> faults,
    SortedMap<Integer, Long> messages,
    SortedMap<String, Long> codes,
    List<Long> failed) {

  /** In every life at least so many commands and crashes. */
  public static final int COMMANDS = 2_000;

  public static final int CRASHES = 3;

  /**
   * Lives one life after the other.
   *
   * @param firstSeed the others follow it by one
   * @param each told of every life once it is over; a failed one should be printed with its seed
   */
  public static SimSummary run(
      final long firstSeed, final int seeds, final Consumer<SimReport> each) {
    final List<SimReport> reports = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      final SimReport report = Simulation.run(firstSeed + i, COMMANDS, CRASHES);
      each.accept(report);
      reports.add(report);
    }
    return of(reports);
  }

  static SimSummary of(final List<SimReport> reports) {
    return new SimSummary(
        reports.size(),
        reports.stream().mapToLong(SimReport::commands).sum(),
        reports.stream().mapToLong(SimReport::crashes).sum(),
        sum(reports, SimReport::faults),
        sum(reports, SimReport::messages),
        sum(reports, SimReport::codes),
        reports.stream().filter(SimReport::failed).map(SimReport::seed).toList());
  }

  private static <K> SortedMap<K, Long> sum(
      final List<SimReport> reports, final Function<SimReport, Map<K, Long>> part) {
    final SortedMap<K, Long> sum = new TreeMap<>();
    reports.forEach(
        report -> part.apply(report).forEach((key, count) -> sum.merge(key, count, Long::sum)));
    return sum;
  }
}
