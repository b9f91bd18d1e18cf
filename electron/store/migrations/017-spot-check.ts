import type { Migration } from '../migrate.ts';

/** Visits drawn by lot to be made a second time, and what the second visit said. */
export const spotCheck: Migration = {
  version: 17,
  name: 'spot-check',
  sql: `
CREATE TABLE spot_check (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  drawn_at TEXT NOT NULL,
  drawn_by TEXT NOT NULL REFERENCES account (id),
  entry TEXT NOT NULL CHECK (json_valid(entry)),
  version INTEGER NOT NULL CHECK (version > 0),
  finished_at TEXT,
  finished_by TEXT REFERENCES account (id),
  CHECK ((finished_at IS NULL) = (finished_by IS NULL))
) STRICT;
CREATE INDEX spot_check_case ON spot_check (case_id);
CREATE INDEX spot_check_drawn_by ON spot_check (drawn_by);
CREATE INDEX spot_check_finished_by ON spot_check (finished_by);
`,
};
