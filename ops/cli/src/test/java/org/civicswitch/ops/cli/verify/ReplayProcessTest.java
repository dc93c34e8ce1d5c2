package org.civicswitch.ops.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.civicswitch.core.storage.SnapshotInfo;
import org.civicswitch.ops.cli.node.SwitchNode;
import org.civicswitch.ops.cli.node.TestNode;
import org.civicswitch.ops.console.StateReplay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class ReplayProcessTest {
  @TempDir private Path data;

  @Test
  void anotherProcessComesToTheLiveEnginesStateWhileItRuns() throws Exception {
    final ReplayProcess replay = new ReplayProcess(data, "./civicswitch");
    try (SwitchNode node = TestNode.start(data);
        replay) {
      final SnapshotInfo live = node.local().host().requestSnapshot().get();
      final StateReplay.State state = replay.at(live.sequence());
      assertThat(state)
          .isEqualTo(new StateReplay.State(live.sequence(), live.timeMs(), live.stateHash()));
      assertThatThrownBy(() -> replay.at(live.sequence() + 1_000_000))
          .hasMessageContaining("there is no sequence " + (live.sequence() + 1_000_000) + " yet");
      try (ReplayProcess hurried = new ReplayProcess(data, "./civicswitch", 0)) {
        assertThatThrownBy(() -> hurried.at(5))
            .hasMessage(
                "it takes longer than 0 s. By hand: ./civicswitch as-of --sequence 5 --data "
                    + data);
      }
    }
    assertThatThrownBy(() -> replay.at(1)).hasMessage("the switch is stopping");
  }
}
