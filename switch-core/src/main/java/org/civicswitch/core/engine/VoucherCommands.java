package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.AssetKind;
import org.civicswitch.core.protocol.CancelVoucherDecoder;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.IssueVoucherDecoder;
import org.civicswitch.core.protocol.RedeemVoucherDecoder;
import org.civicswitch.core.protocol.VerdictDecoder;
import org.civicswitch.core.protocol.VoucherState;
import org.civicswitch.identity.Token;
import org.civicswitch.ledger.AssetRules;

/** Vouchers: issued against reserved money, spent in part or in full, cancelled. */
final class VoucherCommands {
  private final Core core;
  private final Benefits benefits;
  private final Programmes programmes;
  private final ProgrammeFunds funds;
  private final Vouchers vouchers;
  private final VoucherLife life;
  private final IssueVoucherDecoder issue = new IssueVoucherDecoder();
  private final RedeemVoucherDecoder redeem = new RedeemVoucherDecoder();
  private final CancelVoucherDecoder cancel = new CancelVoucherDecoder();
  private final Precedence refusal = new Precedence();
  private final Token token = new Token();

  VoucherCommands(final Core core, final Benefits benefits) {
    this.core = core;
    this.benefits = benefits;
    programmes = benefits.programmes;
    funds = benefits.funds;
    vouchers = benefits.vouchers;
    life = benefits.voucherLife;
  }

  void define() {
    core.define(
        new CommandKind(
                IssueVoucherDecoder.TEMPLATE_ID, IssueVoucherDecoder.BLOCK_LENGTH, this::issue)
            .once()
            .signed(Operators.PROGRAMME)
            .compare(Field.AMOUNT, IssueVoucherDecoder.amountEncodingOffset(), 8)
            .compare(Field.ASSET, IssueVoucherDecoder.assetEncodingOffset(), 4)
            .compare(Field.REFERENCE, IssueVoucherDecoder.voucherEncodingOffset(), 16)
            .compare(Field.OTHER, IssueVoucherDecoder.programmeEncodingOffset(), 4)
            .compare(Field.OTHER, IssueVoucherDecoder.subjectEncodingOffset(), 32)
            .compare(Field.OTHER, IssueVoucherDecoder.categoryEncodingOffset(), 10)
            .governed(
                Governed.of(
                        Governed.Concern.VOUCHER, IssueVoucherDecoder.voucherEncodingOffset(), 8)
                    .amounts(IssueVoucherDecoder.amountEncodingOffset())
                    .asset(IssueVoucherDecoder.assetEncodingOffset())));
    core.define(
        new CommandKind(
                RedeemVoucherDecoder.TEMPLATE_ID, RedeemVoucherDecoder.BLOCK_LENGTH, this::redeem)
            .once()
            .compare(Field.AMOUNT, RedeemVoucherDecoder.amountEncodingOffset(), 8)
            .compare(
                Field.VERDICT,
                RedeemVoucherDecoder.verdictEncodingOffset(),
                VerdictDecoder.ENCODED_LENGTH)
            .compare(Field.REFERENCE, RedeemVoucherDecoder.voucherEncodingOffset(), 16)
            .compare(Field.OTHER, RedeemVoucherDecoder.merchantEncodingOffset(), 4));
    core.define(
        new CommandKind(
                CancelVoucherDecoder.TEMPLATE_ID, CancelVoucherDecoder.BLOCK_LENGTH, this::cancel)
            .once()
            .signed(Operators.PROGRAMME)
            .compare(Field.REFERENCE, CancelVoucherDecoder.voucherEncodingOffset(), 16)
            .governed(
                Governed.of(
                    Governed.Concern.VOUCHER, CancelVoucherDecoder.voucherEncodingOffset(), 8)));
  }

  private Code issue(final Command command) {
    issue.wrap(command.buffer, command.block, IssueVoucherDecoder.BLOCK_LENGTH, 1);
    SubjectCommands.read(
        command, command.block + IssueVoucherDecoder.subjectEncodingOffset(), token);
    final int programme = benefits.programmeCommands.find(command, issue.programme());
    final int asset = core.assets.find((int) issue.asset());
    final int subject = core.identity.subjects().find(token);
    final long hi = issue.voucher().hi();
    final long lo = issue.voucher().lo();
    final long amount = issue.amount();
    refusal
        .begin()
        .when(vouchers.isFull() || !funds.hasRoomFor(1), Code.CAPACITY)
        .when(asset == 0, Code.ASSET_UNKNOWN)
        .when(amount <= 0, Code.AMOUNT_NOT_POSITIVE)
        .when(issue.expiresMs() <= command.timeMs, Code.DEADLINE_PASSED)
        .when(subject == 0, Code.SUBJECT_UNKNOWN)
        .when(programme == 0, Code.PROGRAMME_UNKNOWN)
        .when((hi | lo) == 0, Code.VOUCHER_UNKNOWN)
        .when(vouchers.find(hi, lo) != 0, Code.VOUCHER_EXISTS);
    if (asset != 0) {
      checkAsset(asset, programme, amount);
    }
    if (programme != 0) {
      refusal
          .add(benefits.waiting.check(subject, programme))
          .when(
              !programmes.isWithinFiscalPeriod(programme, command.timeMs),
              Code.PROGRAMME_NOT_ACTIVE)
          .add(funds.checkCommit(programme, amount));
    }
    if (!refusal.isOk()) {
      return refusal.code();
    }
    final int voucher = vouchers.add(hi, lo);
    vouchers.set(voucher, Vouchers.PROGRAMME, programme);
    vouchers.set(voucher, Vouchers.ASSET, asset);
    vouchers.set(voucher, Vouchers.SUBJECT, subject);
    vouchers.set(voucher, Vouchers.AMOUNT, amount);
    vouchers.set(voucher, Vouchers.LEFT, amount);
    vouchers.set(voucher, Vouchers.CATEGORY, issue.category());
    vouchers.set(voucher, Vouchers.EXPIRES_MS, issue.expiresMs());
    vouchers.set(voucher, Vouchers.SEQUENCE, command.sequence);
    vouchers.set(voucher, Vouchers.UNITS, funds.issue(programme, asset, voucher, amount));
    vouchers.state(voucher, VoucherState.ACTIVE);
    vouchers.timer(voucher, issue.expiresMs());
    life.say(voucher);
    return answer(voucher);
  }

  /** Whether the asset is a voucher for the programme's money, and allows this issue. */
  private void checkAsset(final int asset, final int programme, final long amount) {
    final int rules = core.assets.rules(asset);
    refusal
        .when(
            core.assets.kind(asset) != AssetKind.VOUCHER.value()
                || (programme != 0
                    && core.assets.moneyAsset(asset)
                        != programmes.intAt(programme, Programmes.CASH_ASSET)),
            Code.ASSET_RULE)
        .when((rules & AssetRules.RETIRED) != 0, Code.ASSET_RETIRED)
        .when((rules & AssetRules.FROZEN) != 0, Code.ASSET_FROZEN)
        .when(
            (rules & (AssetRules.UNIQUE | AssetRules.ONE_PER_HOLDER)) != 0 && amount > 1,
            Code.ASSET_RULE)
        .when(
            (rules & AssetRules.UNIQUE) != 0
                && core.ledger.accounts().balance(core.assets.issuer(asset)) != 0,
            Code.ASSET_RULE)
        .when(
            amount
                > Long.MAX_VALUE - core.ledger.accounts().debitsPosted(core.assets.issuer(asset)),
            Code.AMOUNT_OVERFLOW);
  }

  private Code redeem(final Command command) {
    redeem.wrap(command.buffer, command.block, RedeemVoucherDecoder.BLOCK_LENGTH, 1);
    final int voucher = vouchers.find(redeem.voucher().hi(), redeem.voucher().lo());
    int merchant = benefits.merchants.find(redeem.merchant());
    if (merchant != 0
        && command.participant != 0
        && command.participant != benefits.merchants.participant(merchant)) {
      merchant = 0;
    }
    final long amount = redeem.amount();
    refusal
        .begin()
        .when(amount <= 0, Code.AMOUNT_NOT_POSITIVE)
        .when(voucher == 0, Code.VOUCHER_UNKNOWN)
        .when(merchant == 0, Code.MERCHANT_UNKNOWN);
    benefits.usedVerdicts.check(redeem.verdict(), command.timeMs, refusal);
    if (voucher != 0) {
      core.answer.state = vouchers.state(voucher).value();
      checkVoucher(voucher, merchant, amount, command.timeMs);
    }
    final int account = merchant == 0 || voucher == 0 ? 0 : creditorAccount(merchant, voucher);
    if (refusal.isOk()) {
      refusal.add(
          funds.checkRedeem(
              vouchers.intAt(voucher, Vouchers.PROGRAMME),
              vouchers.intAt(voucher, Vouchers.ASSET),
              vouchers.intAt(voucher, Vouchers.UNITS),
              account,
              amount));
    }
    if (!refusal.isOk()) {
      return refusal.code();
    }
    pay(command, voucher, merchant, account, amount);
    return answer(voucher);
  }

  private void checkVoucher(
      final int voucher, final int merchant, final long amount, final long nowMs) {
    final int programme = vouchers.intAt(voucher, Vouchers.PROGRAMME);
    final boolean live =
        vouchers.isLive(voucher) && nowMs < vouchers.get(voucher, Vouchers.EXPIRES_MS);
    refusal
        .when(
            redeem.verdict().assurance() < benefits.waiting.assuranceMin(programme),
            Code.VERDICT_ASSURANCE_LOW)
        .when(
            core.identity.subjects().status(vouchers.intAt(voucher, Vouchers.SUBJECT))
                != org.civicswitch.identity.SubjectStatus.ACTIVE,
            Code.SUBJECT_NOT_ACTIVE)
        .when(!live, Code.VOUCHER_NOT_ACTIVE)
        .when(amount > vouchers.get(voucher, Vouchers.LEFT), Code.VOUCHER_AMOUNT)
        .when(
            merchant != 0
                && vouchers.get(voucher, Vouchers.CATEGORY) != 0
                && vouchers.intAt(voucher, Vouchers.CATEGORY)
                    != benefits.merchants.category(merchant),
            Code.MERCHANT_CATEGORY);
  }

  /** The ledger account of the merchant's bank, checked; 0 when something speaks against it. */
  private int creditorAccount(final int merchant, final int voucher) {
    final int bank = benefits.merchants.participant(merchant);
    final int position =
        core.positions.find(
            bank,
            programmes.intAt(vouchers.intAt(voucher, Vouchers.PROGRAMME), Programmes.CASH_ASSET));
    refusal
        .when(
            !core.participants.isActive(core.participants.find(bank)),
            Code.CREDITOR_AGENT_NOT_ACTIVE)
        .when(position == 0, Code.ACCOUNT_UNKNOWN);
    return position == 0 ? 0 : core.positions.account(position);
  }

  private void pay(
      final Command command,
      final int voucher,
      final int merchant,
      final int account,
      final long amount) {
    final int programme = vouchers.intAt(voucher, Vouchers.PROGRAMME);
    benefits.usedVerdicts.use(redeem.verdict(), command.sequence);
    funds.redeem(
        programme,
        vouchers.intAt(voucher, Vouchers.ASSET),
        vouchers.intAt(voucher, Vouchers.UNITS),
        account,
        amount);
    core.positions.transferred(
        0,
        core.positions.find(
            benefits.merchants.participant(merchant),
            programmes.intAt(programme, Programmes.CASH_ASSET)),
        amount);
    final long left = vouchers.get(voucher, Vouchers.LEFT) - amount;
    vouchers.set(voucher, Vouchers.LEFT, left);
    vouchers.state(voucher, VoucherState.PARTLY_SPENT);
    life.sayRedeemed(
        command, voucher, redeem.merchant(), benefits.merchants.participant(merchant), amount);
    if (left == 0) {
      life.end(voucher, VoucherState.SPENT);
    } else {
      life.say(voucher);
    }
  }

  private Code cancel(final Command command) {
    cancel.wrap(command.buffer, command.block, CancelVoucherDecoder.BLOCK_LENGTH, 1);
    int voucher = vouchers.find(cancel.voucher().hi(), cancel.voucher().lo());
    if (voucher != 0
        && !benefits.programmeCommands.mayAct(
            command, vouchers.intAt(voucher, Vouchers.PROGRAMME))) {
      voucher = 0;
    }
    if (voucher == 0) {
      return Code.VOUCHER_UNKNOWN;
    }
    core.answer.state = vouchers.state(voucher).value();
    if (!vouchers.isLive(voucher)) {
      return Code.VOUCHER_NOT_ACTIVE;
    }
    if (command.timeMs >= vouchers.get(voucher, Vouchers.EXPIRES_MS)) {
      // Its timer has not come up yet. The time in the log decides, not the timer.
      life.end(voucher, VoucherState.EXPIRED);
      core.answer.state = VoucherState.EXPIRED.value();
      return Code.VOUCHER_NOT_ACTIVE;
    }
    life.end(voucher, VoucherState.CANCELLED);
    return answer(voucher);
  }

  private Code answer(final int voucher) {
    core.answer.state = vouchers.state(voucher).value();
    core.answer.value = vouchers.get(voucher, Vouchers.LEFT);
    return Code.OK;
  }
}
