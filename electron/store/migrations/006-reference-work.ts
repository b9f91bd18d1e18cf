import type { Migration } from '../migrate.ts';

/**
 * Work on reference lists: what the office said columns mean, how two snapshots differ (and, while a
 * list is only being looked at, what of it shall come in), and every list that left the program.
 */
export const referenceWork: Migration = {
  version: 6,
  name: 'reference-work',
  sql: `
CREATE TABLE reference_mapping (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  source TEXT NOT NULL,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX reference_mapping_saved_by ON reference_mapping (saved_by);

-- Two snapshots beside each other; both never change, so it is worked out once.
CREATE TABLE reference_difference (
  id TEXT PRIMARY KEY,
  base_list TEXT NOT NULL REFERENCES reference_list (id),
  list TEXT NOT NULL REFERENCES reference_list (id),
  -- Whether who is not in the later list is gone; else it holds a part only.
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  -- Null until all of it is written.
  finished_at TEXT,
  UNIQUE (base_list, list)
) STRICT;
CREATE INDEX reference_difference_list ON reference_difference (list);

-- One row a household.
CREATE TABLE reference_change (
  id INTEGER PRIMARY KEY,
  difference_id TEXT NOT NULL REFERENCES reference_difference (id),
  kind TEXT NOT NULL CHECK (kind IN ('baru', 'berubah', 'hilang', 'sama')),
  base_household INTEGER REFERENCES reference_household (id),
  household INTEGER REFERENCES reference_household (id),
  head_name TEXT NOT NULL,
  kk TEXT,
  kelurahan TEXT,
  rt INTEGER,
  rw INTEGER,
  rank_before INTEGER,
  rank_after INTEGER,
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  accepted INTEGER NOT NULL DEFAULT 1 CHECK (accepted IN (0, 1)),
  CHECK (base_household IS NOT NULL OR household IS NOT NULL)
) STRICT;
CREATE INDEX reference_change_difference ON reference_change (difference_id, kind, rw, rt);
CREATE INDEX reference_change_base ON reference_change (base_household);
CREATE INDEX reference_change_household ON reference_change (household);

-- Every file with persons that left the program: what, why, and to whom.
CREATE TABLE data_export (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('acuan', 'perbedaan', 'berkas', 'temuan')),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  recipient TEXT NOT NULL,
  basis TEXT,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  rows INTEGER NOT NULL CHECK (rows >= 0),
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX data_export_made_by ON data_export (made_by);

-- What a list said of a rank stays as it said it.
CREATE TRIGGER official_rank_stands BEFORE UPDATE OF percentile, desil, rank_list_id ON reference_household
BEGIN SELECT RAISE(ABORT, 'an official rank is never overwritten'); END;
`,
};
