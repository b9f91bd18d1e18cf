import type { Migration } from '../migrate.ts';

/**
 * Periods that have dates of their own, or were closed. A closed period keeps what it counted when
 * it was closed; what is found wrong later stands beside it as a correction record.
 */
export const period: Migration = {
  version: 3,
  name: 'period',
  sql: `
CREATE TABLE period (
  id TEXT PRIMARY KEY CHECK (id GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  deadlines TEXT NOT NULL CHECK (json_valid(deadlines)),
  closed_at TEXT,
  closed_by TEXT REFERENCES account (id),
  -- Recap cells at the closing, and how many cases were carried on; null while it is open.
  closing TEXT CHECK (closing IS NULL OR json_valid(closing)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closing IS NULL))
) STRICT;
CREATE INDEX period_closed_by ON period (closed_by);
CREATE TRIGGER period_stays_closed BEFORE UPDATE ON period WHEN OLD.closed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed period is never changed'); END;
CREATE TRIGGER period_is_kept BEFORE DELETE ON period WHEN OLD.closed_at IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a closed period is never deleted'); END;

CREATE TABLE correction (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- Field edits of the reported data, applied when the lurah approves; null for a note in words.
  edits TEXT CHECK (edits IS NULL OR json_valid(edits)),
  state TEXT NOT NULL CHECK (state IN ('diajukan', 'disetujui', 'ditolak')),
  answer TEXT,
  proposed_by TEXT NOT NULL REFERENCES account (id),
  proposed_at TEXT NOT NULL,
  decided_by TEXT REFERENCES account (id),
  decided_at TEXT,
  CHECK ((state = 'diajukan') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (decided_by <> proposed_by)
) STRICT;
CREATE INDEX correction_case ON correction (case_id);
CREATE INDEX correction_state ON correction (state);
CREATE INDEX correction_proposed_by ON correction (proposed_by);
CREATE INDEX correction_decided_by ON correction (decided_by);
`,
};
