package org.civicswitch.ops.benefits;

import java.time.InstantSource;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.civicswitch.core.protocol.CloseCycleEncoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CreateProgrammeEncoder;
import org.civicswitch.core.protocol.FundProgrammeEncoder;
import org.civicswitch.core.protocol.HeadEncoder;
import org.civicswitch.core.protocol.MessageHeaderEncoder;
import org.civicswitch.core.protocol.ProposeChangeEncoder;
import org.civicswitch.core.protocol.SignedByDecoder;
import org.civicswitch.gateway.kit.Id128;
import org.civicswitch.gateway.kit.client.OutcomeCopy;
import org.civicswitch.gateway.kit.client.Sender;
import org.civicswitch.gateway.kit.client.SwitchGateway;
import org.civicswitch.gateway.kit.keys.Tokens;
import org.civicswitch.gateway.kit.operator.OperatorSignatures;
import org.civicswitch.gateway.kit.operator.OperatorSigner;

/** Makes programmes, gives them budget and cash, closes their cycles. Blocks; one thread. */
public final class ProgrammeDesk {
  private static final int CODE_CHARS_MAX = 16;

  private final Sender sender;
  private final Tokens tokens;
  private final OfficeCommands commands;
  private final int payingParticipant;

  /**
   * @param gateway of the office's connection; not closed
   * @param connection its number
   * @param payingParticipant that it acts for: the debtor agent of the programmes
   */
  public ProgrammeDesk(
      final SwitchGateway gateway,
      final Tokens tokens,
      final int connection,
      final int payingParticipant,
      final InstantSource clock) {
    sender = new Sender(gateway);
    this.tokens = tokens;
    this.payingParticipant = payingParticipant;
    commands = new OfficeCommands(connection, payingParticipant, clock);
  }

  /**
   * What a programme is.
   *
   * @param number its own, above zero
   * @param code 1 to 16 ASCII characters, for people
   * @param cashAsset the currency it pays in
   * @param authorityAsset the budget it spends
   * @param fiscalEnd last day of its fiscal period, days since 1970-01-01
   * @param assuranceMin how well its beneficiaries must have been verified, 0 to 4
   * @param approvals of an envelope by others than its maker, 1 to 8
   */
  public record Terms(
      int number,
      String code,
      int cashAsset,
      int authorityAsset,
      int fiscalEnd,
      int assuranceMin,
      int approvals) {
    public Terms {
      if (number < 1 || assuranceMin < 0 || assuranceMin > 4 || approvals < 1 || approvals > 8) {
        throw new IllegalArgumentException("number from 1, assurance 0 to 4, approvals 1 to 8");
      }
      if (!code.matches("[!-~]{1," + CODE_CHARS_MAX + "}")) {
        throw new IllegalArgumentException(
            "a programme's code has 1 to " + CODE_CHARS_MAX + " ASCII characters, no blanks");
      }
    }
  }

  /**
   * Makes a programme without money.
   *
   * @throws OfficeRefused with the switch's code
   */
  public void create(final Terms terms, final OperatorSigner signer) throws OfficeRefused {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final CreateProgrammeEncoder encoder = new CreateProgrammeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    encoder
        .programme(terms.number())
        .payingParticipant(payingParticipant)
        .cashAsset(terms.cashAsset())
        .authorityAsset(terms.authorityAsset())
        .fiscalEnd(terms.fiscalEnd())
        .assuranceMin((short) terms.assuranceMin())
        .approvals((short) terms.approvals())
        .code(terms.code());
    send("create programme", buffer, encoder.encodedLength(), signer);
  }

  /**
   * Allots budget authority and brings cash in; either may be zero, not both. Where a rule wants
   * others to approve it, it is proposed.
   *
   * @param authority in minor units
   * @param cash in minor units: what the settlement bank has booked for the programme
   * @param reference of the allotment or the settlement bank's booking; counts once
   * @return the proposal that waits for others; none when it is done
   * @throws OfficeRefused with the switch's code
   */
  public Id128 fund(
      final int programme,
      final long authority,
      final long cash,
      final String reference,
      final OperatorSigner signer)
      throws OfficeRefused {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final FundProgrammeEncoder encoder = new FundProgrammeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    encoder.programme(programme).authority(authority).cash(cash);
    tokens.settlementReference(reference).put(encoder.reference());
    return sendOrPropose("fund programme", buffer, encoder.encodedLength(), signer);
  }

  private Id128 sendOrPropose(
      final String step,
      final MutableDirectBuffer buffer,
      final int encodedLength,
      final OperatorSigner signer)
      throws OfficeRefused {
    try {
      send(step, buffer, encodedLength, signer);
      return Id128.NONE;
    } catch (final OfficeRefused e) {
      if (e.code() != Code.APPROVAL_NEEDED) {
        throw e;
      }
      final byte[] change =
          OperatorSignatures.signedBytes(
              buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
      return propose(step, change, signer);
    }
  }

  /** The change is the signer's own, as seen when it was refused; so its proposal is too. */
  private Id128 propose(final String step, final byte[] change, final OperatorSigner signer)
      throws OfficeRefused {
    final Id128 proposal = Id128.of(UUID.randomUUID());
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final ProposeChangeEncoder encoder = new ProposeChangeEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head(), proposal);
    encoder.putChange(change, 0, change.length);
    final long seen =
        new SignedByDecoder()
            .wrap(
                new UnsafeBuffer(change),
                MessageHeaderEncoder.ENCODED_LENGTH + HeadEncoder.ENCODED_LENGTH)
            .seenSequence();
    final OutcomeCopy outcome =
        sender.call(OfficeCommands.signed(buffer, encoder.encodedLength(), signer, seen));
    if (!outcome.ok()) {
      throw new OfficeRefused(step, outcome.code());
    }
    return proposal;
  }

  /**
   * Closes a cycle for ever: nothing is paid for it any more, and the switch forgets what was taken
   * in it. Every envelope of the cycle must be closed or cancelled. Closed again changes nothing.
   *
   * @param cycle from 1
   * @param checker with the role of those who approve
   * @throws OfficeRefused with the switch's code
   */
  public void closeCycle(final int programme, final int cycle, final OperatorSigner checker)
      throws OfficeRefused {
    final MutableDirectBuffer buffer = OfficeCommands.room();
    final CloseCycleEncoder encoder = new CloseCycleEncoder();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    commands.head(encoder.head());
    encoder.programme(programme).cycle(cycle);
    send("close cycle", buffer, encoder.encodedLength(), checker);
  }

  private void send(
      final String step,
      final MutableDirectBuffer buffer,
      final int encodedLength,
      final OperatorSigner signer)
      throws OfficeRefused {
    final long seen = sender.call(commands.mark()).sequence();
    final OutcomeCopy outcome =
        sender.call(OfficeCommands.signed(buffer, encodedLength, signer, seen));
    if (!outcome.ok()) {
      throw new OfficeRefused(step, outcome.code());
    }
  }
}
