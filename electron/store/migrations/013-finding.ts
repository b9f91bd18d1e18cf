import type { Migration } from '../migrate.ts';

/**
 * What does not agree between register, lists and field (shared/domain/finding.ts). A finding is known
 * by kind, case, member and source, so it is the same one in the next snapshot and keeps its age.
 */
export const finding: Migration = {
  version: 13,
  name: 'finding',
  sql: `
CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_file (id),
  kind TEXT NOT NULL,
  -- Kind, member, other case and source: unique within the case.
  key TEXT NOT NULL,
  member_id TEXT,
  other_case_id TEXT REFERENCES case_file (id),
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  reported TEXT,
  listed TEXT,
  note TEXT,
  found_at TEXT NOT NULL,
  -- No longer true when it was last looked at.
  gone_at TEXT,
  outcome TEXT,
  outcome_note TEXT,
  resolved_at TEXT,
  resolved_by TEXT REFERENCES account (id),
  UNIQUE (case_id, key),
  CHECK ((outcome IS NULL) = (resolved_at IS NULL)),
  CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
) STRICT;
CREATE INDEX finding_kind ON finding (kind, resolved_at, gone_at);
CREATE INDEX finding_other_case ON finding (other_case_id);
CREATE INDEX finding_resolved_by ON finding (resolved_by);

-- What each case was looked at with; another stamp and it is looked at again.
CREATE TABLE finding_scan (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
