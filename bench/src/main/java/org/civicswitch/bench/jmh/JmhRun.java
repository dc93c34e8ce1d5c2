package org.civicswitch.bench.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.json.JsonMapper;

/** Runs JMH over this package, each benchmark in a JVM of its own, with allocation counted. */
public final class JmhRun {
  private static final int ITERATIONS = 5;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private JmhRun() {}

  /**
   * Prints JMH's own report, or one JSON object.
   *
   * @param regex of benchmark names
   * @param seconds measured for each, divided among {@value #ITERATIONS} iterations
   */
  public static void run(final String regex, final int seconds, final boolean json)
      throws RunnerException {
    final TimeValue each = TimeValue.milliseconds(seconds * 1000L / ITERATIONS);
    final ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(regex)
            .addProfiler(GCProfiler.class)
            .forks(1)
            .warmupIterations(ITERATIONS)
            .warmupTime(each)
            .measurementIterations(ITERATIONS)
            .measurementTime(each)
            .shouldFailOnError(true)
            .verbosity(json ? VerboseMode.SILENT : VerboseMode.NORMAL);
    final var results = new Runner(options.build()).run();
    if (json) {
      final List<Map<String, Object>> cases = new ArrayList<>();
      results.forEach(result -> cases.add(fields(result)));
      final Map<String, Object> all = new LinkedHashMap<>();
      all.put("name", "jmh");
      all.put("jdk", System.getProperty("java.version"));
      all.put("cores", Runtime.getRuntime().availableProcessors());
      all.put("durability", "none");
      all.put("cases", cases);
      System.out.println(JsonMapper.builder().build().writeValueAsString(all));
    }
  }

  private static Map<String, Object> fields(final RunResult result) {
    final Map<String, Object> one = new LinkedHashMap<>();
    final String name = result.getParams().getBenchmark();
    one.put("case", name.substring(JmhRun.class.getPackageName().length() + 1));
    result.getParams().getParamsKeys().forEach(k -> one.put(k, result.getParams().getParam(k)));
    final Result<?> primary = result.getPrimaryResult();
    one.put("score", round(primary.getScore()));
    one.put("error", round(primary.getScoreError()));
    one.put("unit", primary.getScoreUnit());
    result
        .getSecondaryResults()
        .forEach(
            (key, value) -> {
              if (key.endsWith(ALLOCATED)) {
                one.put("allocated_bytes_per_op", round(value.getScore()));
              }
            });
    return one;
  }

  private static double round(final double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
