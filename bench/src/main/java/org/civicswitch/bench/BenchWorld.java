package org.civicswitch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.ops.cli.world.Genesis;
import org.civicswitch.ops.cli.world.PublishedKeys;

/** The commands that put the seeded world into an empty switch. Keys are made up unless given. */
public final class BenchWorld {
  private static final int DAYS_OF_PROGRAMME = 365;

  private BenchWorld() {}

  /**
   * The seeded world.
   *
   * @param nowMs UTC milliseconds
   */
  public static List<byte[]> genesis(final long nowMs) {
    return genesis(nowMs, Map.of());
  }

  /**
   * The same with real certificates for some.
   *
   * @param fingerprints by the name of the credential
   */
  static List<byte[]> genesis(final long nowMs, final Map<String, Digest256> fingerprints) {
    return Genesis.commands(
        nowMs,
        credential -> {
          final Digest256 known = fingerprints.get(credential);
          return known == null ? Digest256.sha256(credential.getBytes(UTF_8)) : known;
        },
        PublishedKeys::of,
        (int) TimeUnit.MILLISECONDS.toDays(nowMs) + DAYS_OF_PROGRAMME);
  }

  /**
   * A Configure command; unsigned, so it must come before the operators do.
   *
   * @param nowMs UTC milliseconds
   * @param parametersAndValues {@link Parameter} and number in turns
   */
  public static byte[] configure(final long nowMs, final Object... parametersAndValues) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    final ConfigureEncoder encoder = new ConfigureEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    encoder.head().keyHi(1).keyLo(1).createdMs(nowMs);
    final ConfigureEncoder.SettingsEncoder settings =
        encoder.settingsCount(parametersAndValues.length / 2);
    for (int i = 0; i < parametersAndValues.length; i += 2) {
      settings
          .next()
          .parameter((Parameter) parametersAndValues[i])
          .value(((Number) parametersAndValues[i + 1]).longValue());
    }
    final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
    buffer.getBytes(0, bytes);
    return bytes;
  }
}
