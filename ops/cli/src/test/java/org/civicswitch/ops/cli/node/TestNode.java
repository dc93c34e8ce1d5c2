package org.civicswitch.ops.cli.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A development switch on free ports, in the test's own process. */
public final class TestNode {
  private TestNode() {}

  public static SwitchNode start(final Path data) throws IOException {
    return start(data, Map.of());
  }

  /**
   * @param more settings, as {@code --set} takes them
   */
  public static SwitchNode start(final Path data, final Map<String, String> more)
      throws IOException {
    final Map<String, String> settings = new HashMap<>(more);
    for (final String listener :
        new String[] {"iso20022", "exchange", "identity", "console", "ops"}) {
      settings.put(listener + ".port", "0");
    }
    return SwitchNode.start(
        new SwitchNode.Options(data, NodeConfig.load(null, settings), true, "TEST", null),
        note -> {});
  }
}
