package org.civicswitch.core.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The small file that says how far the feed is durable. When it is missing or damaged everything is
 * checked again, so it can only cost time.
 */
final class DurableMark {
  private static final long MAGIC = 0x4456_5352_4644_4331L;
  private static final int BYTES = 24;
  private static final String NAME = "durable";

  private final Path feed;

  DurableMark(final Path feed) {
    this.feed = feed;
  }

  long read() throws IOException {
    final Path file = feed.resolve(NAME);
    if (!Files.exists(file)) {
      return 0;
    }
    final byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      return 0;
    }
    final ByteBuffer content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    final boolean good = content.getLong(0) == MAGIC && content.getLong(16) == crc(bytes);
    return good ? content.getLong(8) : 0;
  }

  void write(final long sequence) throws IOException {
    final ByteBuffer content = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(0, MAGIC).putLong(8, sequence).putLong(16, crc(content.array()));
    final Path fresh = feed.resolve(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(fresh, feed.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(feed);
  }

  static void forceDirectory(final Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long crc(final byte[] bytes) {
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 16);
    return crc.getValue();
  }
}
