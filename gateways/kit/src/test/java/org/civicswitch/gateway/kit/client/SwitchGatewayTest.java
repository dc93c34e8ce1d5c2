package org.civicswitch.gateway.kit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchClient;
import org.junit.jupiter.api.Test;

class SwitchGatewayTest {
  private static final SwitchGateway.Limits QUICK =
      new SwitchGateway.Limits(64, 1_000, 50, 30, 200);

  private final UnsafeBuffer command = new UnsafeBuffer(new byte[100]);

  @Test
  void everySubmissionGetsItsOutcome() throws Exception {
    final ScriptedClient client = new ScriptedClient(n -> SwitchClient.ACCEPTED, n -> 1);
    try (SwitchGateway gateway = gateway(client, SwitchGateway.Limits.DEFAULT)) {
      final List<CompletableFuture<OutcomeCopy>> futures = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        futures.add(gateway.submit(command, 0, 100, Runnable::run));
      }
      for (final CompletableFuture<OutcomeCopy> future : futures) {
        assertThat(future.get(20, TimeUnit.SECONDS).sequence()).isEqualTo(7);
      }
    }
    assertThat(client.offered).doesNotHaveDuplicates();
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void waitsForRoomThenSaysBusyOrUnavailable() throws Exception {
    assertThat(outcome(n -> n < 3 ? SwitchClient.BACK_PRESSURED : SwitchClient.ACCEPTED, n -> 1))
        .isNull();
    assertThat(outcome(n -> n < 3 ? SwitchClient.NOT_CONNECTED : SwitchClient.ACCEPTED, n -> 1))
        .isNull();
    assertThat(outcome(n -> SwitchClient.BACK_PRESSURED, n -> 0))
        .isEqualTo(SubmissionFailure.Kind.BUSY);
    assertThat(outcome(n -> SwitchClient.NOT_CONNECTED, n -> 0))
        .isEqualTo(SubmissionFailure.Kind.UNAVAILABLE);
    assertThat(outcome(n -> SwitchClient.CLOSED, n -> 0)).isEqualTo(SubmissionFailure.Kind.CLOSED);
  }

  @Test
  void resendsUnchangedWhatGotLostAndCountsTheFirstAnswerOnly() throws Exception {
    final ScriptedClient client =
        new ScriptedClient(n -> SwitchClient.ACCEPTED, n -> n == 0 ? 0 : 2);
    try (SwitchGateway gateway = gateway(client, QUICK)) {
      gateway.submit(command, 0, 100, Runnable::run).get(20, TimeUnit.SECONDS);
    }
    assertThat(client.offered.size()).isGreaterThanOrEqualTo(2);
    assertThat(client.offered.stream().distinct()).hasSize(1);
  }

  @Test
  void whatStaysWithoutAnOutcomeIsUnresolved() throws Exception {
    assertThat(outcome(n -> SwitchClient.ACCEPTED, n -> 0))
        .isEqualTo(SubmissionFailure.Kind.UNRESOLVED);
  }

  @Test
  void refusesWhatIsTooLongAndWhatComesAfterTheEnd() throws Exception {
    final SwitchGateway gateway =
        gateway(new ScriptedClient(n -> SwitchClient.ACCEPTED, n -> 1), QUICK);
    final UnsafeBuffer large = new UnsafeBuffer(new byte[SwitchClient.MAX_COMMAND_BYTES + 1]);
    assertThat(kind(gateway.submit(large, 0, large.capacity(), Runnable::run)))
        .isEqualTo(SubmissionFailure.Kind.TOO_LARGE);
    gateway.close();
    assertThat(kind(gateway.submit(command, 0, 10, Runnable::run)))
        .isEqualTo(SubmissionFailure.Kind.CLOSED);
  }

  @Test
  void aClientThatBreaksIsToldOf() throws Exception {
    final SwitchClient broken =
        new ScriptedClient(
            n -> {
              throw new IllegalStateException("broken");
            },
            n -> 0);
    try (SwitchGateway gateway = gateway(broken, QUICK)) {
      assertThat(gateway.failure()).isNotDone();
      assertThat(kind(gateway.submit(command, 0, 10, Runnable::run)))
          .isEqualTo(SubmissionFailure.Kind.CLOSED);
      assertThat(gateway.failure()).failsWithin(Duration.ofSeconds(20));
      assertThat(kind(gateway.submit(command, 0, 10, Runnable::run)))
          .isEqualTo(SubmissionFailure.Kind.CLOSED);
    }
  }

  @Test
  void aFullQueueIsBusyAtOnce() throws Exception {
    final ScriptedClient client = new ScriptedClient(n -> SwitchClient.BACK_PRESSURED, n -> 0);
    final SwitchGateway.Limits patient = new SwitchGateway.Limits(4, 10, 60_000, 60_000, 60_000);
    final List<CompletableFuture<OutcomeCopy>> futures = new ArrayList<>();
    try (SwitchGateway gateway = gateway(client, patient)) {
      for (int i = 0; i < 20; i++) {
        futures.add(gateway.submit(command, 0, 10, Runnable::run));
      }
      assertThat(kind(futures.get(19))).isEqualTo(SubmissionFailure.Kind.BUSY);
    }
    // What was still waiting when it closed was told so.
    for (final CompletableFuture<OutcomeCopy> future : futures) {
      assertThat(kind(future)).isIn(SubmissionFailure.Kind.BUSY, SubmissionFailure.Kind.CLOSED);
    }
  }

  private SubmissionFailure.Kind outcome(IntUnaryOperator results, IntUnaryOperator outcomes)
      throws Exception {
    try (SwitchGateway gateway = gateway(new ScriptedClient(results, outcomes), QUICK)) {
      final CompletableFuture<OutcomeCopy> future = gateway.submit(command, 0, 100, Runnable::run);
      return future.handle((o, e) -> e).get(20, TimeUnit.SECONDS) == null ? null : kind(future);
    }
  }

  private static SubmissionFailure.Kind kind(CompletableFuture<OutcomeCopy> future) {
    final ExecutionException failed =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return ((SubmissionFailure) failed.getCause()).kind();
  }

  private static SwitchGateway gateway(SwitchClient client, SwitchGateway.Limits limits) {
    return new SwitchGateway(client, "gateway-test", limits);
  }
}
