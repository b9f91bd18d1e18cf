-- Numbers of the periods that offices have closed, each with the signature it came under.
CREATE TABLE period_recap (
  office_id uuid NOT NULL REFERENCES office (id),
  period_id text NOT NULL CHECK (period_id ~ '^\d{4}-\d{2}$'),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  recap jsonb NOT NULL,
  -- Detached JWS over the request's bytes, and those bytes: proof of who said so.
  signature text NOT NULL,
  request bytea NOT NULL,
  receipt text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, period_id)
);
CREATE TRIGGER period_recap_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON period_recap
  FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
