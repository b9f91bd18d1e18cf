-- What the province holds of its offices. Times are the server's own unless the name says "office".

CREATE TABLE signing_key (
  kid text PRIMARY KEY,
  private_jwk jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz
);
-- One key signs; retired ones stay so that old receipts can be checked.
CREATE UNIQUE INDEX signing_key_active ON signing_key ((true)) WHERE retired_at IS NULL;

CREATE TABLE office (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  area text NOT NULL CHECK (area ~ '^\d{2}\.\d{2}\.\d{2}(\.\d{4})?$'),
  public_key jsonb NOT NULL,
  credential_hash bytea NOT NULL CHECK (length(credential_hash) = 32),
  enrolled_at timestamptz NOT NULL,
  last_contact_at timestamptz,
  revoked_at timestamptz
);

-- A code is stored hashed and serves one office; area NULL leaves the area to the office.
CREATE TABLE enrolment_code (
  code_hash bytea PRIMARY KEY CHECK (length(code_hash) = 32),
  area text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  office_id uuid UNIQUE REFERENCES office (id),
  CHECK ((office_id IS NULL) = (used_at IS NULL))
);

-- Every accepted record with its receipt; a row without a receipt cannot exist, nor the reverse.
CREATE TABLE record (
  office_id uuid NOT NULL REFERENCES office (id),
  key uuid NOT NULL,
  kind text NOT NULL CHECK (kind <> ''),
  case_id uuid NOT NULL,
  base_version integer NOT NULL CHECK (base_version >= 0),
  version integer NOT NULL CHECK (version > base_version),
  parent uuid,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  -- Digest of what makes two sendings "the same record": kind, case, versions, parent, hash.
  identity bytea NOT NULL CHECK (length(identity) = 32),
  -- Fields of the record beside body, also those this version does not know.
  envelope jsonb NOT NULL,
  body jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  receipt_id uuid NOT NULL UNIQUE,
  receipt text NOT NULL,
  PRIMARY KEY (office_id, key),
  FOREIGN KEY (office_id, parent) REFERENCES record (office_id, key)
);
CREATE INDEX record_parent ON record (office_id, parent);
CREATE INDEX record_case ON record (case_id, version);

-- The case as it stands: its newest record, and where it lies.
CREATE TABLE province_case (
  case_id uuid PRIMARY KEY,
  office_id uuid NOT NULL,
  record_key uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  kelurahan text NOT NULL,
  rw integer NOT NULL CHECK (rw > 0),
  rt integer NOT NULL CHECK (rt > 0),
  period_id text NOT NULL,
  result text CHECK (result IN ('tetap', 'berubah', 'baru')),
  -- Deferred: a record first moves its case forward (or finds that it may not), then is written.
  FOREIGN KEY (office_id, record_key) REFERENCES record (office_id, key) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX province_case_record ON province_case (office_id, record_key);
CREATE INDEX province_case_area ON province_case (kelurahan, rw, rt);

-- Came before the record they build on; released when that one is accepted.
CREATE TABLE held_record (
  office_id uuid NOT NULL REFERENCES office (id),
  key uuid NOT NULL,
  parent uuid NOT NULL,
  identity bytea NOT NULL CHECK (length(identity) = 32),
  record jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, key)
);
CREATE INDEX held_record_parent ON held_record (office_id, parent, received_at);

-- Final for its key, so that a resend is answered as the first time.
CREATE TABLE rejection (
  office_id uuid NOT NULL REFERENCES office (id),
  key uuid NOT NULL,
  identity bytea NOT NULL CHECK (length(identity) = 32),
  code text NOT NULL,
  field text,
  sentence text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, key)
);
