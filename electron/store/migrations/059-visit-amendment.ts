import type { Migration } from '../migrate.ts';

/**
 * What somebody types over a visit on which a case was legalised, until it is put before the lurah: each person's own, as
 * edits (JSON).
 */
export const visitAmendment: Migration = {
  version: 59,
  name: 'visit-amendment',
  sql: `
CREATE TABLE visit_amendment (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  edits TEXT NOT NULL CHECK (json_type(edits) = 'array'),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (sheet_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_amendment_account ON visit_amendment (account_id);
`,
};
