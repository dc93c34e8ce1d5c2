package org.civicswitch.ops.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.civicswitch.ops.benefits.OfficeRefused;
import org.civicswitch.ops.treasury.ChangeRefused;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.json.JsonMapper;

/** What a command answers: sentences for people, or one JSON object. */
public final class Report {
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private boolean failed;

  /** What is done; it says what it found. */
  @FunctionalInterface
  public interface Body {
    void run(Report report) throws Exception;
  }

  /**
   * Does it and prints what came of it.
   *
   * @return the exit code
   * @throws ParameterException for wrong usage
   */
  public static int of(final CommandSpec command, final boolean json, final Body body) {
    final Report report = new Report();
    try {
      body.run(report);
    } catch (final ParameterException e) {
      throw e;
    } catch (final Exception e) {
      report.failure(command, e);
    }
    report.print(command, json);
    return report.failed ? 1 : 0;
  }

  public Report put(final String name, final Object value) {
    fields.put(name, value);
    return this;
  }

  public Report say(final String line) {
    lines.add(line);
    return this;
  }

  /** What was asked for is not so; it is told like an answer. */
  public void fail() {
    failed = true;
  }

  private void failure(final CommandSpec command, final Exception e) {
    failed = true;
    final String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // A refusal says itself which step it was.
    String where = command.qualifiedName();
    if (e instanceof OfficeRefused refused) {
      put("code", refused.code().name());
      where = "civicswitch";
    } else if (e instanceof ChangeRefused refused) {
      put("code", refused.code().name());
      where = "civicswitch";
    }
    put("error", message);
    final PrintWriter err = command.commandLine().getErr();
    err.println(where + ": " + message);
    if (System.getenv("CIVICSWITCH_TRACE") != null) {
      e.printStackTrace(err);
    }
    err.flush();
  }

  private void print(final CommandSpec command, final boolean json) {
    final PrintWriter out = command.commandLine().getOut();
    if (json) {
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
