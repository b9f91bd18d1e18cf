import type { Migration } from '../migrate.ts';

/** Filters of the list of cases that a person saved under a name, for themselves. */
export const caseFilters: Migration = {
  version: 31,
  name: 'case-filters',
  sql: `
CREATE TABLE case_filter (
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
  filter TEXT NOT NULL CHECK (json_valid(filter)),
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
`,
};
