-- What happened, in the words of the field. Amounts: minor units of the asset. Times (*_ms): milliseconds UTC since
-- 1970-01-01, the log's own. Dates (*_date): days since 1970-01-01. feed_sequence: place in the feed, log_sequence: of
-- the command that caused it. Tokens are keyed hashes; nothing private is here.
-- Placeholders: token, the type of 32 bytes; what stands between pg and end is for PostgreSQL alone.

-- How far the feed is in here: one row, moved in the transaction that holds the events.
CREATE TABLE feed_position (
  id                INTEGER NOT NULL PRIMARY KEY,
  feed_sequence     BIGINT NOT NULL,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  event_crc32c      BIGINT NOT NULL
);
INSERT INTO feed_position VALUES (1, 0, 0, 0, 0);

-- The first event of each minute in which there was one: from time to sequence.
CREATE TABLE minutes (
  minute_ms         BIGINT NOT NULL PRIMARY KEY,
  feed_sequence     BIGINT NOT NULL
);

CREATE TABLE participants (
  participant       BIGINT NOT NULL PRIMARY KEY,
  settlement_participant BIGINT NOT NULL,
  status            VARCHAR(24) NOT NULL,
  code              VARCHAR(16) NOT NULL,
  name              VARCHAR(32) NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);

CREATE TABLE assets (
  asset             BIGINT NOT NULL PRIMARY KEY,
  kind              VARCHAR(24) NOT NULL,
  exponent          INTEGER NOT NULL,
  rules             INTEGER NOT NULL,
  money_asset       BIGINT NOT NULL,
  code              VARCHAR(16) NOT NULL,
  feed_sequence     BIGINT NOT NULL
);

-- A connection and what it may do for each participant; fingerprint_sha256 is that of its certificate.
CREATE TABLE connections (
  connection        BIGINT NOT NULL,
  for_participant   BIGINT NOT NULL,
  kinds_low         BIGINT NOT NULL,
  kinds_high        BIGINT NOT NULL,
  fingerprint_sha256 ${token},
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL,
  PRIMARY KEY (connection, for_participant)
);

CREATE TABLE operators (
  operator          BIGINT NOT NULL PRIMARY KEY,
  roles             VARCHAR(100) NOT NULL,
  public_key        ${token},
  feed_sequence     BIGINT NOT NULL,
  registered_ms     BIGINT NOT NULL
);

CREATE TABLE settings (
  setting           VARCHAR(40) NOT NULL PRIMARY KEY,
  setting_value     BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);

-- What a person signed or an instruction of the platform changed. operator: where the event names one.
CREATE TABLE operator_actions (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  action            VARCHAR(40) NOT NULL,
  operator          BIGINT,
  about             VARCHAR(100) NOT NULL,
  amount            BIGINT
);
CREATE INDEX operator_actions_operator ON operator_actions (operator, feed_sequence);

-- Changes that were proposed, as they stand; template: of the command proposed; signer: who acted last, none: time.
CREATE TABLE proposals (
  proposal          UUID NOT NULL PRIMARY KEY,
  template          INTEGER NOT NULL,
  state             VARCHAR(24) NOT NULL,
  approvals         INTEGER NOT NULL,
  needed            INTEGER NOT NULL,
  code              VARCHAR(40) NOT NULL,
  proposer          BIGINT NOT NULL,
  signer            BIGINT,
  expires_ms        BIGINT NOT NULL,
  stale_before_log_sequence BIGINT NOT NULL,
  change_sha256     ${token},
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);

-- How many others must approve what; asset 0: of any asset; approvals 0: the rule was taken away.
CREATE TABLE approval_rules (
  template          BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  from_amount       BIGINT NOT NULL,
  approvals         INTEGER NOT NULL,
  roles             VARCHAR(100) NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL,
  PRIMARY KEY (template, asset, from_amount)
);

-- As they stand; feed_sequence: the last event that moved it; history_sequence: its last row in position_history.
CREATE TABLE positions (
  participant       BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  net_debit_cap     BIGINT NOT NULL,
  payment_max       BIGINT NOT NULL,
  debits_posted     BIGINT NOT NULL,
  credits_posted    BIGINT NOT NULL,
  debits_pending    BIGINT NOT NULL,
  credits_pending   BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  history_sequence  BIGINT NOT NULL,
  PRIMARY KEY (participant, asset)
);

-- The same after every change that is not a payment, and at the end of every minute in which payments moved it.
-- Between two rows payments alone move a position: payment_events has them.
CREATE TABLE position_history (
  participant       BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  net_debit_cap     BIGINT NOT NULL,
  payment_max       BIGINT NOT NULL,
  debits_posted     BIGINT NOT NULL,
  credits_posted    BIGINT NOT NULL,
  debits_pending    BIGINT NOT NULL,
  credits_pending   BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  PRIMARY KEY (participant, asset, feed_sequence)
);

CREATE TABLE liquidity_movements (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  kind              VARCHAR(24) NOT NULL,
  settlement_reference UUID NOT NULL
);
CREATE INDEX liquidity_movements_participant ON liquidity_movements (participant, feed_sequence);
CREATE INDEX liquidity_movements_reference ON liquidity_movements (settlement_reference);

-- Closed settlement windows; a window opens where the one before it closes.
CREATE TABLE windows (
  window_number     BIGINT NOT NULL PRIMARY KEY,
  closed_feed_sequence BIGINT NOT NULL,
  closed_log_sequence BIGINT NOT NULL,
  closed_ms         BIGINT NOT NULL
);

-- Reserved and not yet final: small, in and out. A payment's number is the feed sequence of its first event.
CREATE TABLE pending_payments (
  payment           BIGINT NOT NULL,
  log_sequence      BIGINT NOT NULL,
  opened_ms         BIGINT NOT NULL,
  uetr              UUID NOT NULL PRIMARY KEY,
  instruction_id    UUID NOT NULL,
  debtor_agent      BIGINT NOT NULL,
  creditor_agent    BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  status            VARCHAR(24) NOT NULL,
  code              VARCHAR(32),
  reason            VARCHAR(4),
  scheme            INTEGER NOT NULL,
  settlement_model  VARCHAR(24) NOT NULL,
  payment_mode      VARCHAR(12) NOT NULL,
  window_number     BIGINT NOT NULL,
  value_date        INTEGER NOT NULL,
  created_ms        BIGINT NOT NULL,
  deadline_ms       BIGINT NOT NULL,
  envelope          UUID,
  line              BIGINT,
  connection        BIGINT,
  alias             ${token},
  returned_amount   BIGINT NOT NULL,
  final_feed_sequence BIGINT,
  final_log_sequence BIGINT,
  final_ms          BIGINT
);
CREATE INDEX pending_payments_payment ON pending_payments (payment);

-- Settled, rejected or expired: written once, when it is; a return alone changes it afterwards. The same columns.
CREATE TABLE final_payments (
  payment           BIGINT NOT NULL,
  log_sequence      BIGINT NOT NULL,
  opened_ms         BIGINT NOT NULL,
  uetr              UUID NOT NULL,
  instruction_id    UUID NOT NULL,
  debtor_agent      BIGINT NOT NULL,
  creditor_agent    BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  status            VARCHAR(24) NOT NULL,
  code              VARCHAR(32),
  reason            VARCHAR(4),
  scheme            INTEGER NOT NULL,
  settlement_model  VARCHAR(24) NOT NULL,
  payment_mode      VARCHAR(12) NOT NULL,
  window_number     BIGINT NOT NULL,
  value_date        INTEGER NOT NULL,
  created_ms        BIGINT NOT NULL,
  deadline_ms       BIGINT NOT NULL,
  envelope          UUID,
  line              BIGINT,
  connection        BIGINT,
  alias             ${token},
  returned_amount   BIGINT NOT NULL,
  final_feed_sequence BIGINT NOT NULL,
  final_log_sequence BIGINT NOT NULL,
  final_ms          BIGINT NOT NULL,
  PRIMARY KEY (payment, opened_ms)
) ${pg} PARTITION BY RANGE (opened_ms) ${end};
CREATE INDEX final_payments_uetr ON final_payments (uetr);
CREATE INDEX final_payments_instruction ON final_payments (instruction_id);
CREATE INDEX final_payments_debtor ON final_payments (debtor_agent, payment);
CREATE INDEX final_payments_creditor ON final_payments (creditor_agent, payment);
CREATE INDEX final_payments_amount ON final_payments (amount, payment);
-- Rising as rows are added: a block range index where there is one costs next to nothing.
CREATE INDEX final_payments_final ON final_payments ${pg} USING brin ${end} (final_feed_sequence);
-- Few payments are in these; where the database can, nothing is kept for the others.
CREATE INDEX final_payments_status ON final_payments (status, payment) ${pg} WHERE status <> 'SETTLED' ${end};
CREATE INDEX final_payments_code ON final_payments (code, payment) ${pg} WHERE code IS NOT NULL ${end};
CREATE INDEX final_payments_reason ON final_payments (reason, payment) ${pg} WHERE reason IS NOT NULL ${end};
CREATE INDEX final_payments_alias ON final_payments (alias, payment) ${pg} WHERE alias IS NOT NULL ${end};
CREATE INDEX final_payments_envelope ON final_payments (envelope, line) ${pg} WHERE envelope IS NOT NULL ${end};

CREATE TABLE returns (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  original_uetr     UUID NOT NULL,
  uetr              UUID NOT NULL,
  instruction_id    UUID NOT NULL,
  debtor_agent      BIGINT NOT NULL,
  creditor_agent    BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  reason            VARCHAR(4),
  original_status   VARCHAR(24) NOT NULL,
  authority_restored BOOLEAN NOT NULL,
  envelope          UUID,
  line              BIGINT
);
CREATE INDEX returns_original ON returns (original_uetr);
CREATE INDEX returns_uetr ON returns (uetr);
CREATE INDEX returns_instruction ON returns (instruction_id);

CREATE TABLE refusals (
  feed_sequence     BIGINT NOT NULL,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  participant       BIGINT NOT NULL,
  connection        BIGINT NOT NULL,
  command           INTEGER NOT NULL,
  code              VARCHAR(32) NOT NULL,
  differs           VARCHAR(24) NOT NULL,
  state             INTEGER NOT NULL,
  item              INTEGER NOT NULL,
  instruction_id    UUID NOT NULL,
  PRIMARY KEY (feed_sequence, time_ms)
) ${pg} PARTITION BY RANGE (time_ms) ${end};
CREATE INDEX refusals_participant ON refusals (participant, feed_sequence);
CREATE INDEX refusals_instruction ON refusals (instruction_id);

-- cash, authority, spent, voucher_reserve, committed: as ProgrammeChanged says them.
CREATE TABLE programmes (
  programme         BIGINT NOT NULL PRIMARY KEY,
  paying_participant BIGINT NOT NULL,
  cash_asset        BIGINT NOT NULL,
  authority_asset   BIGINT NOT NULL,
  cash              BIGINT NOT NULL,
  authority         BIGINT NOT NULL,
  spent             BIGINT NOT NULL,
  voucher_reserve   BIGINT NOT NULL,
  committed         BIGINT NOT NULL,
  code              VARCHAR(16) NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);

CREATE TABLE envelopes (
  envelope          UUID NOT NULL PRIMARY KEY,
  programme         BIGINT NOT NULL,
  benefit_cycle     BIGINT NOT NULL,
  state             VARCHAR(24) NOT NULL,
  declared_count    BIGINT NOT NULL,
  declared_total    BIGINT NOT NULL,
  added             BIGINT NOT NULL,
  added_total       BIGINT NOT NULL,
  sent              BIGINT NOT NULL,
  settled           BIGINT NOT NULL,
  settled_total     BIGINT NOT NULL,
  rejected          BIGINT NOT NULL,
  expired           BIGINT NOT NULL,
  held              BIGINT NOT NULL,
  returned          BIGINT NOT NULL,
  approvals         BIGINT NOT NULL,
  signer            BIGINT NOT NULL,
  envelope_hash     ${token},
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);
CREATE INDEX envelopes_programme ON envelopes (programme, benefit_cycle);

-- Lines of envelopes as they were taken in; held_code: why a line waits.
CREATE TABLE disbursements (
  feed_sequence     BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  envelope          UUID NOT NULL,
  line              BIGINT NOT NULL,
  instruction_id    UUID NOT NULL,
  subject           ${token},
  entitlement       BIGINT NOT NULL,
  creditor_agent    BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  held_code         VARCHAR(32),
  PRIMARY KEY (feed_sequence, time_ms)
) ${pg} PARTITION BY RANGE (time_ms) ${end};
CREATE INDEX disbursements_line ON disbursements (envelope, line);
CREATE INDEX disbursements_instruction ON disbursements (instruction_id);

CREATE TABLE closed_cycles (
  programme         BIGINT NOT NULL,
  benefit_cycle     BIGINT NOT NULL,
  envelopes         BIGINT NOT NULL,
  entitlements      BIGINT NOT NULL,
  signer            BIGINT NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  closed_ms         BIGINT NOT NULL,
  PRIMARY KEY (programme, benefit_cycle)
);

-- A registry's notice; held: how many live lines it held or freed.
CREATE TABLE life_events (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  subject           ${token},
  kind              VARCHAR(24) NOT NULL,
  occurred_date     INTEGER NOT NULL,
  recorded_ms       BIGINT NOT NULL,
  held              BIGINT NOT NULL,
  event_id          UUID NOT NULL
);

CREATE TABLE merchants (
  merchant          BIGINT NOT NULL PRIMARY KEY,
  at_participant    BIGINT NOT NULL,
  category          INTEGER NOT NULL,
  feed_sequence     BIGINT NOT NULL,
  registered_ms     BIGINT NOT NULL
);

CREATE TABLE vouchers (
  voucher           UUID NOT NULL PRIMARY KEY,
  programme         BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  state             VARCHAR(24) NOT NULL,
  amount            BIGINT NOT NULL,
  amount_left       BIGINT NOT NULL,
  category          INTEGER NOT NULL,
  expires_ms        BIGINT NOT NULL,
  subject           ${token},
  feed_sequence     BIGINT NOT NULL,
  changed_ms        BIGINT NOT NULL
);

CREATE TABLE redemptions (
  feed_sequence     BIGINT NOT NULL PRIMARY KEY,
  log_sequence      BIGINT NOT NULL,
  time_ms           BIGINT NOT NULL,
  voucher           UUID NOT NULL,
  merchant          BIGINT NOT NULL,
  at_participant    BIGINT NOT NULL,
  asset             BIGINT NOT NULL,
  amount            BIGINT NOT NULL,
  amount_left       BIGINT NOT NULL,
  instruction_id    UUID NOT NULL
);
CREATE INDEX redemptions_voucher ON redemptions (voucher);

-- Every payment, one row each.
CREATE VIEW payments AS
  SELECT * FROM pending_payments
  UNION ALL
  SELECT * FROM final_payments;

-- What happened to each payment, from the rows that say it: one row an event.
CREATE VIEW payment_events AS
  SELECT payment AS feed_sequence, log_sequence, opened_ms AS time_ms, payment, uetr, 'RESERVED' AS kind,
         CAST(NULL AS VARCHAR(32)) AS code, CAST(NULL AS VARCHAR(4)) AS reason,
         debtor_agent, creditor_agent, asset, amount, envelope
    FROM pending_payments
  UNION ALL
  SELECT payment, log_sequence, opened_ms, payment, uetr, 'RESERVED', NULL, NULL,
         debtor_agent, creditor_agent, asset, amount, envelope
    FROM final_payments WHERE payment <> final_feed_sequence
  UNION ALL
  SELECT final_feed_sequence, final_log_sequence, final_ms, payment, uetr,
         CASE WHEN status IN ('SETTLED_CREDIT_PENDING', 'RETURNED', 'PARTLY_RETURNED') THEN 'SETTLED' ELSE status END,
         code, reason, debtor_agent, creditor_agent, asset, amount, envelope
    FROM final_payments
  UNION ALL
  SELECT feed_sequence, log_sequence, time_ms, NULL, original_uetr, 'RETURNED', NULL, reason,
         debtor_agent, creditor_agent, asset, amount, envelope
    FROM returns;
