import type { Migration } from '../migrate.ts';

/** What the counter records beside the household: consent, and persons without NIK. */
export const counter: Migration = {
  version: 11,
  name: 'counter',
  sql: `
CREATE TABLE case_consent (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind BETWEEN '1' AND '4'),
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX case_consent_recorded_by ON case_consent (recorded_by);

-- One row for whom the clerk asked for one; member_id outlives the rows of a corrected household.
CREATE TABLE provisional_identity (
  code TEXT PRIMARY KEY CHECK (code GLOB 'BN-[A-Z][A-Z][A-Z][A-Z]-[A-Z][A-Z][A-Z][A-Z]'),
  case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
  member_id TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL CHECK (reason BETWEEN '1' AND '5'),
  given_at TEXT NOT NULL,
  given_by TEXT NOT NULL REFERENCES account (id),
  resolved_at TEXT
) STRICT;
CREATE INDEX provisional_identity_case ON provisional_identity (case_id);
CREATE INDEX provisional_identity_given_by ON provisional_identity (given_by);
`,
};
