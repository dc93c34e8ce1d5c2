package org.civicswitch.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.civicswitch.core.protocol.Code;
import org.civicswitch.core.protocol.PositionChangedEncoder;
import org.civicswitch.core.protocol.SetParticipantLimitDecoder;
import org.civicswitch.ledger.Accounts;
import org.civicswitch.ledger.Ledger;
import org.civicswitch.memory.IdIndex;
import org.civicswitch.memory.RecordStore;
import org.civicswitch.memory.StateSpace;

/**
 * Where participants stand in each asset. A direct participant's position is a ledger account. An
 * indirect one draws on its settlement participant's account under its own cap: what it drew is
 * counted here beside the ledger.
 */
final class Positions implements CommandHandler {
  private static final int WORDS = 16;
  private static final int KEY = 0;
  private static final int ACCOUNT = 1;
  private static final int PAYMENT_MAX = 2;
  private static final int INDIRECT = 3;

  // Of an indirect participant only; for a direct one the ledger knows.
  private static final int CAP = 4;
  private static final int DEBITS_POSTED = 5;
  private static final int CREDITS_POSTED = 6;
  private static final int DEBITS_PENDING = 7;
  private static final int CREDITS_PENDING = 8;

  // Of a direct participant only: accounts in the ledger; of the second 0 until there is any.
  private static final int DEFERRED = 9;
  private static final int COLLATERAL = 10;

  private final RecordStore store;
  private final IdIndex index;
  private final Ledger ledger;
  private final Participants participants;
  private final Assets assets;
  private final Feed feed;
  private final SetParticipantLimitDecoder limit = new SetParticipantLimitDecoder();
  private final PositionChangedEncoder changed = new PositionChangedEncoder();

  Positions(
      final StateSpace space,
      final Ledger ledger,
      final Participants participants,
      final Assets assets,
      final Feed feed,
      final int capacity) {
    store = space.add("engine.positions", WORDS, capacity);
    index = new IdIndex(store, KEY, 1);
    this.ledger = ledger;
    this.participants = participants;
    this.assets = assets;
    this.feed = feed;
  }

  RecordStore records() {
    return store;
  }

  void rebuild() {
    index.rebuild();
  }

  /**
   * @return the handle of a participant's position in an asset, or 0
   */
  int find(final int participant, final int asset) {
    return index.find(AccountIds.owned(participant, asset), 0);
  }

  int touch(final int participant, final int asset) {
    final int position = index.find(AccountIds.owned(participant, asset), 0);
    return position == 0 ? 0 : ledger.accounts().touch(account(position));
  }

  /** The ledger account it moves on. */
  int account(final int position) {
    return (int) store.get(position, ACCOUNT);
  }

  /** The ledger account of what it has under deferred models; 0 of an indirect participant. */
  int deferred(final int position) {
    return (int) store.get(position, DEFERRED);
  }

  /** The ledger account of its collateral, or 0. */
  int collateral(final int position) {
    return (int) store.get(position, COLLATERAL);
  }

  void collateral(final int position, final int account) {
    store.set(position, COLLATERAL, account);
  }

  int participant(final int position) {
    return (int) (store.get(position, KEY) >>> 32);
  }

  int asset(final int position) {
    return (int) store.get(position, KEY);
  }

  boolean isIndirect(final int position) {
    return store.get(position, INDIRECT) != 0;
  }

  /** The most one payment may be, or {@link Long#MAX_VALUE}. */
  long paymentMax(final int position) {
    final long max = store.get(position, PAYMENT_MAX);
    return max == 0 ? Long.MAX_VALUE : max;
  }

  long netDebitCap(final int position) {
    return isIndirect(position)
        ? store.get(position, CAP)
        : ledger.accounts().netDebitCap(account(position));
  }

  long debitsPosted(final int position) {
    return isIndirect(position)
        ? store.get(position, DEBITS_POSTED)
        : ledger.accounts().debitsPosted(account(position));
  }

  long creditsPosted(final int position) {
    return isIndirect(position)
        ? store.get(position, CREDITS_POSTED)
        : ledger.accounts().creditsPosted(account(position));
  }

  long debitsPending(final int position) {
    return isIndirect(position)
        ? store.get(position, DEBITS_PENDING)
        : ledger.accounts().debitsPending(account(position));
  }

  long creditsPending(final int position) {
    return isIndirect(position)
        ? store.get(position, CREDITS_PENDING)
        : ledger.accounts().creditsPending(account(position));
  }

  /** OK, or NET_DEBIT_CAP when an indirect participant would draw more than it may. */
  Code checkOwnCap(final int position, final long amount) {
    if (!isIndirect(position)) {
      return Code.OK;
    }
    // Each is at most what the account counts, so the sums stay within twice 63 bits' half.
    final long drawn =
        store.get(position, DEBITS_POSTED)
            - store.get(position, CREDITS_POSTED)
            + store.get(position, DEBITS_PENDING);
    return drawn > store.get(position, CAP) - amount ? Code.NET_DEBIT_CAP : Code.OK;
  }

  /** Counts a reservation; a position of 0 is somebody who has none here. */
  void reserved(final int debtor, final int creditor, final long amount) {
    add(debtor, DEBITS_PENDING, amount);
    add(creditor, CREDITS_PENDING, amount);
  }

  void posted(final int debtor, final int creditor, final long amount) {
    voided(debtor, creditor, amount);
    transferred(debtor, creditor, amount);
  }

  void voided(final int debtor, final int creditor, final long amount) {
    add(debtor, DEBITS_PENDING, -amount);
    add(creditor, CREDITS_PENDING, -amount);
  }

  void transferred(final int debtor, final int creditor, final long amount) {
    add(debtor, DEBITS_POSTED, amount);
    add(creditor, CREDITS_POSTED, amount);
  }

  private void add(final int position, final int word, final long amount) {
    if (position != 0 && isIndirect(position)) {
      store.set(position, word, Math.addExact(store.get(position, word), amount));
    }
  }

  /**
   * Compares what is pending at indirect participants with their payments; for checks.
   *
   * @param debits by position, of reserved payments
   * @param credits the same
   */
  void check(final long[] debits, final long[] credits, final List<String> problems) {
    store.forEach(
        position -> {
          if (isIndirect(position)
              && (debitsPending(position) != debits[position]
                  || creditsPending(position) != credits[position])) {
            problems.add("position " + position + ": what is pending are not its payments");
          }
        });
  }

  /** All of them; for checks. */
  List<EngineSummary.PositionTotal> totals() {
    final List<EngineSummary.PositionTotal> totals = new ArrayList<>();
    store.forEach(
        position ->
            totals.add(
                new EngineSummary.PositionTotal(
                    Integer.toUnsignedLong(participant(position)),
                    participants.code(participants.find(participant(position))),
                    Integer.toUnsignedLong(asset(position)),
                    assets.code(assets.find(asset(position))),
                    creditsPosted(position) - debitsPosted(position),
                    debitsPending(position),
                    creditsPending(position),
                    netDebitCap(position))));
    return totals;
  }

  @Override
  public Code apply(final Command command) {
    limit.wrap(command.buffer, command.block, SetParticipantLimitDecoder.BLOCK_LENGTH, 1);
    final int participant = (int) limit.target();
    final int asset = (int) limit.asset();
    final int participantHandle = participants.find(participant);
    final int assetHandle = assets.find(asset);
    int position = find(participant, asset);
    if (position == 0 && store.isFull()) {
      return Code.CAPACITY;
    }
    if (participantHandle == 0) {
      return Code.PARTICIPANT_UNKNOWN;
    }
    if (assetHandle == 0) {
      return Code.ASSET_UNKNOWN;
    }
    if (limit.netDebitCap() < 0 || limit.paymentMax() < 0) {
      return Code.CONFIG_INVALID;
    }
    if (position == 0) {
      final Code refusal = open(participantHandle, participant, asset, assetHandle);
      if (refusal != Code.OK) {
        return refusal;
      }
      position = find(participant, asset);
    }
    store.set(position, PAYMENT_MAX, limit.paymentMax());
    if (isIndirect(position)) {
      store.set(position, CAP, limit.netDebitCap());
    } else {
      Ledgers.done(ledger.accounts().setNetDebitCap(account(position), limit.netDebitCap()));
    }
    changed(position);
    return Code.OK;
  }

  private Code open(
      final int participantHandle, final int participant, final int asset, final int assetHandle) {
    final boolean indirect = participants.isIndirect(participantHandle);
    final int account;
    int deferred = 0;
    if (indirect) {
      final int direct = find(participants.settlementParticipant(participantHandle), asset);
      if (direct == 0) {
        return Code.ACCOUNT_UNKNOWN;
      }
      account = account(direct);
    } else {
      final long owner = AccountIds.owned(participant, asset);
      final int ledgerAsset = assets.ledgerAsset(assetHandle);
      final Code refusal =
          Ledgers.code(
              ledger,
              ledger.accounts().checkOpen(AccountIds.POSITION, owner, ledgerAsset, 0, 0),
              0);
      if (refusal != Code.OK) {
        return refusal;
      }
      if (ledger.accounts().room() < 2) {
        return Code.CAPACITY;
      }
      account = Ledgers.made(ledger.accounts().open(AccountIds.POSITION, owner, ledgerAsset, 0, 0));
      // Its limit depends on the scheme and on collateral, so it is kept here (DeferredNet).
      deferred =
          Ledgers.made(
              ledger
                  .accounts()
                  .open(AccountIds.DEFERRED_POSITION, owner, ledgerAsset, 0, Accounts.NO_CAP));
    }
    final int position = store.allocate();
    store.set(position, KEY, AccountIds.owned(participant, asset));
    store.set(position, ACCOUNT, account);
    store.set(position, INDIRECT, indirect ? 1 : 0);
    store.set(position, DEFERRED, deferred);
    index.put(position);
    return Code.OK;
  }

  /** Puts out the position as it is now, after every change that is not a payment. */
  void changed(final int position) {
    changed.wrapAndApplyHeader(feed.buffer(), feed.offset(), feed.header());
    feed.stamp(changed.at());
    final long key = store.get(position, KEY);
    changed
        .participant(key >>> 32)
        .asset(key & 0xFFFFFFFFL)
        .netDebitCap(netDebitCap(position))
        .paymentMax(store.get(position, PAYMENT_MAX))
        .debitsPosted(debitsPosted(position))
        .creditsPosted(creditsPosted(position))
        .debitsPending(debitsPending(position))
        .creditsPending(creditsPending(position));
    feed.commit(changed.encodedLength());
  }
}
