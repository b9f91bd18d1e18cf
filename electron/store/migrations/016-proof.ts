import type { Migration } from '../migrate.ts';

/** Whether this office and the province hold the same, as of the last comparison. */
export const proof: Migration = {
  version: 16,
  name: 'proof',
  sql: `
CREATE TABLE proof_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- 'tidak_terbukti': the answer was not the province's own; 'tidak_didukung': its server is older.
  state TEXT NOT NULL CHECK (state IN ('cocok', 'berbeda', 'tidak_terbukti', 'tidak_didukung')),
  at TEXT NOT NULL,
  cases_here INTEGER NOT NULL CHECK (cases_here >= 0),
  cases_there INTEGER NOT NULL CHECK (cases_there >= 0),
  -- How many receipts there were then; another number calls for another comparison.
  receipts INTEGER NOT NULL,
  -- Since when the state is what it is.
  since TEXT NOT NULL
) STRICT;

CREATE TABLE proof_area (
  kelurahan TEXT NOT NULL,
  rw INTEGER NOT NULL CHECK (rw > 0),
  here INTEGER NOT NULL CHECK (here >= 0),
  there INTEGER NOT NULL CHECK (there >= 0),
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  PRIMARY KEY (kelurahan, rw)
) STRICT, WITHOUT ROWID;

-- Not always a case of this register: it may be what is missing here.
CREATE TABLE proof_difference (
  case_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('hilang_di_provinsi', 'hilang_di_kantor', 'isi_berbeda')),
  kelurahan TEXT NOT NULL,
  rw INTEGER NOT NULL CHECK (rw > 0),
  number TEXT NOT NULL,
  -- Keys of the newest record on either side.
  here_key TEXT,
  there_key TEXT,
  found_at TEXT NOT NULL,
  mended_at TEXT,
  mended_from TEXT CHECK (mended_from IN ('kantor', 'provinsi')),
  CHECK (here_key IS NOT NULL OR there_key IS NOT NULL),
  CHECK ((mended_at IS NULL) = (mended_from IS NULL))
) STRICT, WITHOUT ROWID;
`,
};
