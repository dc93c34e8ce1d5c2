package org.civicswitch.ops.reporting;

import java.util.Locale;

/** The tables that events become rows of; their columns stand in the schema alone. */
enum Table {
  MINUTES,
  PARTICIPANTS(1),
  ASSETS(1),
  CONNECTIONS(2),
  OPERATORS(1),
  SETTINGS(1),
  OPERATOR_ACTIONS,
  PROPOSALS(1),
  APPROVAL_RULES(3),
  POSITIONS(2),
  POSITION_HISTORY,
  LIQUIDITY_MOVEMENTS,
  WINDOWS,
  SETTLEMENT_MODELS(2),
  WINDOW_STEPS,
  OBLIGATIONS,
  SETTLED_OBLIGATIONS,
  PARTICIPANT_DEFAULTS,
  COLLATERAL_MOVEMENTS,
  DEFERRED_POSITIONS(2),
  PENDING_PAYMENTS,
  FINAL_PAYMENTS,
  RETURNS,
  REFUSALS,
  PROGRAMMES(1),
  ENVELOPES(1),
  DISBURSEMENTS,
  CLOSED_CYCLES,
  LIFE_EVENTS,
  MERCHANTS(1),
  VOUCHERS(1),
  REDEMPTIONS;

  private final int keys;

  Table() {
    this(0);
  }

  Table(final int keys) {
    this.keys = keys;
  }

  /** How many first columns are the key under which a row replaces another; 0: rows are added. */
  int keys() {
    return keys;
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
