package org.civicswitch.core.engine;

import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.QueryDecoder;
import org.civicswitch.core.protocol.QueryKind;
import org.civicswitch.core.protocol.ValueName;
import org.civicswitch.ledger.Accounts;

/** Exact reads at their place in the log. Nothing is changed and nothing remembered. */
final class Queries implements CommandHandler {
  private final Core core;
  private final QueryDecoder query = new QueryDecoder();
  private final QueryAnswer[] answers = new QueryAnswer[QueryKind.ALIAS.value() + 1];

  Queries(final Core core) {
    this.core = core;
    define(QueryKind.POSITION, this::position);
    define(QueryKind.PAYMENT, this::payment);
    define(QueryKind.STATE_HASH, this::stateHash);
  }

  CommandKind kind() {
    return new CommandKind(QueryDecoder.TEMPLATE_ID, QueryDecoder.BLOCK_LENGTH, this)
        .hostMaySend()
        .byteMax(QueryDecoder.queryKindEncodingOffset(), answers.length - 1);
  }

  /** Says who answers a kind of query. */
  void define(final QueryKind kind, final QueryAnswer answer) {
    answers[kind.value()] = answer;
  }

  @Override
  public Code apply(final Command command) {
    query.wrap(command.buffer, command.block, QueryDecoder.BLOCK_LENGTH, 1);
    final QueryAnswer answer = answers[query.queryKindRaw()];
    return answer == null
        ? Code.UNKNOWN_KIND
        : answer.answer(query, command.participant, core.answer);
  }

  /** Of participant 0: the asset's issuer account, which mirrors the settlement account outside. */
  private Code position(final QueryDecoder query, final int participant, final Answer answer) {
    final int target = (int) query.target();
    if (participant != 0 && target != participant) {
      return Code.CONNECTION_NOT_GRANTED;
    }
    if (target != 0 && core.participants.find(target) == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    final int asset = core.assets.find((int) query.asset());
    if (asset == 0) {
      return Code.ASSET_UNKNOWN;
    }
    if (target == 0) {
      issuer(core.assets.issuer(asset), answer);
      return Code.OK;
    }
    final int position = core.positions.find(target, (int) query.asset());
    if (position == 0) {
      return Code.ACCOUNT_UNKNOWN;
    }
    final Positions positions = core.positions;
    answer.value = positions.creditsPosted(position) - positions.debitsPosted(position);
    answer.value(ValueName.DEBITS_POSTED, positions.debitsPosted(position));
    answer.value(ValueName.CREDITS_POSTED, positions.creditsPosted(position));
    answer.value(ValueName.DEBITS_PENDING, positions.debitsPending(position));
    answer.value(ValueName.CREDITS_PENDING, positions.creditsPending(position));
    answer.value(ValueName.NET_DEBIT_CAP, positions.netDebitCap(position));
    answer.value(ValueName.PAYMENT_MAX, positions.paymentMax(position));
    return Code.OK;
  }

  private void issuer(final int account, final Answer answer) {
    final Accounts accounts = core.ledger.accounts();
    answer.value = accounts.balance(account);
    answer.value(ValueName.DEBITS_POSTED, accounts.debitsPosted(account));
    answer.value(ValueName.CREDITS_POSTED, accounts.creditsPosted(account));
    answer.value(ValueName.DEBITS_PENDING, accounts.debitsPending(account));
    answer.value(ValueName.CREDITS_PENDING, accounts.creditsPending(account));
  }

  private Code payment(final QueryDecoder query, final int participant, final Answer answer) {
    final PaymentBook book = core.book;
    final int payment = book.find(query.id().hi(), query.id().lo());
    if (payment == 0
        || (participant != 0
            && participant != book.debtorAgent(payment)
            && participant != book.creditorAgent(payment))) {
      return Code.PAYMENT_UNKNOWN;
    }
    answer.state = book.state(payment).value();
    answer.value = book.amount(payment);
    answer.value(ValueName.AMOUNT, book.amount(payment));
    answer.value(ValueName.RETURNED_AMOUNT, book.returned(payment));
    answer.value(ValueName.DEADLINE_MS, book.deadlineMs(payment));
    answer.value(ValueName.DEBTOR_AGENT, Integer.toUnsignedLong(book.debtorAgent(payment)));
    answer.value(ValueName.CREDITOR_AGENT, Integer.toUnsignedLong(book.creditorAgent(payment)));
    answer.value(ValueName.ASSET, Integer.toUnsignedLong(book.asset(payment)));
    answer.value(ValueName.WINDOW, Integer.toUnsignedLong(book.window(payment)));
    answer.value(ValueName.RESERVED_SEQUENCE, book.madeSequence(payment));
    answer.value(ValueName.FINAL_SEQUENCE, book.finalSequence(payment));
    return Code.OK;
  }

  /** The state as it is after this command, which changes nothing more. */
  private Code stateHash(final QueryDecoder query, final int participant, final Answer answer) {
    if (participant != 0) {
      return Code.CONNECTION_NOT_GRANTED;
    }
    // What was due before it may still have something to say and to close.
    core.endCommand();
    answer.value = core.space.stateHash();
    answer.value(ValueName.FEED_SEQUENCE, core.scalars.get(Scalars.FEED_SEQUENCE));
    answer.value(ValueName.WINDOW, core.scalars.get(Scalars.WINDOW));
    return Code.OK;
  }
}
