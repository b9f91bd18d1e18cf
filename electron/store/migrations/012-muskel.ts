import type { Migration } from '../migrate.ts';

/** Musyawarah kelurahan: the meeting, its agenda with a verdict a family, new proposals, objections. */
export const muskel: Migration = {
  version: 12,
  name: 'muskel',
  sql: `
CREATE TABLE muskel (
  id TEXT PRIMARY KEY,
  period_id TEXT NOT NULL,
  -- 1 for the first meeting of the period.
  no INTEGER NOT NULL CHECK (no > 0),
  held_on TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  place TEXT NOT NULL,
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  attendees TEXT NOT NULL CHECK (json_valid(attendees)),
  form TEXT NOT NULL CHECK (json_valid(form)),
  state TEXT NOT NULL CHECK (state IN ('berlangsung', 'selesai', 'disahkan')),
  version INTEGER NOT NULL CHECK (version > 0),
  created_by TEXT NOT NULL REFERENCES account (id),
  created_at TEXT NOT NULL,
  legalised_by TEXT REFERENCES account (id),
  legalised_at TEXT,
  UNIQUE (period_id, no),
  CHECK ((state = 'disahkan') = (legalised_at IS NOT NULL) AND (legalised_at IS NULL) = (legalised_by IS NULL))
) STRICT;
CREATE INDEX muskel_created_by ON muskel (created_by);
CREATE INDEX muskel_legalised_by ON muskel (legalised_by);

CREATE TABLE muskel_item (
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  -- Its place in the printed list.
  no INTEGER NOT NULL CHECK (no > 0),
  verdict TEXT CHECK (verdict IS NULL OR json_valid(verdict)),
  decided_at TEXT,
  -- Columns 10 and 11 of the printed list.
  work TEXT CHECK (work BETWEEN '1' AND '8'),
  disability TEXT CHECK (disability IN ('1', '2')),
  PRIMARY KEY (muskel_id, case_id),
  UNIQUE (muskel_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX muskel_item_case ON muskel_item (case_id);

CREATE TABLE muskel_proposal (
  id TEXT PRIMARY KEY,
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  body TEXT NOT NULL CHECK (json_valid(body)),
  draft_id TEXT REFERENCES draft (id),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX muskel_proposal_muskel ON muskel_proposal (muskel_id);
CREATE INDEX muskel_proposal_draft ON muskel_proposal (draft_id);

CREATE TABLE objection (
  id TEXT PRIMARY KEY,
  muskel_id TEXT NOT NULL REFERENCES muskel (id),
  case_id TEXT NOT NULL REFERENCES case_file (id),
  objector TEXT NOT NULL,
  relation TEXT NOT NULL,
  grounds TEXT NOT NULL,
  -- Why it was taken in although its time was over.
  late_reason TEXT,
  filed_at TEXT NOT NULL,
  filed_by TEXT NOT NULL REFERENCES account (id),
  answer_due TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('diajukan', 'diterima', 'ditolak')),
  answer TEXT,
  decided_at TEXT,
  decided_by TEXT REFERENCES account (id),
  CHECK ((state = 'diajukan') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL))
) STRICT;
CREATE INDEX objection_muskel ON objection (muskel_id);
CREATE INDEX objection_case ON objection (case_id, state);
CREATE INDEX objection_filed_by ON objection (filed_by);
CREATE INDEX objection_decided_by ON objection (decided_by);
`,
};
