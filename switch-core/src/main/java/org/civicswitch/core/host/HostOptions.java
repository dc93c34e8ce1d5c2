package org.civicswitch.core.host;

import java.util.function.LongSupplier;

/**
 * How a host is set up. None of it can change an outcome: that is what logged settings are for.
 *
 * @param ringEntries commands under way at most, a power of two
 * @param commandRingBytes room for their bytes, a power of two
 * @param outputRingBytes room for what comes out of them, a power of two
 * @param reservedShare hundredths of the ring that only confirmations, pulses and operators may use
 * @param creditsPerClient commands of one client under way or not yet polled, at most
 * @param clientsMax clients at one time, at most
 * @param snapshotEveryCommands commands between snapshots; 0: only on request and at a clean stop
 * @param snapshotCopyBytesMax memory that copy-on-write may cost before a snapshot is given up
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
    int clientsMax,
    long snapshotEveryCommands,
    long snapshotCopyBytesMax,
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
    range("clientsMax", clientsMax, 1, 1024);
    range("spins", spins, 0, Integer.MAX_VALUE);
  }

  /** 16,384 commands, 32 MiB of commands, 64 MiB of outputs, a quarter reserved. */
  public static HostOptions defaults() {
    return new HostOptions(
        1 << 14,
        32 << 20,
        64 << 20,
        25,
        4096,
        64,
        2_000_000,
        1L << 30,
        System::currentTimeMillis,
        SPINS);
  }

  public HostOptions withClock(final LongSupplier clock) {
    return new HostOptions(
        ringEntries,
        commandRingBytes,
        outputRingBytes,
        reservedShare,
        creditsPerClient,
        clientsMax,
        snapshotEveryCommands,
        snapshotCopyBytesMax,
        clock,
        spins);
  }

  public HostOptions withRing(final int entries, final int credits) {
    return new HostOptions(
        entries,
        commandRingBytes,
        outputRingBytes,
        reservedShare,
        credits,
        clientsMax,
        snapshotEveryCommands,
        snapshotCopyBytesMax,
        clockMs,
        spins);
  }

  public HostOptions withOutputRing(final int bytes) {
    return new HostOptions(
        ringEntries,
        commandRingBytes,
        bytes,
        reservedShare,
        creditsPerClient,
        clientsMax,
        snapshotEveryCommands,
        snapshotCopyBytesMax,
        clockMs,
        spins);
  }

  public HostOptions withSnapshotEvery(final long commands, final long copyBytesMax) {
    return new HostOptions(
        ringEntries,
        commandRingBytes,
        outputRingBytes,
        reservedShare,
        creditsPerClient,
        clientsMax,
        commands,
        copyBytesMax,
        clockMs,
        spins);
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
