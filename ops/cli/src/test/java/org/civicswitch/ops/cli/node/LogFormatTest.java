package org.civicswitch.ops.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log looks like to people, and to a collector. */
final class LogFormatTest {
  private static String logged(final String format) throws Exception {
    final LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("CIVICSWITCH_LOG", format);
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      final JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
      context.getLogger("org.civicswitch.Test").warn("{} lines \"held\"", 3);
    } finally {
      context.stop();
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void forPeople() throws Exception {
    assertThat(logged("text")).endsWith("WARN  o.civicswitch.Test 3 lines \"held\"\n");
  }

  @Test
  void forCollectors() throws Exception {
    final String line = logged("json");
    assertThat(line.strip().lines()).hasSize(1);
    final JsonNode object = JsonMapper.shared().readTree(line);
    assertThat(object.get("level").asString()).isEqualTo("WARN");
    assertThat(object.get("loggerName").asString()).isEqualTo("org.civicswitch.Test");
    assertThat(object.get("formattedMessage").asString()).isEqualTo("3 lines \"held\"");
    assertThat(object.get("timestamp").asLong()).isPositive();
  }
}
