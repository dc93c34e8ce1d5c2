-- Deferred settlement: what payments of a window add up to, and what became of it. participant 0: the default fund.

-- How a scheme settles in an asset; one that is not here is prefunded gross. uncovered 1: caps beyond collateral.
CREATE TABLE settlement_models (
  scheme            INTEGER NOT NULL,
  asset             BIGINT NOT NULL,
  settlement_model  VARCHAR(24) NOT NULL,
  uncovered         INTEGER NOT NULL,
  operator          BIGINT,
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL,
  PRIMARY KEY (scheme, asset)
);

-- States of a window after its close (windows); operator: none where the switch itself got there.
CREATE TABLE window_steps (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  window_number     BIGINT NOT NULL,
  state             VARCHAR(24) NOT NULL,
  obligations       BIGINT NOT NULL,
  operator          BIGINT,
  settlement_reference UUID
);
CREATE INDEX window_steps_window ON window_steps (window_number, feed_sequence);

-- What a participant paid and was paid in a window, against all (counterparty 0) or one other.
-- Over the rows of a window and asset with counterparty 0, debits and credits are equal.
CREATE TABLE obligations (
  window_number     BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  counterparty      BIGINT NOT NULL,
  debits            BIGINT NOT NULL,
  credits           BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  recorded_ms       BIGINT NOT NULL,
  PRIMARY KEY (window_number, asset, participant, counterparty)
);
CREATE INDEX obligations_participant ON obligations (participant, window_number);

-- net: credits less debits; covered: of that, what collateral and default fund paid.
CREATE TABLE settled_obligations (
  window_number     BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  counterparty      BIGINT NOT NULL,
  net               BIGINT NOT NULL,
  covered           BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  settled_ms        BIGINT NOT NULL,
  PRIMARY KEY (window_number, asset, participant, counterparty)
);

CREATE TABLE participant_defaults (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  window_number     BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  counterparty      BIGINT NOT NULL,
  operator          BIGINT,
  shortfall         BIGINT NOT NULL,
  from_collateral   BIGINT NOT NULL,
  from_fund         BIGINT NOT NULL
);

CREATE TABLE collateral_movements (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  kind              VARCHAR(24) NOT NULL,
  settlement_reference UUID NOT NULL
);
CREATE INDEX collateral_movements_participant ON collateral_movements (participant, feed_sequence);

-- As the last event said that is not a payment; payments since then are in payment_events.
CREATE TABLE deferred_positions (
  participant       BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  debits_posted     BIGINT NOT NULL,
  credits_posted    BIGINT NOT NULL,
  debits_pending    BIGINT NOT NULL,
  credits_pending   BIGINT NOT NULL,
  collateral        BIGINT NOT NULL,
  collateral_pending BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  PRIMARY KEY (participant, asset)
);

-- How what it returns was settled, and so the return too.
ALTER TABLE returns ADD COLUMN settlement_model VARCHAR(24) DEFAULT 'PREFUNDED_GROSS' NOT NULL;
