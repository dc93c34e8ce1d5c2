package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.civicswitch.gateway.kit.Digest256;
import org.junit.jupiter.api.Test;

final class RowSetTest {
  @Test
  void knowsWhatWasAddedAsAPlainSetDoes() {
    final Random random = new Random(4_711);
    final RowSet rows = new RowSet();
    final Set<String> plain = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      final long person = random.nextInt(10_000);
      final Digest256 subject = new Digest256(person * 31, -person, person << 40, 7);
      final int entitlement = 1 + random.nextInt(3);
      assertThat(rows.add(subject, entitlement)).isEqualTo(plain.add(person + "/" + entitlement));
    }
    assertThat(rows.add(Digest256.NONE, 0)).isTrue();
    assertThat(rows.add(Digest256.NONE, 0)).isFalse();
  }
}
