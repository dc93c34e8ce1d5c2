package org.civicswitch.gateway.iso20022.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.civicswitch.gateway.iso20022.Samples;
import org.civicswitch.gateway.iso20022.Samples.Sample;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checker and the JDK's validator say the same of real messages and of damaged ones. */
class VerdictTest {
  private final MessageChecker checker =
      new MessageChecker(MessageDefinitions.committed(), CheckLimits.DEFAULT);

  @Test
  void realMessages() throws Exception {
    SchemaOracle oracle = new SchemaOracle();
    List<Sample> samples = Samples.all();
    assertThat(samples).hasSizeGreaterThan(100);
    int valid = 0;
    for (Sample sample : samples) {
      if (compare(oracle, sample.bytes(), sample.file())) {
        valid++;
      }
    }
    assertThat(valid).isGreaterThan(60).isLessThan(samples.size() - 20);
  }

  @Test
  void everyRefusalOfARealMessageNamesLineElementAndRule() throws Exception {
    int refusals = 0;
    for (Sample sample : Samples.all()) {
      try {
        checker.check(sample.bytes(), 0, sample.bytes().length, new SilentListener());
      } catch (MessageRefused e) {
        assertThat(e.line()).as(sample.file()).isPositive();
        assertThat(e.path()).as(sample.file()).isNotEmpty();
        assertThat(e.rule()).as(sample.file()).isNotEmpty();
        refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(20);
  }

  @Test
  @Tag("slow")
  void damagedMessages() throws Exception {
    long seed = Long.getLong("civicswitch.seed", 20_022);
    int count = Integer.getInteger("civicswitch.mutations", 3_000);
    SplittableRandom random = new SplittableRandom(seed);
    SchemaOracle oracle = new SchemaOracle();
    Mutations mutations = new Mutations(random);
    List<Sample> samples = Samples.all();
    int valid = 0;
    for (int i = 0; i < count; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      String text = new String(sample.bytes(), StandardCharsets.UTF_8);
      int rounds = 1 + random.nextInt(2);
      for (int round = 0; round < rounds; round++) {
        text = mutations.mutate(text);
      }
      String where = "seed " + seed + ", mutation " + i + " of " + sample.file();
      if (compare(oracle, text.getBytes(StandardCharsets.UTF_8), where)) {
        valid++;
      }
    }
    assertThat(valid).isBetween(count / 20, count * 19 / 20);
  }

  private boolean compare(SchemaOracle oracle, byte[] message, String where) throws Exception {
    String theirs = oracle.verdict(message);
    String ours = verdict(message);
    assertThat(ours == null)
        .as("%s%nours: %s%ntheirs: %s", where, ours, theirs)
        .isEqualTo(theirs == null);
    return ours == null;
  }

  private String verdict(byte[] message) {
    try {
      checker.check(message, 0, message.length, new SilentListener());
      return null;
    } catch (MessageRefused e) {
      return e.getMessage();
    }
  }
}
