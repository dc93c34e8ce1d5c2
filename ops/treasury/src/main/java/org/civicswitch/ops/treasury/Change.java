package org.civicswitch.ops.treasury;

import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.ChangeOperatorEncoder;
import org.civicswitch.core.protocol.CloseWindowEncoder;
import org.civicswitch.core.protocol.ConfigureEncoder;
import org.civicswitch.core.protocol.ConfirmSettlementEncoder;
import org.civicswitch.core.protocol.DeclareDefaultEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.MoveCollateralEncoder;
import org.civicswitch.core.protocol.MoveLiquidityEncoder;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.ParticipantStatus;
import org.civicswitch.core.protocol.ProposeSettlementEncoder;
import org.civicswitch.core.protocol.RegisterOperatorEncoder;
import org.civicswitch.core.protocol.SetApprovalRuleEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitEncoder;
import org.civicswitch.core.protocol.SetParticipantStatusEncoder;
import org.civicswitch.core.protocol.SetSettlementModelEncoder;
import org.civicswitch.core.protocol.SettleWindowEncoder;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SignedByEncoder;
import org.civicswitch.gateway.kit.Digest256;
import org.civicswitch.gateway.kit.Id128;

/**
 * One change of the platform, as a command that somebody still has to sign. Amounts are minor units
 * of the asset; participants and assets go by their numbers in the switch.
 */
public final class Change {
  private static final int ROOM = 1024;

  private final Encoding encoding;

  private Change(final Encoding encoding) {
    this.encoding = encoding;
  }

  /** Fills the buffer from 0; gives the length without message header. */
  @FunctionalInterface
  private interface Encoding {
    int encode(MutableDirectBuffer buffer, Sender sender);
  }

  /** Whose command it is. */
  record Sender(int connection, int operator, long seenSequence, long createdMs, Id128 key) {
    Sender(
        final int connection, final int operator, final long seenSequence, final long createdMs) {
      this(connection, operator, seenSequence, createdMs, Id128.of(UUID.randomUUID()));
    }

    void head(final HeadEncoder head, final SignedByEncoder signedBy) {
      head.participant(0)
          .connection(connection)
          .keyHi(key.hi())
          .keyLo(key.lo())
          .createdMs(createdMs);
      signedBy.signer(operator).reserved(0).seenSequence(seenSequence);
    }
  }

  /** The command, its signature left zero. */
  byte[] encode(final Sender sender) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ROOM]);
    final int length = encoding.encode(buffer, sender);
    return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + length);
  }

  /** Sets the net debit cap and the limit per payment (0: none); opens a position if needed. */
  public static Change limit(
      final int participant, final int asset, final long netDebitCap, final long paymentMax) {
    return new Change(
        (buffer, sender) -> {
          final SetParticipantLimitEncoder encoder =
              new SetParticipantLimitEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder
              .target(participant)
              .asset(asset)
              .netDebitCap(netDebitCap)
              .paymentMax(paymentMax)
              .encodedLength();
        });
  }

  public static Change status(final int participant, final ParticipantStatus status) {
    return new Change(
        (buffer, sender) -> {
          final SetParticipantStatusEncoder encoder =
              new SetParticipantStatusEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder.target(participant).status(status).encodedLength();
        });
  }

  /**
   * Moves money in or out against a reference of the settlement bank, which counts once.
   *
   * @param amount above zero
   */
  public static Change liquidity(
      final int participant,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final Id128 reference) {
    return new Change(
        (buffer, sender) -> {
          final MoveLiquidityEncoder encoder =
              new MoveLiquidityEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder.target(participant).asset(asset).amount(amount).liquidityKind(kind);
          reference.put(encoder.reference());
          return encoder.putEvidence(new byte[0], 0, 0).encodedLength();
        });
  }

  /** Closes the open settlement window, which must be this one. */
  public static Change closeWindow(final long window) {
    return new Change(
        (buffer, sender) -> {
          final CloseWindowEncoder encoder =
              new CloseWindowEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder.window(window).encodedLength();
        });
  }

  /** Says how a scheme settles in an asset from now on. */
  public static Change settlementModel(
      final int scheme, final int asset, final SettlementModel model, final boolean uncovered) {
    return new Change(
        (buffer, sender) -> {
          final SetSettlementModelEncoder encoder =
              new SetSettlementModelEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder
              .asset(asset)
              .scheme(scheme)
              .settlementModel(model)
              .uncovered((short) (uncovered ? 1 : 0))
              .encodedLength();
        });
  }

  /** A closed window was instructed at the settlement bank under this reference. */
  public static Change proposeSettlement(final long window, final Id128 reference) {
    return new Change(
        (buffer, sender) -> {
          final ProposeSettlementEncoder encoder =
              new ProposeSettlementEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          reference.put(encoder.window(window).reserved(0).reference());
          return encoder.encodedLength();
        });
  }

  /** The settlement bank has carried it out. */
  public static Change confirmSettlement(final long window, final Id128 reference) {
    return new Change(
        (buffer, sender) -> {
          final ConfirmSettlementEncoder encoder =
              new ConfirmSettlementEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          reference.put(encoder.window(window).reserved(0).reference());
          return encoder.putEvidence(new byte[0], 0, 0).encodedLength();
        });
  }

  /** Takes a confirmed window's obligations off the positions. */
  public static Change settleWindow(final long window) {
    return new Change(
        (buffer, sender) -> {
          final SettleWindowEncoder encoder =
              new SettleWindowEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder.window(window).encodedLength();
        });
  }

  /**
   * A participant cannot pay what it owes in a window.
   *
   * @param counterparty 0: what it owes multilaterally
   */
  public static Change declareDefault(
      final long window, final int asset, final int participant, final int counterparty) {
    return new Change(
        (buffer, sender) -> {
          final DeclareDefaultEncoder encoder =
              new DeclareDefaultEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          return encoder
              .window(window)
              .asset(asset)
              .target(participant)
              .counterparty(counterparty)
              .encodedLength();
        });
  }

  /**
   * Moves collateral as {@link #liquidity} moves money.
   *
   * @param participant 0: the default fund
   */
  public static Change collateral(
      final int participant,
      final int asset,
      final long amount,
      final LiquidityKind kind,
      final Id128 reference) {
    return new Change(
        (buffer, sender) -> {
          final MoveCollateralEncoder encoder =
              new MoveCollateralEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder.target(participant).asset(asset).amount(amount).liquidityKind(kind);
          reference.put(encoder.reference());
          return encoder.putEvidence(new byte[0], 0, 0).encodedLength();
        });
  }

  public static Change setting(final Parameter parameter, final long value) {
    return new Change(
        (buffer, sender) -> {
          final ConfigureEncoder encoder =
              new ConfigureEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder.settingsCount(1).next().parameter(parameter).value(value);
          return encoder.encodedLength();
        });
  }

  /**
   * From an amount on, so many approvers must approve a kind of change; 0 takes the rule away.
   *
   * @param asset 0: whatever its asset
   */
  public static Change rule(
      final ChangeKind kind, final int asset, final long fromAmount, final int approvals) {
    return new Change(
        (buffer, sender) -> {
          final SetApprovalRuleEncoder encoder =
              new SetApprovalRuleEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder
              .ruledTemplate(kind.template())
              .approvals((short) approvals)
              .reserved((short) 0)
              .asset(asset)
              .fromAmount(fromAmount)
              .roles()
              .clear()
              .aPPROVER(true);
          return encoder.encodedLength();
        });
  }

  /**
   * Lets somebody sign.
   *
   * @param roles at least one
   * @param key their Ed25519 public key
   */
  public static Change operator(final int operator, final Set<Role> roles, final Digest256 key) {
    return new Change(
        (buffer, sender) -> {
          final RegisterOperatorEncoder encoder =
              new RegisterOperatorEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder.newOperator(operator);
          Role.put(roles, encoder.roles());
          key.put(encoder.publicKey());
          return encoder.encodedLength();
        });
  }

  /**
   * Changes what an operator may sign, or with which key.
   *
   * @param roles none: the operator is taken out
   * @param key {@link Digest256#NONE}: as before
   */
  public static Change operatorChange(
      final int operator, final Set<Role> roles, final Digest256 key) {
    return new Change(
        (buffer, sender) -> {
          final ChangeOperatorEncoder encoder =
              new ChangeOperatorEncoder().wrapAndApplyHeader(buffer, 0, header());
          sender.head(encoder.head(), encoder.signedBy());
          encoder.target(operator);
          Role.put(roles, encoder.roles());
          key.put(encoder.publicKey());
          return encoder.encodedLength();
        });
  }

  private static MessageHeaderEncoder header() {
    return new MessageHeaderEncoder();
  }
}
