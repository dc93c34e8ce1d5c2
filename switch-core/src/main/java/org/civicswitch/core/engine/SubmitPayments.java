package org.civicswitch.core.engine;

import static org.civicswitch.core.protocol.SubmitPaymentDecoder.PaymentsDecoder;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.Field;
import org.civicswitch.core.protocol.Parameter;
import org.civicswitch.core.protocol.PaymentMode;
import org.civicswitch.core.protocol.SettlementModel;
import org.civicswitch.core.protocol.SubmitPaymentDecoder;
import org.civicswitch.ledger.AssetRules;

/** Takes payments in. */
final class SubmitPayments implements CommandHandler {
  private final Core core;
  private final PaymentTerms terms = new PaymentTerms();
  private final SubmitPaymentDecoder submit = new SubmitPaymentDecoder();
  private final Precedence refusal = new Precedence();
  private PaymentsDecoder payments;

  SubmitPayments(final Core core) {
    this.core = core;
  }

  CommandKind kind() {
    return new CommandKind(
            SubmitPaymentDecoder.TEMPLATE_ID, SubmitPaymentDecoder.BLOCK_LENGTH, this)
        .items(
            PaymentsDecoder.sbeBlockLength(),
            true,
            PaymentsDecoder.keyEncodingOffset(),
            PaymentsDecoder.createdMsEncodingOffset())
        .itemId(PaymentsDecoder.uetrEncodingOffset())
        .itemByteMax(PaymentsDecoder.modeEncodingOffset(), PaymentMode.ONE_PHASE.value())
        .itemByteMax(
            PaymentsDecoder.settlementModelEncodingOffset(),
            SettlementModel.DEFERRED_NET_BILATERAL.value())
        .compare(Field.AMOUNT, PaymentsDecoder.amountEncodingOffset(), 8)
        .compare(Field.AMOUNT, PaymentsDecoder.assetEncodingOffset(), 4)
        .compare(Field.DEBTOR_AGENT, PaymentsDecoder.debtorAgentEncodingOffset(), 4)
        .compare(Field.CREDITOR_AGENT, PaymentsDecoder.creditorAgentEncodingOffset(), 4)
        .compare(Field.UETR, PaymentsDecoder.uetrEncodingOffset(), 16)
        // alias, its version and its owner follow each other
        .compare(Field.ALIAS, PaymentsDecoder.aliasEncodingOffset(), 32 + 8 + 32)
        .compare(Field.CONTENT, PaymentsDecoder.contentDigestEncodingOffset(), 32)
        .compare(Field.VALUE_DATE, PaymentsDecoder.valueDateEncodingOffset(), 4)
        // mode, settlement model and scheme
        .compare(Field.OTHER, PaymentsDecoder.modeEncodingOffset(), 4)
        .compare(Field.OTHER, PaymentsDecoder.timeoutMsEncodingOffset(), 4);
  }

  @Override
  public void begin(final Command command) {
    submit.wrap(command.buffer, command.block, SubmitPaymentDecoder.BLOCK_LENGTH, 1);
    payments = submit.payments();
  }

  @Override
  public Code apply(final Command command) {
    submit.limit(command.at);
    final PaymentsDecoder item = payments.next();
    read(command, item);
    final Code code = check(command, item);
    if (code == Code.OK) {
      core.answer.entity = core.payments.make(terms);
      core.answer.state = core.book.state(core.answer.entity).value();
    } else if (Codes.isStored(code)) {
      core.scalars.increment(Scalars.PAYMENTS_REFUSED);
      core.paymentEvents.refused(terms, code);
    }
    return code;
  }

  private void read(final Command command, final PaymentsDecoder item) {
    terms.uetrHi = item.uetr().hi();
    terms.uetrLo = item.uetr().lo();
    terms.keyHi = command.keyHi;
    terms.keyLo = command.keyLo;
    terms.debtorAgent = (int) item.debtorAgent();
    terms.creditorAgent = (int) item.creditorAgent();
    terms.asset = (int) item.asset();
    terms.amount = item.amount();
    terms.createdMs = command.createdMs;
    terms.mode = item.modeRaw();
    terms.deadlineMs =
        terms.mode == PaymentMode.ONE_PHASE.value()
            ? 0
            : command.timeMs + core.payments.timeoutMs(item.timeoutMs());
    terms.scheme = item.scheme();
    terms.model = core.deferred.models.model(terms.scheme, terms.asset);
    terms.valueDate = item.valueDate();
    terms.connection = command.connection;
    terms.digestA = item.contentDigest().a();
    terms.digestB = item.contentDigest().b();
    terms.digestC = item.contentDigest().c();
    terms.digestD = item.contentDigest().d();
    terms.payload = command.buffer;
    terms.payloadAt = command.dataAt;
    terms.payloadLength = command.dataLength;
  }

  /** The first code that applies, in the order of {@link Code}. */
  private Code check(final Command command, final PaymentsDecoder item) {
    if (terms.debtorAgent != command.participant
        && !core.connections.mayAct(command.connection, terms.debtorAgent, command.template)) {
      return Code.CONNECTION_NOT_GRANTED;
    }
    if (core.book.isFull() || core.ledger.pendingRoom() == 0) {
      return Code.CAPACITY;
    }
    // Resolved first, because it decides who the creditor agent is; answered in its place.
    final Code identity =
        refusal
            .begin()
            .add(core.identities.resolve(item, terms))
            .add(core.identities.checkVerdict(item.verdict()))
            .code();
    Code code = checkAgents();
    if (code == Code.OK) {
      code = checkAccounts();
    }
    if (code == Code.OK) {
      code = checkAmount();
    }
    if (code == Code.OK) {
      code = identity;
    }
    final int named = item.settlementModelRaw();
    return code == Code.OK && named != 0 && named != terms.model ? Code.SETTLEMENT_MODEL : code;
  }

  private Code checkAgents() {
    final int debtor = core.participants.find(terms.debtorAgent);
    if (debtor == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (!core.participants.isActive(debtor)) {
      return Code.PARTICIPANT_NOT_ACTIVE;
    }
    final int creditor = core.participants.find(terms.creditorAgent);
    if (creditor == 0) {
      return Code.CREDITOR_AGENT_UNKNOWN;
    }
    return core.participants.isActive(creditor) ? Code.OK : Code.CREDITOR_AGENT_NOT_ACTIVE;
  }

  private Code checkAccounts() {
    final int asset = core.assets.find(terms.asset);
    if (asset == 0) {
      return Code.ASSET_UNKNOWN;
    }
    terms.debtorPosition = core.positions.find(terms.debtorAgent, terms.asset);
    terms.creditorPosition = core.positions.find(terms.creditorAgent, terms.asset);
    if (terms.debtorPosition == 0 || terms.creditorPosition == 0) {
      final int rules = core.assets.rules(asset);
      if ((rules & AssetRules.RETIRED) != 0) {
        return Code.ASSET_RETIRED;
      }
      return (rules & AssetRules.FROZEN) != 0 ? Code.ASSET_FROZEN : Code.ACCOUNT_UNKNOWN;
    }
    if (terms.model != SettlementModel.PREFUNDED_GROSS.value()) {
      terms.debtorAccount = core.positions.deferred(terms.debtorPosition);
      terms.creditorAccount = core.positions.deferred(terms.creditorPosition);
      return terms.debtorAccount == 0 || terms.creditorAccount == 0
          ? Code.ACCOUNT_UNKNOWN
          : Code.OK;
    }
    terms.debtorAccount = core.positions.account(terms.debtorPosition);
    terms.creditorAccount = core.positions.account(terms.creditorPosition);
    return Code.OK;
  }

  private Code checkAmount() {
    final Code ledger = core.payments.check(terms);
    final long max =
        Math.min(
            core.settings.get(Parameter.PAYMENT_AMOUNT_MAX),
            core.positions.paymentMax(terms.debtorPosition));
    return terms.amount > max
            && (ledger == Code.OK || ledger.value() > Code.AMOUNT_OVER_LIMIT.value())
        ? Code.AMOUNT_OVER_LIMIT
        : ledger;
  }

  @Override
  public void describe(final int payment, final Answer answer) {
    core.describePayment(payment, answer);
  }
}
