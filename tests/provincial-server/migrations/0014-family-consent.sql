-- What families say of being shown to those who read: the newest word of each, which may come before its case.
CREATE TABLE family_consent (
  office_id uuid NOT NULL REFERENCES office (id),
  case_id uuid NOT NULL,
  city text NOT NULL,
  -- The record that brought it.
  record_key uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  sharing text NOT NULL CHECK (sharing IN ('given', 'refused')),
  received_at timestamptz NOT NULL,
  PRIMARY KEY (office_id, case_id),
  FOREIGN KEY (office_id, record_key, city) REFERENCES record (office_id, key, city)
);
CREATE INDEX family_consent_record ON family_consent (office_id, record_key);

-- A refused record of a case is settled by a later one of the case, one of its family's consent by a later such one.
-- Null where it was refused before this was kept.
ALTER TABLE rejection ADD COLUMN kind text;
