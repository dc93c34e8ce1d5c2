-- Payments in two phases, double entry, as one would write them for production: idempotent by a
-- 128-bit id, every total and limit under a constraint, rows locked in one order so that nothing
-- deadlocks. The row of a payment names both accounts and the amount; the four totals of each
-- account move with it in the same transaction. Left out in PostgreSQL's favour: an index for
-- reservations that expire, an outbox of events, the encrypted payload.

CREATE TABLE account (
  id bigint PRIMARY KEY,
  debits_posted bigint NOT NULL CHECK (debits_posted >= 0),
  credits_posted bigint NOT NULL CHECK (credits_posted >= 0),
  debits_pending bigint NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  credits_pending bigint NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  net_debit_cap bigint NOT NULL CHECK (net_debit_cap >= 0),
  CHECK (debits_posted + debits_pending <= credits_posted + net_debit_cap)
) WITH (fillfactor = 50); -- room for the next version of a row in its page: HOT updates

CREATE TABLE payment (
  id_hi bigint NOT NULL,
  id_lo bigint NOT NULL,
  debtor bigint NOT NULL REFERENCES account,
  creditor bigint NOT NULL REFERENCES account,
  amount bigint NOT NULL CHECK (amount > 0),
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 4), -- reserved, posted, voided, refused
  deadline timestamptz NOT NULL,
  PRIMARY KEY (id_hi, id_lo),
  CHECK (debtor <> creditor)
) WITH (fillfactor = 80);

-- 0 reserved; 1 the same again; 2 the id is another payment's; 3 over the limit, remembered.
CREATE FUNCTION reserve(p_hi bigint, p_lo bigint, p_debtor bigint, p_creditor bigint,
                        p_amount bigint, p_timeout_ms integer)
RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  known payment;
BEGIN
  INSERT INTO payment
    VALUES (p_hi, p_lo, p_debtor, p_creditor, p_amount, 1,
            clock_timestamp() + p_timeout_ms * interval '1 millisecond')
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO STRICT known FROM payment WHERE id_hi = p_hi AND id_lo = p_lo;
    RETURN CASE WHEN known.debtor = p_debtor AND known.creditor = p_creditor
                 AND known.amount = p_amount THEN 1 ELSE 2 END;
  END IF;
  IF p_creditor < p_debtor THEN
    UPDATE account SET credits_pending = credits_pending + p_amount WHERE id = p_creditor;
  END IF;
  UPDATE account SET debits_pending = debits_pending + p_amount
    WHERE id = p_debtor
      AND debits_posted + debits_pending + p_amount <= credits_posted + net_debit_cap;
  IF NOT FOUND THEN
    IF p_creditor < p_debtor THEN
      UPDATE account SET credits_pending = credits_pending - p_amount WHERE id = p_creditor;
    END IF;
    UPDATE payment SET state = 4 WHERE id_hi = p_hi AND id_lo = p_lo;
    RETURN 3;
  END IF;
  IF p_creditor > p_debtor THEN
    UPDATE account SET credits_pending = credits_pending + p_amount WHERE id = p_creditor;
  END IF;
  RETURN 0;
END $$;

-- 0 posted or voided; 1 the same again; 4 not reserved, voided before, or too late.
CREATE FUNCTION answer(p_hi bigint, p_lo bigint, p_accept boolean)
RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  wanted CONSTANT smallint := CASE WHEN p_accept THEN 2 ELSE 3 END;
  p payment;
  posted bigint;
BEGIN
  UPDATE payment SET state = wanted
    WHERE id_hi = p_hi AND id_lo = p_lo AND state = 1
      AND (NOT p_accept OR deadline > clock_timestamp())
    RETURNING * INTO p;
  IF NOT FOUND THEN
    RETURN CASE WHEN EXISTS (SELECT FROM payment
                             WHERE id_hi = p_hi AND id_lo = p_lo AND state = wanted) THEN 1 ELSE 4 END;
  END IF;
  posted := CASE WHEN p_accept THEN p.amount ELSE 0 END;
  IF p.creditor < p.debtor THEN
    UPDATE account SET credits_pending = credits_pending - p.amount, credits_posted = credits_posted + posted
      WHERE id = p.creditor;
  END IF;
  UPDATE account SET debits_pending = debits_pending - p.amount, debits_posted = debits_posted + posted
    WHERE id = p.debtor;
  IF p.creditor > p.debtor THEN
    UPDATE account SET credits_pending = credits_pending - p.amount, credits_posted = credits_posted + posted
      WHERE id = p.creditor;
  END IF;
  RETURN 0;
END $$;
