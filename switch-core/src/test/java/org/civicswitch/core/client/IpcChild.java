package org.civicswitch.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.feed.FeedReader;

/**
 * The other process: reads {@code args[1]} records of the feed, then sends one command after the
 * other until it is killed. Says on standard output what it has done.
 */
final class IpcChild {
  private IpcChild() {}

  public static void main(final String[] args) {
    final long records = Long.parseLong(args[1]);
    try (IpcSwitchConnection connection = IpcSwitchConnection.open(Path.of(args[0]));
        FeedReader reader = connection.feedFrom(1);
        SwitchClient client = connection.newClient()) {
      while (reader.nextSequence() <= records) {
        reader.poll(
            (sequence, event, offset, length) ->
                assertThat(event.getLong(offset)).isEqualTo(sequence),
            100);
        LockSupport.parkNanos(100_000);
      }
      System.out.println("read " + records);
      final UnsafeBuffer command = new UnsafeBuffer(new byte[500]);
      for (long id = 1; ; id++) {
        command.putLong(0, id);
        while (client.offer(command, 0, command.capacity(), id) != SwitchClient.ACCEPTED) {
          LockSupport.parkNanos(100_000);
        }
        while (client.poll((correlationId, outcome, offset, length) -> {}, 1) == 0) {
          LockSupport.parkNanos(100_000);
        }
        System.out.println("answered " + id);
      }
    }
  }
}
