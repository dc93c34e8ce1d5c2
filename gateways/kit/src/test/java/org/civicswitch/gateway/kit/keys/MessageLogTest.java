package org.civicswitch.gateway.kit.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.log.ChainCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLogTest {
  private static final long NOW = 1_795_000_000_000L;
  private static final byte[] MESSAGE =
      "<Nm>Ana Silva</Nm><Id>40012345</Id>".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private FileKeyService keys;
  private Caller caller;

  @BeforeEach
  void open() throws Exception {
    keys = FileKeyService.open(directory.resolve("keys"), "test");
    caller = keys.admit("gateway", EnumSet.allOf(Caller.Right.class));
  }

  @AfterEach
  void close() throws Exception {
    keys.close();
  }

  @Test
  void readsBackOverARestartAndKeepsNothingInClear() throws Exception {
    final Id128 uetr = new Id128(5, 6);
    try (MessageLog log = open("messages")) {
      assertThat(log.append(NOW, MessageLog.Direction.IN, 2, uetr, "pacs.008.001.08", MESSAGE))
          .isEqualTo(1);
    }
    try (MessageLog log = open("messages")) {
      log.append(NOW, MessageLog.Direction.OUT, 3, uetr, "pacs.002.001.10", new byte[200_000]);
      log.append(NOW, MessageLog.Direction.OUT, 3, new Id128(1, 1), "x", new byte[0]);

      final MessageLog.Message message = log.read(1, caller, "dispute 4");
      assertThat(message.content().getBytes()).isEqualTo(MESSAGE);
      assertThat(message.kind()).isEqualTo("pacs.008.001.08");
      assertThat(message.entry())
          .isEqualTo(new MessageLog.Entry(1, NOW, MessageLog.Direction.IN, 2, uetr));
      assertThat(log.find(uetr, 10)).hasSize(2);
      assertThat(log.find(uetr, 1)).hasSize(1);
      assertThatThrownBy(() -> log.read(4, caller, "x")).isInstanceOf(IOException.class);

      final ChainCheck check = ChainCheck.of(directory.resolve("messages"));
      assertThat(check).isEqualTo(new ChainCheck(3, log.lastHash(), null));
    }
    ClearText.assertAbsent(directory, "Ana Silva", "40012345", "pacs.008");
  }

  @Test
  void anErasedDayStaysCheckableButUnreadable() throws Exception {
    try (MessageLog log = open("messages")) {
      log.append(NOW, MessageLog.Direction.IN, 2, new Id128(1, 2), "x", MESSAGE);
      keys.eraseEpoch(caller, Epoch.at(2, NOW), "retention is over");
      assertThatThrownBy(() -> log.read(1, caller, "too late"))
          .isInstanceOf(UnreadablePayload.class);
      assertThat(ChainCheck.of(directory.resolve("messages")).ok()).isTrue();
    }
  }

  @Test
  void everyChangeIsFoundOffline() throws Exception {
    final Path messages = directory.resolve("messages");
    try (MessageLog log = open("messages")) {
      for (int i = 0; i < 5; i++) {
        log.append(NOW, MessageLog.Direction.IN, 2, new Id128(1, i), "x", MESSAGE);
      }
    }
    final Path file = onlySegment(messages);
    final byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 3) {
      final byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThat(ChainCheck.of(messages).ok()).as("byte %d", i).isFalse();
    }
    Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
    assertThat(ChainCheck.of(messages).records()).isEqualTo(4);
  }

  @Test
  void aTornTailIsCutAndDamageElsewhereStopsTheStart() throws Exception {
    final Path messages = directory.resolve("messages");
    try (MessageLog log = open("messages")) {
      for (int i = 0; i < 5; i++) {
        log.append(NOW, MessageLog.Direction.IN, 2, new Id128(1, i), "x", MESSAGE);
      }
    }
    final Path file = onlySegment(messages);
    final byte[] good = Files.readAllBytes(file);
    for (final int lost : new int[] {1, 30, 100}) {
      Files.write(file, java.util.Arrays.copyOf(good, good.length - lost));
      try (MessageLog log = open("messages")) {
        assertThat(log.size()).isEqualTo(4);
        log.append(NOW, MessageLog.Direction.IN, 2, new Id128(1, 9), "x", MESSAGE);
      }
      assertThat(ChainCheck.of(messages).records()).isEqualTo(5);
    }
    final byte[] bad = good.clone();
    bad[good.length / 2] ^= 1;
    Files.write(file, bad);
    assertThatThrownBy(() -> open("messages")).hasMessageContaining("was changed");
  }

  @Test
  void aSecondWriterIsRefused() throws Exception {
    try (MessageLog log = open("messages")) {
      assertThat(log.size()).isZero();
      assertThatThrownBy(() -> open("messages")).hasMessageContaining("in use");
    }
  }

  private MessageLog open(String name) throws IOException {
    return MessageLog.open(directory.resolve(name), keys, caller);
  }

  private static Path onlySegment(Path messages) throws IOException {
    try (Stream<Path> files = Files.list(messages)) {
      return files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }
}
