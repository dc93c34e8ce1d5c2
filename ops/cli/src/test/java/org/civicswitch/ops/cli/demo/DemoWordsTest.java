package org.civicswitch.ops.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.civicswitch.ops.cli.node.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoWordsTest {
  @TempDir private Path data;

  @Test
  void eachThingToPasteIsOneLine() throws Exception {
    final List<String> lines =
        DemoWords.of(
                "./civicswitch",
                Path.of("data/demo"),
                Path.of("data/demo/dev/ca"),
                Path.of("data/demo/dev/logins"),
                somewhere())
            .lines()
            .toList();
    assertThat(lines)
        .contains(
            "./civicswitch send --from AURBXX2A --to BORBXX2A --amount 12.50 --data data/demo")
        .contains(
            "./civicswitch dev example pacs008 --from AURBXX2A --to CEDSXX2A --amount 7.25"
                + " | curl -sS --cacert data/demo/dev/ca/ca.pem --cert data/demo/dev/ca/aurbxx2a.pem"
                + " --key data/demo/dev/ca/aurbxx2a.key -H 'Content-Type: application/xml'"
                + " -H 'Prefer: wait=10' --data-binary @- https://localhost:1/iso20022/messages");
  }

  @Test
  void pathsWithSpacesStayOneWord() throws Exception {
    assertThat(
            DemoWords.of(
                "./civicswitch",
                Path.of("my data"),
                Path.of("my data/ca"),
                Path.of("my data/logins"),
                somewhere()))
        .contains(
            "cat 'my data/logins/operator-1'",
            " --data 'my data'",
            "--cert 'my data/ca/aurbxx2a.pem'");
    assertThat(DemoWords.quoted("it's")).isEqualTo("'it'\\''s'");
  }

  private Endpoints somewhere() throws Exception {
    Files.writeString(
        data.resolve("endpoints.json"),
        """
        {"iso20022":"https://localhost:1","console":"http://localhost:2","metrics":"http://localhost:3/metrics"}
        """);
    return Endpoints.read(data);
  }
}
