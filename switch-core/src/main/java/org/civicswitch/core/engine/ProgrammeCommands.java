package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.CreateProgrammeDecoder;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.FundProgrammeDecoder;
import org.civicswitch.core.protocol.LiquidityKind;
import org.civicswitch.core.protocol.LiquidityMovedEncoder;
import org.civicswitch.ledger.AssetRules;

/** Programmes: what each pays with, and the money and budget it is given. */
final class ProgrammeCommands {
  private final Core core;
  private final Programmes programmes;
  private final ProgrammeFunds funds;
  private final Changes changes;
  private final CreateProgrammeDecoder create = new CreateProgrammeDecoder();
  private final FundProgrammeDecoder fund = new FundProgrammeDecoder();
  private final LiquidityMovedEncoder moved = new LiquidityMovedEncoder();
  private final Precedence refusal = new Precedence();

  ProgrammeCommands(
      final Core core,
      final Programmes programmes,
      final ProgrammeFunds funds,
      final Changes changes) {
    this.core = core;
    this.programmes = programmes;
    this.funds = funds;
    this.changes = changes;
  }

  void define() {
    core.define(
        new CommandKind(
                CreateProgrammeDecoder.TEMPLATE_ID,
                CreateProgrammeDecoder.BLOCK_LENGTH,
                this::create)
            .once()
            .signed(Operators.PROGRAMME | Operators.PLATFORM)
            .text(CreateProgrammeDecoder.codeEncodingOffset(), 16)
            .compare(
                Field.OTHER,
                CreateProgrammeDecoder.programmeEncodingOffset(),
                CreateProgrammeDecoder.BLOCK_LENGTH
                    - CreateProgrammeDecoder.programmeEncodingOffset())
            .governed(
                Governed.of(
                    Governed.Concern.PROGRAMME,
                    CreateProgrammeDecoder.programmeEncodingOffset(),
                    4)));
    core.define(
        new CommandKind(
                FundProgrammeDecoder.TEMPLATE_ID, FundProgrammeDecoder.BLOCK_LENGTH, this::fund)
            .once()
            .signed(Operators.SETTLEMENT | Operators.PROGRAMME)
            .compare(Field.OTHER, FundProgrammeDecoder.programmeEncodingOffset(), 4)
            .compare(Field.AMOUNT, FundProgrammeDecoder.authorityEncodingOffset(), 16)
            .compare(Field.REFERENCE, FundProgrammeDecoder.referenceEncodingOffset(), 16)
            .governed(
                Governed.of(
                        Governed.Concern.PROGRAMME,
                        FundProgrammeDecoder.programmeEncodingOffset(),
                        4)
                    .amounts(
                        FundProgrammeDecoder.authorityEncodingOffset(),
                        FundProgrammeDecoder.cashEncodingOffset())));
  }

  /** The programme with this number, if the sender may act on it: the platform, or who pays. */
  int find(final Command command, final long number) {
    final int programme = programmes.find(number);
    return programme != 0 && mayAct(command, programme) ? programme : 0;
  }

  boolean mayAct(final Command command, final int programme) {
    return command.participant == 0
        || command.participant == programmes.intAt(programme, Programmes.PAYING_PARTICIPANT);
  }

  private Code create(final Command command) {
    create.wrap(command.buffer, command.block, CreateProgrammeDecoder.BLOCK_LENGTH, 1);
    final int cash = core.assets.find((int) create.cashAsset());
    final int authority = core.assets.find((int) create.authorityAsset());
    refusal
        .begin()
        .when(
            programmes.isFull() || !funds.hasRoomFor(ProgrammeFunds.ACCOUNTS_PER_PROGRAMME),
            Code.CAPACITY)
        .when(
            core.participants.find((int) create.payingParticipant()) == 0, Code.PARTICIPANT_UNKNOWN)
        .when(cash == 0 || authority == 0, Code.ASSET_UNKNOWN)
        .when(
            cash != 0
                && authority != 0
                && (core.assets.kind(cash) != AssetKind.CURRENCY.value()
                    || core.assets.kind(authority) != AssetKind.BUDGET_AUTHORITY.value()),
            Code.ASSET_RULE)
        .when(!movesInParts(cash) || !movesInParts(authority), Code.ASSET_RULE)
        .when(create.programme() == 0, Code.PROGRAMME_UNKNOWN)
        .when(programmes.find(create.programme()) != 0, Code.PROGRAMME_EXISTS)
        .when(
            create.approvals() > Envelopes.APPROVERS_MAX || create.fiscalEnd() < 0,
            Code.CONFIG_INVALID);
    if (!refusal.isOk()) {
      return refusal.code();
    }
    final int programme = programmes.add(create.programme());
    programmes.set(programme, Programmes.PAYING_PARTICIPANT, create.payingParticipant());
    programmes.set(programme, Programmes.CASH_ASSET, create.cashAsset());
    programmes.set(programme, Programmes.AUTHORITY_ASSET, create.authorityAsset());
    programmes.set(programme, Programmes.FISCAL_END, create.fiscalEnd());
    programmes.set(programme, Programmes.ASSURANCE_MIN, create.assuranceMin());
    programmes.set(programme, Programmes.APPROVALS, create.approvals());
    final int code = command.block + CreateProgrammeDecoder.codeEncodingOffset();
    programmes.set(programme, Programmes.CODE, command.longAt(code));
    programmes.set(programme, Programmes.CODE + 1, command.longAt(code + Long.BYTES));
    funds.open(programme);
    changes.programme(programme);
    return Code.OK;
  }

  /** What is committed in one sum is paid in parts and given back in others. */
  private boolean movesInParts(final int asset) {
    return asset == 0
        || (core.assets.rules(asset)
                & (AssetRules.INDIVISIBLE
                    | AssetRules.NOT_TRANSFERABLE
                    | AssetRules.UNIQUE
                    | AssetRules.ONE_PER_HOLDER))
            == 0;
  }

  private Code fund(final Command command) {
    fund.wrap(command.buffer, command.block, FundProgrammeDecoder.BLOCK_LENGTH, 1);
    final int programme = find(command, fund.programme());
    final long cash = fund.cash();
    final long authority = fund.authority();
    final long hi = fund.reference().hi();
    final long lo = fund.reference().lo();
    refusal
        .begin()
        .when(!core.references.hasRoom(), Code.CAPACITY)
        .when(cash < 0 || authority < 0 || (cash | authority) == 0, Code.AMOUNT_NOT_POSITIVE)
        .when((hi | lo) == 0 || core.references.isUsed(hi, lo), Code.SETTLEMENT_REFERENCE_USED)
        .when(programme == 0, Code.PROGRAMME_UNKNOWN);
    if (programme != 0 && cash >= 0 && authority >= 0) {
      refusal.add(funds.checkFund(programme, cash, authority));
    }
    if (!refusal.isOk()) {
      return refusal.code();
    }
    core.references.use(
        References.Purpose.PROGRAMME,
        hi,
        lo,
        AccountIds.owned(
            programmes.intAt(programme, Programmes.PAYING_PARTICIPANT),
            programmes.intAt(programme, Programmes.CASH_ASSET)),
        cash);
    funds.fund(programme, cash, authority);
    if (cash > 0) {
      sayMoved(programme, cash, hi, lo);
    }
    return Code.OK;
  }

  /** The settlement account outside has grown: said as for a participant's prefunding. */
  private void sayMoved(final int programme, final long cash, final long hi, final long lo) {
    final Feed feed = core.feed;
    moved.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(moved.at());
    moved
        .participant(programmes.get(programme, Programmes.PAYING_PARTICIPANT))
        .asset(programmes.get(programme, Programmes.CASH_ASSET))
        .amount(cash)
        .liquidityKind(LiquidityKind.IN)
        .reference()
        .hi(hi)
        .lo(lo);
    feed.commit(moved.encodedLength());
  }
}
