package org.civicswitch.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.engine.EngineHarness.Logged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The conformance files: logs of (sequence, time, command) with what must come out. Whatever
 * applies commands must give these bytes and this state hash; a difference that was not meant is an
 * accident, a difference that was meant needs a version (see ActivateVersion) and new files. One
 * line per command: sequence, time, command, and the first 8 bytes of SHA-256 over outcome and
 * events; the last line: end, state hash, feed sequence. Written anew by this test with {@code
 * -Dconformance.write=true}.
 */
class ConformanceTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @ValueSource(strings = {"payments", "benefits"})
  void commandsGiveTheRecordedOutputsAndState(final String name) throws Exception {
    final List<String> lines = Boolean.getBoolean("conformance.write") ? write(name) : read(name);
    final SwitchEngine whole = new SwitchEngine(new AnySignature());
    SwitchEngine restored = null;
    final int last = lines.size() - 1;
    for (int i = 0; i < last; i++) {
      if (i == last / 2) {
        final LongsSnapshot snapshot = new LongsSnapshot();
        try (Engine.Image image = whole.freeze()) {
          image.writeTo(snapshot);
        }
        restored = new SwitchEngine(new AnySignature());
        restored.load(snapshot);
      }
      final String line = lines.get(i);
      final Logged logged = parse(line);
      final String expected = line.substring(line.lastIndexOf(' ') + 1);
      assertThat(outputs(whole, logged)).as("%s, line %d", name, i + 1).isEqualTo(expected);
      if (restored != null) {
        assertThat(outputs(restored, logged)).as("%s, line %d", name, i + 1).isEqualTo(expected);
      }
    }
    assertThat(end(whole)).as(name).isEqualTo(lines.get(last));
    assertThat(end(restored)).as(name).isEqualTo(lines.get(last));
  }

  @Test
  void everyKindOfCommandIsRecorded() throws Exception {
    final Set<Integer> recorded = new TreeSet<>();
    for (final String name : List.of("payments", "benefits")) {
      final List<String> lines = read(name);
      for (final String line : lines.subList(0, lines.size() - 1)) {
        final byte[] command = parse(line).bytes();
        if (command.length >= 4) {
          recorded.add(new UnsafeBuffer(command).getShort(2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        }
      }
    }
    final Core core = new SwitchEngine(new AnySignature()).core();
    for (int template = 0; template < 128; template++) {
      if (core.kind(template) != null) {
        assertThat(recorded).contains(template);
      }
    }
  }

  private static List<String> read(final String name) throws IOException {
    try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/" + name)) {
      assertThat(in).as("conformance file %s", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static Logged parse(final String line) {
    final String[] words = line.split(" ", -1);
    return new Logged(Long.parseLong(words[0]), Long.parseLong(words[1]), HEX.parseHex(words[2]));
  }

  private static String outputs(final SwitchEngine engine, final Logged logged) throws Exception {
    final CapturedOutput output = new CapturedOutput();
    engine.apply(
        logged.sequence(),
        logged.timeMs(),
        new UnsafeBuffer(logged.bytes()),
        0,
        logged.bytes().length,
        output);
    final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(output.outcome());
    output.events().forEach(sha256::update);
    return HEX.formatHex(sha256.digest(), 0, 8);
  }

  private static String end(final SwitchEngine engine) {
    return "end " + HEX.toHexDigits(engine.stateHash()) + " " + engine.feedSequence();
  }

  private static List<String> write(final String name) throws Exception {
    final List<Logged> log =
        name.equals("payments") ? ConformanceScript.payments() : ConformanceScript.benefits();
    final SwitchEngine engine = new SwitchEngine(new AnySignature());
    final List<String> lines = new ArrayList<>();
    for (final Logged logged : log) {
      lines.add(
          logged.sequence()
              + " "
              + logged.timeMs()
              + " "
              + HEX.formatHex(logged.bytes())
              + " "
              + outputs(engine, logged));
    }
    lines.add(end(engine));
    final Path source = Path.of("src/test/resources/conformance/" + name);
    Files.createDirectories(source.getParent());
    Files.write(source, lines, StandardCharsets.US_ASCII);
    return lines;
  }
}
