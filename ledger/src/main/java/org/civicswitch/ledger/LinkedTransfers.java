package org.civicswitch.ledger;

import java.util.Arrays;
import org.civicswitch.memory.RecordStore;

/**
 * Up to {@link #MAX_LEGS} steps that stand or fall together, given to {@link Ledger#execute}. Each
 * leg is judged as if those before it had been done. Reused: {@link #clear}, add, execute.
 *
 * <p>A post or void leg names a reservation made before the chain; the handles of reservations made
 * by the chain are known after it, from {@link #pending}. One thread.
 */
public final class LinkedTransfers {
  /** Most legs of one chain. */
  public static final int MAX_LEGS = 16;

  static final int RESERVE = 1;
  static final int TRANSFER = 2;
  static final int POST = 3;
  static final int VOID = 4;

  final int[] kinds = new int[MAX_LEGS];

  /** Debit account or reservation. */
  final int[] firsts = new int[MAX_LEGS];

  final int[] credits = new int[MAX_LEGS];
  final long[] amounts = new long[MAX_LEGS];

  /** Deadline of a reservation, time of a post. */
  final long[] times = new long[MAX_LEGS];

  final long[] sequences = new long[MAX_LEGS];
  final int[] made = new int[MAX_LEGS];

  // What the accounts would be like after the legs judged so far.
  final long[] scratch = new long[MAX_LEGS * 2 * AccountRecord.WORDS];
  private final int[] accounts = new int[MAX_LEGS * 2];
  private int accountCount;

  /** Reservations still possible; negative when the capacity was lowered below what is there. */
  long pendingRoom;

  private int size;
  int failedLeg = -1;

  public LinkedTransfers clear() {
    size = 0;
    failedLeg = -1;
    return this;
  }

  public int size() {
    return size;
  }

  /** See {@link Ledger#reserve}. */
  public LinkedTransfers reserve(
      final int debit,
      final int credit,
      final long amount,
      final long deadlineMs,
      final long sequence) {
    return add(RESERVE, debit, credit, amount, deadlineMs, sequence);
  }

  /** See {@link Ledger#transfer}. */
  public LinkedTransfers transfer(final int debit, final int credit, final long amount) {
    return add(TRANSFER, debit, credit, amount, 0, 0);
  }

  /** See {@link Ledger#post}. */
  public LinkedTransfers post(final int pending, final long amount, final long nowMs) {
    return add(POST, pending, 0, amount, nowMs, 0);
  }

  /** See {@link Ledger#voidPending}. */
  public LinkedTransfers voidPending(final int pending) {
    return add(VOID, pending, 0, 0, 0, 0);
  }

  /** The leg that was refused, counted from 0, or -1 if none was. */
  public int failedLeg() {
    return failedLeg;
  }

  /** The reservation a reserve leg made; 0 before a successful {@link Ledger#execute}. */
  public int pending(final int leg) {
    if (leg < 0 || leg >= size) {
      throw new IllegalArgumentException("no leg " + leg);
    }
    return made[leg];
  }

  private LinkedTransfers add(
      final int kind,
      final int first,
      final int credit,
      final long amount,
      final long time,
      final long sequence) {
    if (size == MAX_LEGS) {
      throw new IllegalStateException("more than " + MAX_LEGS + " legs");
    }
    kinds[size] = kind;
    firsts[size] = first;
    credits[size] = credit;
    amounts[size] = amount;
    times[size] = time;
    sequences[size] = sequence;
    made[size] = 0;
    size++;
    return this;
  }

  /** Whether an earlier leg has used the reservation up. */
  boolean consumed(final int pending, final int beforeLeg) {
    for (int i = 0; i < beforeLeg; i++) {
      if (kinds[i] >= POST && firsts[i] == pending) {
        return true;
      }
    }
    return false;
  }

  void begin(final long roomForPendings) {
    accountCount = 0;
    failedLeg = -1;
    pendingRoom = roomForPendings;
    Arrays.fill(made, 0, size, 0);
  }

  /** Where in the scratch the account is, as the legs so far leave it. */
  int copyOf(final RecordStore records, final int account) {
    for (int i = 0; i < accountCount; i++) {
      if (accounts[i] == account) {
        return i * AccountRecord.WORDS;
      }
    }
    final int at = accountCount * AccountRecord.WORDS;
    System.arraycopy(
        records.page(account), records.offset(account), scratch, at, AccountRecord.WORDS);
    accounts[accountCount++] = account;
    return at;
  }

  void copyBack(final RecordStore records) {
    for (int i = 0; i < accountCount; i++) {
      System.arraycopy(
          scratch,
          i * AccountRecord.WORDS,
          records.writable(accounts[i]),
          records.offset(accounts[i]),
          AccountRecord.WORDS);
    }
  }
}
