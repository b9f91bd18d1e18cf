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
  -- Where its records lie; an office never moves to another city.
  city text NOT NULL GENERATED ALWAYS AS (left(area, 5)) STORED,
  public_key jsonb NOT NULL,
  credential_hash bytea NOT NULL CHECK (length(credential_hash) = 32),
  enrolled_at timestamptz NOT NULL,
  last_contact_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX office_area ON office (area);

-- A code is stored hashed and serves one office; area NULL leaves the area to the office.
CREATE TABLE enrolment_code (
  code_hash bytea PRIMARY KEY CHECK (length(code_hash) = 32),
  area text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  office_id uuid REFERENCES office (id),
  CHECK ((office_id IS NULL) = (used_at IS NULL))
);
CREATE INDEX enrolment_code_office ON enrolment_code (office_id);

-- Every accepted record with its receipt; a row without a receipt cannot exist, nor the reverse. What
-- grows is kept by city: old partitions can be moved to slower disks, or archived, each by itself.
CREATE TABLE record (
  office_id uuid NOT NULL REFERENCES office (id),
  key uuid NOT NULL,
  city text NOT NULL,
  kind text NOT NULL CHECK (kind <> ''),
  case_id uuid NOT NULL,
  base_version integer NOT NULL CHECK (base_version >= 0),
  -- Of the body; what the province made of it is `case_version`.
  version integer NOT NULL CHECK (version > base_version),
  parent uuid,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  -- Digest of what makes two sendings "the same record": kind, case, versions, parent, hash.
  identity bytea NOT NULL CHECK (length(identity) = 32),
  -- Fields of the record beside body, also those this version does not know.
  envelope jsonb NOT NULL,
  body jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  receipt_id uuid NOT NULL,
  receipt text NOT NULL,
  -- What was answered beside the receipt where the record met a parallel update.
  merged jsonb,
  PRIMARY KEY (office_id, key, city),
  UNIQUE (receipt_id, city),
  FOREIGN KEY (office_id, parent, city) REFERENCES record (office_id, key, city)
) PARTITION BY LIST (city);
CREATE INDEX record_parent ON record (office_id, parent);
CREATE INDEX record_case ON record (case_id, version);
CREATE INDEX record_received ON record (received_at);
-- Which record names an attachment.
CREATE INDEX record_attachments ON record USING gin ((body -> 'attachments') jsonb_path_ops);

-- Every version of a case that the province ever held, and who made it. The body stands in the record
-- where the record was taken as it came; a merge, or the province's own change, keeps its own.
CREATE TABLE case_version (
  case_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  city text NOT NULL,
  side text NOT NULL CHECK (side IN ('kantor', 'provinsi')),
  author text NOT NULL CHECK (author <> ''),
  made_at timestamptz NOT NULL,
  office_id uuid,
  record_key uuid,
  body jsonb,
  PRIMARY KEY (case_id, version, city),
  CHECK ((side = 'kantor') = (record_key IS NOT NULL) AND (record_key IS NULL) = (office_id IS NULL)),
  CHECK (body IS NOT NULL OR record_key IS NOT NULL),
  FOREIGN KEY (office_id, record_key, city) REFERENCES record (office_id, key, city) DEFERRABLE INITIALLY DEFERRED
) PARTITION BY LIST (city);
CREATE INDEX case_version_record ON case_version (office_id, record_key);

DO $$
DECLARE
  code text;
BEGIN
  -- Kepulauan Seribu and the five cities; whatever else comes has a place, too.
  FOREACH code IN ARRAY ARRAY['31.01', '31.71', '31.72', '31.73', '31.74', '31.75'] LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF record FOR VALUES IN (%L)', 'record_' || replace(code, '.', ''), code);
    EXECUTE format('CREATE TABLE %I PARTITION OF case_version FOR VALUES IN (%L)', 'case_version_' || replace(code, '.', ''), code);
  END LOOP;
END
$$;
CREATE TABLE record_elsewhere PARTITION OF record DEFAULT;
CREATE TABLE case_version_elsewhere PARTITION OF case_version DEFAULT;

-- The case as it stands: its newest version, and where it lies.
CREATE TABLE province_case (
  case_id uuid PRIMARY KEY,
  office_id uuid NOT NULL REFERENCES office (id),
  city text NOT NULL,
  -- The office's newest record of it.
  record_key uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  province_number text UNIQUE,
  kelurahan text NOT NULL,
  rw integer NOT NULL CHECK (rw > 0),
  rt integer NOT NULL CHECK (rt > 0),
  street text NOT NULL,
  head_name text NOT NULL,
  period_id text NOT NULL,
  result text CHECK (result IN ('tetap', 'berubah', 'baru')),
  retracted_at timestamptz,
  -- Deferred: a record first moves its case forward (or finds that it may not), then is written.
  FOREIGN KEY (case_id, version, city) REFERENCES case_version (case_id, version, city) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (office_id, record_key, city) REFERENCES record (office_id, key, city) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX province_case_office ON province_case (office_id);
CREATE INDEX province_case_record ON province_case (office_id, record_key);
CREATE INDEX province_case_area ON province_case (kelurahan, rw, rt);
CREATE INDEX province_case_name ON province_case (lower(head_name) text_pattern_ops, case_id);

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
  -- The whole answer, where it was a conflict.
  conflict jsonb,
  case_id uuid,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, key)
);
CREATE INDEX rejection_received ON rejection (received_at);
