package org.civicswitch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SwitchPeerTest {
  private static final int PARTICIPANTS = 50;

  @Test
  void whatWasPaidAmongThePickedIsFoundAgain(@TempDir final Path directory) throws Exception {
    final AccountPicks picks =
        new AccountPicks(
            PARTICIPANTS,
            AccountPicks.Distribution.ZIPF,
            1 << 10,
            new SplittableRandom(1),
            PeersBenchmark.ZIPF_EXPONENT);
    try (SwitchPeer peer = new SwitchPeer(directory, PARTICIPANTS, picks, 4)) {
      assertThat(peer.closed(100_000_000L).payments()).isPositive();
      assertThat(peer.open(200, 100_000_000L).payments()).isEqualTo(20);
      assertThatCode(peer::check).doesNotThrowAnyException();
    }
  }
}
