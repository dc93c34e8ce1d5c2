package org.civicswitch.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.feed.ChronicleFeed;
import org.civicswitch.core.feed.FeedReader;
import org.civicswitch.core.feed.FeedSettings;
import org.civicswitch.core.protocol.ConfirmPaymentEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpcTest {
  @TempDir Path data;

  private final UnsafeBuffer command = new UnsafeBuffer(new byte[SwitchClient.MAX_COMMAND_BYTES]);

  private IpcServer serve(final FakeHost host) throws IOException {
    return IpcServer.start(data, data.resolve("feed"), host);
  }

  static void await(final BooleanSupplier condition) {
    final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(untilNs);
      LockSupport.parkNanos(100_000);
    }
  }

  private int offer(final SwitchClient client, final long correlationId, final int length) {
    command.putLong(0, correlationId);
    return client.offer(command, 0, length, correlationId);
  }

  private void offerUntilTaken(final SwitchClient client, final long id, final int length) {
    await(() -> offer(client, id, length) == SwitchClient.ACCEPTED);
  }

  private static SwitchClient.OutcomeHandler collect(final List<Long> answered, final int length) {
    return (correlationId, outcome, offset, bytes) -> {
      assertThat(bytes).isEqualTo(length + FakeHost.LONGER_BYTES);
      assertThat(outcome.getLong(offset)).isEqualTo(correlationId);
      answered.add(correlationId);
    };
  }

  @Test
  void carriesCommandsThereAndOutcomesBack() throws IOException {
    final FakeHost host = new FakeHost(1_000);
    try (IpcServer server = serve(host);
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient client = connection.newClient()) {
      for (final int length : new int[] {8, 300, 40_000, SwitchClient.MAX_COMMAND_BYTES}) {
        offerUntilTaken(client, length, length);
        final List<Long> answered = new ArrayList<>();
        await(() -> client.poll(collect(answered, length), 10) > 0);
        assertThat(answered).containsExactly((long) length);
      }
      assertThat(client.offer(command, 0, SwitchClient.MAX_COMMAND_BYTES + 1, 1))
          .isEqualTo(SwitchClient.TOO_LARGE);
      assertThat(server).isNotNull();
    }
    assertThat(host.open).hasValue(0);
    assertThat(data.resolve("ipc.properties")).doesNotExist();
  }

  @Test
  void pressesBackAndLosesNothing() throws IOException {
    final FakeHost host = new FakeHost(4);
    try (IpcServer server = serve(host);
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient client = connection.newClient()) {
      assertThat(server).isNotNull();
      final int length = 3_000;
      host.holdsAnswers.set(true);
      offerUntilTaken(client, 1, length);
      long sent = 1;
      int result;
      while ((result = offer(client, sent + 1, length)) == SwitchClient.ACCEPTED) {
        sent++;
      }
      assertThat(result).isEqualTo(SwitchClient.BACK_PRESSURED);
      assertThat(host.taken).hasValueLessThanOrEqualTo(4);
      host.holdsAnswers.set(false);
      // Nobody polls: every outcome waits, none is lost.
      await(() -> host.taken.get() > 4);
      final List<Long> answered = new ArrayList<>();
      final long all = sent;
      await(
          () -> {
            client.poll(collect(answered, length), 7);
            return answered.size() >= all;
          });
      assertThat(answered).isEqualTo(LongStream.rangeClosed(1, all).boxed().toList());
    }
  }

  @Test
  void confirmationsPassInstructionsThatFindNoRoom() throws IOException {
    final FakeHost host = new FakeHost(100);
    try (IpcServer server = serve(host);
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient client = connection.newClient()) {
      assertThat(server).isNotNull();
      host.refusesInstructions.set(true);
      for (long id = 1; id <= 5; id++) {
        offerUntilTaken(client, id, 100);
      }
      while (offer(client, 6, 60_000) == SwitchClient.ACCEPTED) {
        // until the way of instructions is full
      }
      final UnsafeBuffer confirmation = new UnsafeBuffer(new byte[100]);
      confirmation.putShort(2, (short) ConfirmPaymentEncoder.TEMPLATE_ID, ByteOrder.LITTLE_ENDIAN);
      await(() -> client.offer(confirmation, 0, 100, 7) == SwitchClient.ACCEPTED);
      final List<Long> answered = new ArrayList<>();
      await(() -> client.poll((id, outcome, offset, length) -> answered.add(id), 10) > 0);
      assertThat(answered).containsExactly(7L);
      host.refusesInstructions.set(false);
      await(
          () -> {
            client.poll((id, outcome, offset, length) -> answered.add(id), 10);
            return answered.contains(5L);
          });
      assertThat(answered.subList(0, 6)).containsExactly(7L, 1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void refusesWhatTheHostHasNoClientFor() throws IOException {
    final FakeHost host = new FakeHost(100);
    host.clientsMax = 1;
    try (IpcServer server = serve(host);
        IpcSwitchConnection connection = IpcSwitchConnection.open(data)) {
      assertThat(server).isNotNull();
      final SwitchClient first = connection.newClient();
      offerUntilTaken(first, 1, 100);
      final SwitchClient late = connection.newClient();
      assertThat(offer(late, 1, 100)).isEqualTo(SwitchClient.NOT_CONNECTED);
      first.close();
      offerUntilTaken(late, 1, 100);
    }
  }

  @Test
  void keepsClientsApart() throws IOException {
    try (IpcServer server = serve(new FakeHost(100));
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient one = connection.newClient();
        SwitchClient two = connection.newClient()) {
      assertThat(server).isNotNull();
      offerUntilTaken(one, 1, 100);
      offerUntilTaken(two, 2, 100);
      final List<Long> first = new ArrayList<>();
      final List<Long> second = new ArrayList<>();
      await(() -> one.poll(collect(first, 100), 10) > 0);
      await(() -> two.poll(collect(second, 100), 10) > 0);
      assertThat(first).containsExactly(1L);
      assertThat(second).containsExactly(2L);
    }
  }

  @Test
  void tellsOnceThatTheSwitchWasGoneAndGoesOnWithTheNext() throws IOException {
    try (IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient client = connection.newClient()) {
      assertThat(offer(client, 1, 100)).isEqualTo(SwitchClient.NOT_CONNECTED);
      final FakeHost silent = new FakeHost(100);
      silent.holdsAnswers.set(true);
      try (IpcServer server = serve(silent)) {
        assertThat(server).isNotNull();
        offerUntilTaken(client, 1, 100);
        await(() -> silent.taken.get() == 1);
      }
      final FakeHost host = new FakeHost(100);
      try (IpcServer server = serve(host)) {
        assertThat(server).isNotNull();
        await(() -> host.open.get() == 1);
        // Asked for the first time after the loss: the client must learn of it.
        await(() -> offer(client, 1, 100) == SwitchClient.NOT_CONNECTED);
        offerUntilTaken(client, 1, 100);
        final List<Long> answered = new ArrayList<>();
        await(() -> client.poll(collect(answered, 100), 10) > 0);
        assertThat(answered).containsExactly(1L);
      }
    }
  }

  @Test
  void freesTheSlotOfAClosedClientAndRefusesOneTooMany() throws IOException {
    final FakeHost host = new FakeHost(100);
    try (IpcServer server = serve(host)) {
      assertThat(server).isNotNull();
      try (IpcSwitchConnection connection = IpcSwitchConnection.open(data)) {
        final SwitchClient first = connection.newClient();
        offerUntilTaken(first, 1, 100);
        for (int i = 1; i < IpcServer.SESSIONS_MAX; i++) {
          offerUntilTaken(connection.newClient(), 1, 100);
        }
        final SwitchClient late = connection.newClient();
        for (int i = 0; i < 1_000; i++) {
          assertThat(offer(late, 1, 100)).isEqualTo(SwitchClient.NOT_CONNECTED);
        }
        first.close();
        assertThat(offer(first, 1, 100)).isEqualTo(SwitchClient.CLOSED);
        offerUntilTaken(late, 1, 100);
        assertThat(host.open).hasValue(IpcServer.SESSIONS_MAX);
      }
      await(() -> host.open.get() == 0);
    }
  }

  @Test
  void givesAHandlersFailureToWhoeverPolls() throws IOException {
    try (IpcServer server = serve(new FakeHost(100));
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient client = connection.newClient()) {
      assertThat(server).isNotNull();
      offerUntilTaken(client, 1, 100);
      assertThatThrownBy(
              () ->
                  await(
                      () ->
                          client.poll(
                                  (correlationId, outcome, offset, length) -> {
                                    throw new IllegalArgumentException("mine");
                                  },
                                  10)
                              > 0))
          .hasMessage("mine");
    }
  }

  @Test
  void closesASessionThatSendsAnythingElse() throws IOException {
    final FakeHost host = new FakeHost(100);
    try (IpcServer server = serve(host);
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        SwitchClient good = connection.newClient()) {
      assertThat(server).isNotNull();
      offerUntilTaken(good, 1, 100);
      final String directory = IpcAddress.read(data).aeron().toString();
      try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory))) {
        for (final int length : new int[] {0, 3, 16, 200}) {
          try (ExclusivePublication stranger =
              aeron.addExclusivePublication(IpcFrame.CHANNEL, IpcFrame.INGRESS_STREAM)) {
            await(() -> host.open.get() == 2);
            // A command without a hello, or what is no frame at all.
            command.putInt(0, length == 200 ? IpcFrame.COMMAND : 77);
            await(() -> stranger.offer(command, 0, length) > 0);
            await(() -> host.open.get() == 1);
          }
        }
      }
      offerUntilTaken(good, 2, 100);
    }
  }

  @Test
  void readsTheFeedsFiles() throws IOException {
    try (ChronicleFeed feed = ChronicleFeed.open(data.resolve("feed"), FeedSettings.defaults());
        IpcServer server = serve(new FakeHost(1));
        IpcSwitchConnection connection = IpcSwitchConnection.open(data);
        FeedReader reader = connection.feedFrom(2)) {
      assertThat(server).isNotNull();
      for (long sequence = 1; sequence <= 3; sequence++) {
        feed.append(sequence, command, 0, 100);
      }
      final List<Long> read = new ArrayList<>();
      await(
          () -> {
            reader.poll((sequence, event, offset, length) -> read.add(sequence), 10);
            return read.size() == 2;
          });
      assertThat(read).containsExactly(2L, 3L);
    }
  }

  @Test
  void takesADamagedOrOutdatedAddressForNone() throws IOException {
    final Path file = data.resolve("ipc.properties");
    assertThat(IpcAddress.read(data)).isNull();
    Files.writeString(file, "protocol=x\npid=1\n");
    assertThat(IpcAddress.read(data)).isNull();
    Files.writeString(file, "protocol=1\npid=0\ninstance=a\naeron=a\nfeed=b\n");
    assertThat(IpcAddress.read(data)).as("nobody has this process id").isNull();
  }
}
