package org.civicswitch.core.host;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How a host is set up. None of it can change an outcome: that is what logged settings are for.
 *
 * @param ringEntries commands under way at most, a power of two
 * @param commandRingBytes room for their bytes, a power of two
 * @param outputRingBytes room for what comes out of them, a power of two
 * @param reservedShare hundredths of the ring that only confirmations, pulses and operators may use
 * @param creditsPerClient commands of one client under way or not yet polled, at most
 * @param creditsPerParticipant new instructions of one participant under way, at most, whatever
 *     client they come through; of what is reserved it gets at most half
 * @param clientsMax clients at one time, at most
 * @param snapshotEveryCommands commands between snapshots; 0: only on request and at a clean stop
 * @param snapshotCopyBytesMax memory that copy-on-write may cost before a snapshot is given up
 * @param feedKeepEvents events that stay in the feed at least, whole files at a time; older ones go
 *     after a snapshot, when journal and archive hold their commands, and a reader that wants them
 *     is told that they are gone; 0: all stay
 * @param roomBytesMin free bytes on the disk below which new instructions are refused
 * @param stallMsMax new instructions are refused when nothing became durable for so long although
 *     something waits
 * @param drainMsMax how long a stop waits for what is under way
 * @param clockMs wall clock, UTC milliseconds
 * @param spins how often a stage looks for work before it sleeps: few on shared cores, many on
 *     dedicated ones
 */
public record HostOptions(
    int ringEntries,
    int commandRingBytes,
    int outputRingBytes,
    int reservedShare,
    int creditsPerClient,
    int creditsPerParticipant,
    int clientsMax,
    long snapshotEveryCommands,
    long snapshotCopyBytesMax,
    long feedKeepEvents,
    long roomBytesMin,
    long stallMsMax,
    long drainMsMax,
    LongSupplier clockMs,
    int spins) {

  /** A few microseconds: shorter than putting a thread to sleep and waking it. */
  private static final int SPINS = 100;

  public HostOptions {
    powerOfTwo("ringEntries", ringEntries, 64, 1 << 20);
    powerOfTwo("commandRingBytes", commandRingBytes, 1 << 20, 1 << 30);
    powerOfTwo("outputRingBytes", outputRingBytes, 4 << 20, 1 << 30);
    range("reservedShare", reservedShare, 1, 90);
    range("creditsPerClient", creditsPerClient, 1, 1 << 20);
    range("creditsPerParticipant", creditsPerParticipant, 1, 1 << 20);
    range("clientsMax", clientsMax, 1, 1024);
    range("spins", spins, 0, Integer.MAX_VALUE);
    if (feedKeepEvents < 0) {
      throw new IllegalArgumentException("feedKeepEvents is " + feedKeepEvents);
    }
  }

  /**
   * 16,384 commands, 32 MiB of commands, 64 MiB of outputs, a quarter reserved, a quarter for one
   * participant.
   */
  public static HostOptions defaults() {
    final Fields fields = new Fields();
    fields.ringEntries = 1 << 14;
    fields.commandRingBytes = 32 << 20;
    fields.outputRingBytes = 64 << 20;
    fields.reservedShare = 25;
    fields.creditsPerClient = 4096;
    fields.creditsPerParticipant = 4096;
    fields.clientsMax = 64;
    fields.snapshotEveryCommands = 2_000_000;
    fields.snapshotCopyBytesMax = 1L << 30;
    fields.roomBytesMin = 256L << 20;
    fields.stallMsMax = 5_000;
    fields.drainMsMax = 30_000;
    fields.clockMs = System::currentTimeMillis;
    fields.spins = SPINS;
    return fields.options();
  }

  public HostOptions withClock(final LongSupplier clock) {
    return with(fields -> fields.clockMs = clock);
  }

  /** One participant gets a quarter of the ring. */
  public HostOptions withRing(final int entries, final int credits) {
    return with(
        fields -> {
          fields.ringEntries = entries;
          fields.creditsPerClient = credits;
          fields.creditsPerParticipant = Math.max(1, entries / 4);
        });
  }

  public HostOptions withOutputRing(final int bytes) {
    return with(fields -> fields.outputRingBytes = bytes);
  }

  public HostOptions withSnapshotEvery(final long commands, final long copyBytesMax) {
    return with(
        fields -> {
          fields.snapshotEveryCommands = commands;
          fields.snapshotCopyBytesMax = copyBytesMax;
        });
  }

  /** Lets go of older events; whoever reads the feed from its beginning must not be there. */
  public HostOptions withFeedKeeping(final long events) {
    return with(fields -> fields.feedKeepEvents = events);
  }

  /** How long is too long, milliseconds: for nothing to become durable, and for a stop. */
  public HostOptions withPatience(final long stallMs, final long drainMs) {
    return with(
        fields -> {
          fields.stallMsMax = stallMs;
          fields.drainMsMax = drainMs;
        });
  }

  private HostOptions with(final Consumer<Fields> change) {
    final Fields fields = new Fields();
    fields.ringEntries = ringEntries;
    fields.commandRingBytes = commandRingBytes;
    fields.outputRingBytes = outputRingBytes;
    fields.reservedShare = reservedShare;
    fields.creditsPerClient = creditsPerClient;
    fields.creditsPerParticipant = creditsPerParticipant;
    fields.clientsMax = clientsMax;
    fields.snapshotEveryCommands = snapshotEveryCommands;
    fields.snapshotCopyBytesMax = snapshotCopyBytesMax;
    fields.feedKeepEvents = feedKeepEvents;
    fields.roomBytesMin = roomBytesMin;
    fields.stallMsMax = stallMsMax;
    fields.drainMsMax = drainMsMax;
    fields.clockMs = clockMs;
    fields.spins = spins;
    change.accept(fields);
    return fields.options();
  }

  private static final class Fields {
    private int ringEntries;
    private int commandRingBytes;
    private int outputRingBytes;
    private int reservedShare;
    private int creditsPerClient;
    private int creditsPerParticipant;
    private int clientsMax;
    private long snapshotEveryCommands;
    private long snapshotCopyBytesMax;
    private long feedKeepEvents;
    private long roomBytesMin;
    private long stallMsMax;
    private long drainMsMax;
    private LongSupplier clockMs;
    private int spins;

    HostOptions options() {
      return new HostOptions(
          ringEntries,
          commandRingBytes,
          outputRingBytes,
          reservedShare,
          creditsPerClient,
          creditsPerParticipant,
          clientsMax,
          snapshotEveryCommands,
          snapshotCopyBytesMax,
          feedKeepEvents,
          roomBytesMin,
          stallMsMax,
          drainMsMax,
          clockMs,
          spins);
    }
  }

  private static void powerOfTwo(final String name, final int value, final int min, final int max) {
    range(name, value, min, max);
    if (Integer.bitCount(value) != 1) {
      throw new IllegalArgumentException(name + " must be a power of two: " + value);
    }
  }

  private static void range(final String name, final int value, final int min, final int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + min + " to " + max);
    }
  }
}
