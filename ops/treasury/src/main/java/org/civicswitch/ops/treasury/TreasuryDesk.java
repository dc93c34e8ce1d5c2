package org.civicswitch.ops.treasury;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.client.SwitchConnection;
import org.civicswitch.core.protocol.ApproveChangeEncoder;
import org.civicswitch.core.protocol.BreakGlassEncoder;
import org.civicswitch.core.protocol.CloseProposalEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ProposalState;
import org.civicswitch.core.protocol.ProposeChangeEncoder;
import org.civicswitch.core.protocol.QueryEncoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/**
 * Where operators change things: looks at what a change would do, makes it, proposes it, approves
 * what others proposed. Each signs with their own key what they have seen. Blocks; safe for use by
 * many threads.
 */
public final class TreasuryDesk implements AutoCloseable {
  private static final int ROOM = 8 * 1024;

  private final Sender sender;
  private final int connection;
  private final InstantSource clock;
  private final TreasuryBook book;
  private final ChangeEffects effects;

  /**
   * @param gateway of the operators' connection; not closed
   * @param connection its number
   */
  public TreasuryDesk(
      final SwitchConnection feed,
      final SwitchGateway gateway,
      final int connection,
      final InstantSource clock) {
    sender = new Sender(gateway);
    this.connection = connection;
    this.clock = clock;
    book = new TreasuryBook(feed);
    effects = new ChangeEffects(book, position -> query(QueryKind.POSITION, position));
  }

  /**
   * What came of a step.
   *
   * @param proposal its id, or none for a change that was made at once
   * @param sequence where the step stands in the log
   * @param approvals so far
   * @param hash what others sign for; none for a change that was made at once
   */
  public record Step(
      Id128 proposal, ProposalState state, long sequence, long approvals, Digest256 hash) {}

  public TreasuryBook book() {
    return book;
  }

  /**
   * The sequence of the log up to which what is looked at now is known: to be asked before the
   * effects, and signed with what they made somebody decide. No later one, although the switch may
   * be further: what the book has not read yet was not seen.
   */
  public long seen() {
    return book.sequence();
  }

  /** What a change would make different now. */
  public List<Effect> effects(final Change change) {
    return effects.of(change.encode(new Change.Sender(connection, 0, 0, 0)));
  }

  /** What a proposed change would make different now. */
  public List<Effect> effects(final Proposal proposal) {
    return effects.of(book.change(proposal.id()));
  }

  /**
   * What the switch itself says of its whole state.
   *
   * @param sequence of the log, behind which the state is so
   * @param feedSequence of the last event until then
   * @param hash as {@code verify} and a replay up to this sequence find it
   */
  public record State(long sequence, long feedSequence, long hash) {}

  /**
   * Asks for the hash of the state. The engine reads what changed since it was last asked: not for
   * every look of everybody.
   *
   * @throws ChangeRefused when the switch does not say
   */
  public State state() throws ChangeRefused {
    final OutcomeCopy outcome = query(QueryKind.STATE_HASH, new ChangeEffects.Position(0, 0));
    if (outcome.code() != Code.OK) {
      throw new ChangeRefused("state hash", outcome.code());
    }
    return new State(
        outcome.sequence(), ChangeEffects.value(outcome, ValueName.FEED_SEQUENCE), outcome.value());
  }

  private OutcomeCopy query(final QueryKind kind, final ChangeEffects.Position position) {
    final UnsafeBuffer buffer = room();
    final QueryEncoder encoder =
        new QueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final Id128 key = Id128.of(UUID.randomUUID());
    encoder
        .head()
        .participant(0)
        .connection(connection)
        .keyHi(key.hi())
        .keyLo(key.lo())
        .createdMs(clock.millis());
    encoder.queryKind(kind).target(position.participant()).asset(position.asset());
    return sender.call(bytes(buffer, encoder.encodedLength()));
  }

  /**
   * Makes a change at once, alone.
   *
   * @param seen the sequence that its signer looked at
   * @throws ChangeRefused APPROVAL_NEEDED where a rule wants others, or whatever speaks against it
   */
  public Step make(final Change change, final OperatorSigner signer, final long seen)
      throws ChangeRefused {
    final byte[] command = change.encode(by(signer, seen));
    signer.sign(new UnsafeBuffer(command), 0, command.length, seen);
    return step("change", Id128.NONE, sender.call(command));
  }

  /**
   * Proposes a change.
   *
   * @throws ChangeRefused with the switch's code
   */
  public Step propose(final Change change, final OperatorSigner signer, final long seen)
      throws ChangeRefused {
    final Change.Sender by = by(signer, seen);
    final byte[] enclosed = change.encode(by(signer, seen));
    final UnsafeBuffer buffer = room();
    final ProposeChangeEncoder encoder =
        new ProposeChangeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    by.head(encoder.head(), encoder.signedBy());
    encoder.putChange(enclosed, 0, enclosed.length);
    return send("propose", by.key(), buffer, encoder.encodedLength(), signer, seen);
  }

  /**
   * Approves a proposal as it was looked at.
   *
   * @throws ChangeRefused with the switch's code
   */
  public Step approve(final Proposal proposal, final OperatorSigner signer, final long seen)
      throws ChangeRefused {
    if (!ProposalHash.of(proposal, book.change(proposal.id())).equals(proposal.hash())) {
      throw new ChangeRefused("approve", Code.PROPOSAL_HASH);
    }
    final UnsafeBuffer buffer = room();
    final ApproveChangeEncoder encoder =
        new ApproveChangeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    by(signer, seen).head(encoder.head(), encoder.signedBy());
    proposal.id().put(encoder.proposal());
    proposal.hash().put(encoder.changeHash());
    return send("approve", proposal.id(), buffer, encoder.encodedLength(), signer, seen);
  }

  /**
   * Withdraws one's own proposal, or rejects another's.
   *
   * @throws ChangeRefused with the switch's code
   */
  public Step close(final Id128 proposal, final OperatorSigner signer, final long seen)
      throws ChangeRefused {
    final UnsafeBuffer buffer = room();
    final CloseProposalEncoder encoder =
        new CloseProposalEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    by(signer, seen).head(encoder.head(), encoder.signedBy());
    proposal.put(encoder.proposal());
    return send("close", proposal, buffer, encoder.encodedLength(), signer, seen);
  }

  /**
   * Makes a change alone although a rule wants others; everybody sees it, and why.
   *
   * @param reason 1 to 64 ASCII characters
   * @throws IllegalArgumentException for another reason
   * @throws ChangeRefused with the switch's code
   */
  public Step breakGlass(
      final String reason, final Change change, final OperatorSigner signer, final long seen)
      throws ChangeRefused {
    if (!reason.matches("[ -~]{1,64}") || reason.isBlank()) {
      throw new IllegalArgumentException("a reason has 1 to 64 ASCII characters");
    }
    final byte[] enclosed = change.encode(by(signer, seen));
    final UnsafeBuffer buffer = room();
    final BreakGlassEncoder encoder =
        new BreakGlassEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    by(signer, seen).head(encoder.head(), encoder.signedBy());
    encoder.reason(reason).putChange(enclosed, 0, enclosed.length);
    return send("break glass", Id128.NONE, buffer, encoder.encodedLength(), signer, seen);
  }

  private Change.Sender by(final OperatorSigner signer, final long seen) {
    return new Change.Sender(connection, signer.operator(), seen, clock.millis());
  }

  private Step send(
      final String step,
      final Id128 proposal,
      final UnsafeBuffer buffer,
      final int encodedLength,
      final OperatorSigner signer,
      final long seen)
      throws ChangeRefused {
    signer.sign(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength, seen);
    return step(step, proposal, sender.call(bytes(buffer, encodedLength)));
  }

  private static Step step(final String step, final Id128 proposal, final OutcomeCopy outcome)
      throws ChangeRefused {
    if (outcome.code() != Code.OK) {
      throw new ChangeRefused(step, outcome.code());
    }
    return new Step(
        proposal,
        proposal.isNone() ? ProposalState.EXECUTED : ProposalState.get((short) outcome.state()),
        outcome.sequence(),
        outcome.value(),
        outcome.digest());
  }

  private static UnsafeBuffer room() {
    return new UnsafeBuffer(new byte[ROOM]);
  }

  private static byte[] bytes(final UnsafeBuffer buffer, final int encodedLength) {
    return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
  }

  @Override
  public void close() {
    book.close();
  }
}
