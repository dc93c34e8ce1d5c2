package org.civicswitch.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** A command that failed with {@code --json} still prints its one object. */
final class JsonFailure {
  private JsonFailure() {}

  static void print(final CommandLine command, final String message) {
    if (!command.getParseResult().hasMatchedOption("--json")) {
      return;
    }
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", false);
    fields.put("error", message);
    command.getOut().println(JsonMapper.shared().writeValueAsString(fields));
    command.getOut().flush();
  }
}
