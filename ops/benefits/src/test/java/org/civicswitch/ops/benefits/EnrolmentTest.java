package org.civicswitch.ops.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.identity.EnrolledPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrolmentTest {
  @TempDir private Path directory;

  @Test
  void onePersonsProofEnrolsNobodyElse() throws Exception {
    try (SmallWorld world = new SmallWorld(directory);
        SwitchGateway gateway = world.gateway()) {
      // A single ID token counts as a statement does.
      final EnrolledPerson first =
          new EnrolledPerson(
              "NID:one",
              world.verifier.verify(
                  world.provider.issue("NID:one", SmallWorld.AUDIENCE, null, 2), null));
      final List<Code> codes = new ArrayList<>();
      final EnrolmentResult result =
          new Enrolment(
                  gateway,
                  world.tokens,
                  Genesis.ENROLMENT,
                  Genesis.TREASURY,
                  1,
                  InstantSource.system())
              .enrol(
                  List.of(
                      first,
                      new EnrolledPerson("NID:two", first.identity()),
                      new EnrolledPerson("nobody", first.identity())),
                  (person, code) -> codes.add(code));
      assertThat(result).isEqualTo(new EnrolmentResult(1, 2));
      assertThat(codes).containsExactlyInAnyOrder(Code.IDENTITY_INVALID, Code.VERDICT_BINDING);
    }
  }
}
