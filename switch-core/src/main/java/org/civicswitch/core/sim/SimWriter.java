package org.civicswitch.core.sim;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.DigestEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.core.protocol.VerdictEncoder;

/** Where instructions are encoded: who sends, under which key, created when. */
final class SimWriter {
  // Kinds of verdict, as in the schema.
  static final short STANDING = 1;
  static final short TRANSACTIONAL = 2;
  static final short BANK_ATTESTED = 3;

  private static final long KEYS = 0x53494D0000000000L;

  final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final byte[] bytes = new byte[64 * 1024];
  final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private int participant;
  private int connection;
  private int signer;
  private long createdMs;
  private long seenSequence;
  private long lastKey;
  private boolean signing;

  /** Begins the next command, from a participant over its own connection. */
  SimWriter from(final int sender, final long nowMs) {
    return from(sender, sender, 0, nowMs);
  }

  SimWriter from(final int sender, final int over, final int signedBy, final long nowMs) {
    participant = sender;
    connection = over;
    signer = signedBy;
    createdMs = nowMs;
    seenSequence = 0;
    return clear();
  }

  /** What the signer had seen; nothing, unless it is said. */
  SimWriter seen(final long sequence) {
    seenSequence = Math.max(0, sequence);
    return this;
  }

  /** Makes room for another command from the same sender. */
  SimWriter clear() {
    signing = false;
    Arrays.fill(bytes, 0, 16 * 1024, (byte) 0);
    return this;
  }

  long createdMs() {
    return createdMs;
  }

  /** A key or id that nobody has used. */
  Instruction.Id next() {
    return new Instruction.Id(KEYS, ++lastKey);
  }

  void head(final HeadEncoder head) {
    final Instruction.Id key = next();
    head.participant(participant)
        .connection(connection)
        .keyHi(key.hi())
        .keyLo(key.lo())
        .createdMs(createdMs);
  }

  void head(final HeadEncoder head, final SignedByEncoder signedBy) {
    head(head);
    signedBy.signer(signer).reserved(0).seenSequence(seenSequence);
    signing = signer != 0;
  }

  /** A token of a person, alias, content: the same number, the same token. */
  static void token(final DigestEncoder target, final long number) {
    if (number == 0) {
      target.a(0).b(0).c(0).d(0);
    } else {
      target.a(number * 0x9E3779B97F4A7C15L).b(number).c(~number).d(number << 17);
    }
  }

  void verdict(final VerdictEncoder verdict, final short kind, final long evidence) {
    verdict
        .kind(kind)
        .assurance((short) 3)
        .reserved(0)
        .issuer(SimWorld.ISSUER)
        .verifier(1)
        .reserved2(0)
        .issuedMs(createdMs)
        .validUntilMs(createdMs + 10_000_000);
    token(verdict.evidence(), evidence);
  }

  /**
   * The command, signed if an operator sends it.
   *
   * @param bodyLength encoded length without the message header
   */
  Instruction done(final int bodyLength) {
    final byte[] command = Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    if (signing) {
      SimSignatures.sign(command);
    }
    return new Instruction(command, false);
  }
}
