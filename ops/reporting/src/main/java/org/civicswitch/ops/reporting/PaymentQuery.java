package org.civicswitch.ops.reporting;

import java.util.UUID;
import java.util.function.Consumer;
import org.civicswitch.gateway.kit.Digest256;

/**
 * What payments are looked for: all that is given must hold; null and 0 in {@code asset} and {@code
 * participant} ask for nothing.
 *
 * @param id a UETR, an instruction's id, an envelope, or either id of a return of the payment
 * @param alias token that it was sent to
 * @param participant debtor or creditor agent
 * @param debtorAgent debtor agent alone
 * @param creditorAgent creditor agent alone
 * @param asset in which
 * @param amountFrom minor units, this or more
 * @param amountTo minor units, this or less
 * @param status as in {@link PaymentRow#status}
 * @param reason a code such as NET_DEBIT_CAP, or the four letters of a bank
 * @param fromMs opened at or after this
 * @param toMs opened before this
 * @param window settlement window
 */
public record PaymentQuery(
    UUID id,
    Digest256 alias,
    long participant,
    long debtorAgent,
    long creditorAgent,
    long asset,
    Long amountFrom,
    Long amountTo,
    PaymentStatus status,
    String reason,
    Long fromMs,
    Long toMs,
    Long window) {
  private static final PaymentQuery ALL =
      new PaymentQuery(null, null, 0, 0, 0, 0, null, null, null, null, null, null, null);

  /**
   * @throws IllegalArgumentException naming what cannot be looked for
   */
  public PaymentQuery {
    if (amountFrom != null && amountTo != null && amountFrom > amountTo) {
      throw new IllegalArgumentException("the amounts are from " + amountFrom + " to " + amountTo);
    }
    if (fromMs != null && toMs != null && fromMs > toMs) {
      throw new IllegalArgumentException("the times are from " + fromMs + " to " + toMs);
    }
    if (reason != null && !reason.matches("[A-Z0-9_]{1,32}")) {
      throw new IllegalArgumentException(
          "a reason is a code such as NET_DEBIT_CAP or four letters such as AC04");
    }
  }

  /** Every payment; narrowed by the methods below, which return another query. */
  public static PaymentQuery all() {
    return ALL;
  }

  public PaymentQuery withId(final UUID value) {
    return with(draft -> draft.id = value);
  }

  public PaymentQuery withAlias(final Digest256 value) {
    return with(draft -> draft.alias = value);
  }

  /** Debtor or creditor agent. */
  public PaymentQuery withParticipant(final long value) {
    return with(draft -> draft.participant = value);
  }

  /** Debtor agent, creditor agent, or 0 for either. */
  public PaymentQuery withAgents(final long debtor, final long creditor) {
    return with(
        draft -> {
          draft.debtorAgent = debtor;
          draft.creditorAgent = creditor;
        });
  }

  /** Minor units of an asset (0: of any), from and to included; null for no bound. */
  public PaymentQuery withAmount(final long ofAsset, final Long from, final Long to) {
    return with(
        draft -> {
          draft.asset = ofAsset;
          draft.amountFrom = from;
          draft.amountTo = to;
        });
  }

  public PaymentQuery withStatus(final PaymentStatus value) {
    return with(draft -> draft.status = value);
  }

  public PaymentQuery withReason(final String value) {
    return with(draft -> draft.reason = value);
  }

  /** Opened at or after the one and before the other; null for no bound. */
  public PaymentQuery withTime(final Long from, final Long to) {
    return with(
        draft -> {
          draft.fromMs = from;
          draft.toMs = to;
        });
  }

  public PaymentQuery withWindow(final long value) {
    return with(draft -> draft.window = value);
  }

  private PaymentQuery with(final Consumer<Draft> narrowing) {
    final Draft draft = new Draft(this);
    narrowing.accept(draft);
    return draft.query();
  }

  /** The same fields, to be changed one at a time. */
  private static final class Draft {
    private UUID id;
    private Digest256 alias;
    private long participant;
    private long debtorAgent;
    private long creditorAgent;
    private long asset;
    private Long amountFrom;
    private Long amountTo;
    private PaymentStatus status;
    private String reason;
    private Long fromMs;
    private Long toMs;
    private Long window;

    Draft(final PaymentQuery query) {
      id = query.id;
      alias = query.alias;
      participant = query.participant;
      debtorAgent = query.debtorAgent;
      creditorAgent = query.creditorAgent;
      asset = query.asset;
      amountFrom = query.amountFrom;
      amountTo = query.amountTo;
      status = query.status;
      reason = query.reason;
      fromMs = query.fromMs;
      toMs = query.toMs;
      window = query.window;
    }

    PaymentQuery query() {
      return new PaymentQuery(
          id,
          alias,
          participant,
          debtorAgent,
          creditorAgent,
          asset,
          amountFrom,
          amountTo,
          status,
          reason,
          fromMs,
          toMs,
          window);
    }
  }
}
