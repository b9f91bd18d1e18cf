import type { Migration } from '../migrate.ts';

/**
 * "Bukan orang yang sama", bound to who the two persons are and not to the rows of one snapshot: it
 * holds in the next snapshot of the list, after the next run, and in the family's next registration.
 */
export const notSame: Migration = {
  version: 5,
  name: 'not-same',
  sql: `
CREATE TABLE not_same (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  -- Both persons as they stood when it was said (electron/matching/identity.ts).
  member TEXT NOT NULL CHECK (json_valid(member)),
  listed TEXT NOT NULL CHECK (json_valid(listed)),
  list_name TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  stroke TEXT NOT NULL,
  decided_by TEXT NOT NULL REFERENCES account (id),
  decided_at TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT REFERENCES account (id),
  withdrawn_stroke TEXT,
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX not_same_case ON not_same (case_id);
CREATE INDEX not_same_decided_by ON not_same (decided_by);
CREATE INDEX not_same_withdrawn_by ON not_same (withdrawn_by);
CREATE INDEX not_same_stroke ON not_same (stroke);
CREATE INDEX not_same_withdrawn_stroke ON not_same (withdrawn_stroke);

-- By which the reported person is known again.
CREATE TABLE not_same_key (
  key TEXT NOT NULL,
  not_same_id TEXT NOT NULL REFERENCES not_same (id) ON DELETE CASCADE,
  PRIMARY KEY (key, not_same_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_same_key_id ON not_same_key (not_same_id);
`,
};
