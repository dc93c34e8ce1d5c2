package org.civicswitch.ops.cli.benefits;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.benefits.OfficeRefused;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.json.JsonMapper;

/** What a command answers: sentences for people, or one JSON object. */
final class Report {
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private boolean failed;

  /** One step with the office; it says what it found. */
  @FunctionalInterface
  interface Step {
    void run(OfficeSession session, Report report) throws Exception;
  }

  /**
   * Takes a step and prints what came of it.
   *
   * @return the exit code
   * @throws ParameterException for wrong usage
   */
  static int of(final OfficeOptions options, final Step step) {
    final Report report = new Report();
    try (OfficeSession session = OfficeSession.open(options)) {
      step.run(session, report);
    } catch (final ParameterException e) {
      throw e;
    } catch (final Exception e) {
      report.failure(options, e);
    }
    report.print(options);
    return report.failed ? 1 : 0;
  }

  Report put(final String name, final Object value) {
    fields.put(name, value);
    return this;
  }

  Report say(final String line) {
    lines.add(line);
    return this;
  }

  /** What was asked for is not so; it is told like an answer. */
  void fail() {
    failed = true;
  }

  private void failure(final OfficeOptions options, final Exception e) {
    failed = true;
    final String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // A refusal says itself which step it was.
    String where = options.command.qualifiedName();
    if (e instanceof OfficeRefused refused) {
      put("code", refused.code().name());
      where = "civicswitch";
    }
    put("error", message);
    final PrintWriter err = options.command.commandLine().getErr();
    err.println(where + ": " + message);
    if (System.getenv("CIVICSWITCH_TRACE") != null) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  private void print(final OfficeOptions options) {
    final PrintWriter out = options.command.commandLine().getOut();
    if (options.json) {
      final Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("ok", !failed);
      whole.putAll(fields);
      out.println(JsonMapper.shared().writeValueAsString(whole));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }
}
