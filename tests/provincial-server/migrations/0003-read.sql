-- What websites of the province read of the families, and who read it.

-- Words of every member's name, so that a family is found by any of them.
ALTER TABLE province_case ADD COLUMN member_names text NOT NULL DEFAULT '';
ALTER TABLE province_case ADD COLUMN name_words tsvector NOT NULL
  GENERATED ALWAYS AS (to_tsvector('simple', member_names)) STORED;
DROP INDEX province_case_name, province_case_area;
CREATE INDEX province_case_words ON province_case USING gin (name_words);
CREATE INDEX province_case_address ON province_case (kelurahan, rw, rt, street, case_id) WHERE retracted_at IS NULL;
CREATE INDEX down_item_penetapan ON down_item ((body ->> 'caseId'), cursor) WHERE kind = 'decision.penetapan';

CREATE TABLE read_token (
  id uuid PRIMARY KEY,
  reader text NOT NULL CHECK (reader <> ''),
  role text NOT NULL CHECK (role IN ('publik_agregat', 'kelurahan', 'provinsi')),
  area text NOT NULL CHECK (area ~ '^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$'),
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
  revoked_at timestamptz
);

-- Every access, also one that was refused. Nothing in it is ever changed or taken out.
CREATE TABLE read_access (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  token_id uuid NOT NULL REFERENCES read_token (id),
  what text NOT NULL CHECK (what IN ('rekap', 'cari_keluarga', 'lihat_keluarga')),
  criteria jsonb NOT NULL,
  rows integer NOT NULL CHECK (rows >= 0),
  case_ids uuid[] NOT NULL,
  -- Code of the refusal; null where it was answered.
  refused text,
  CHECK (refused IS NULL OR rows = 0)
);
CREATE INDEX read_access_token ON read_access (token_id, id);
CREATE INDEX read_access_cases ON read_access USING gin (case_ids);

CREATE FUNCTION keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER read_access_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON read_access
  FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
