import type { Migration } from '../migrate.ts';

/** The verification team: the lurah's decree, its members with their areas and training, and who goes to whom. */
export const team: Migration = {
  version: 8,
  name: 'team',
  sql: `
CREATE TABLE team_decree (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  dated TEXT NOT NULL,
  about TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE INDEX team_decree_created_by ON team_decree (created_by);

CREATE TABLE team_member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- From which body the member comes: TKSK, PSM, … ; the list is a setting.
  origin TEXT NOT NULL,
  position TEXT NOT NULL CHECK (position IN ('ketua', 'sekretaris', 'anggota')),
  phone TEXT NOT NULL,
  decree_id TEXT REFERENCES team_decree (id),
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  training TEXT NOT NULL CHECK (json_valid(training)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX team_member_decree ON team_member (decree_id);

-- To whom a case is given now; how it came about stands in the journal.
CREATE TABLE assignment (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id),
  member_id TEXT NOT NULL REFERENCES team_member (id),
  assigned_at TEXT NOT NULL,
  assigned_by TEXT NOT NULL REFERENCES account (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_member ON assignment (member_id);
CREATE INDEX assignment_assigned_by ON assignment (assigned_by);
`,
};
