import type { Migration } from '../migrate.ts';

/**
 * A difference keeps the hash that the province signed of its own body. What was found before lacks it,
 * and is found again: without a run, the next contact compares.
 */
export const proofLeaf: Migration = {
  version: 21,
  name: 'proof-leaf',
  sql: `
DROP TABLE proof_difference;
-- Not always a case of this register: it may be what is missing here.
CREATE TABLE proof_difference (
  case_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('hilang_di_provinsi', 'hilang_di_kantor', 'isi_berbeda')),
  kelurahan TEXT NOT NULL,
  rw INTEGER NOT NULL CHECK (rw > 0),
  number TEXT NOT NULL,
  -- Key of the newest record that the province holds, and the hash of its body as the province signed it.
  there_key TEXT,
  there_hash TEXT,
  found_at TEXT NOT NULL,
  mended_at TEXT,
  mended_from TEXT CHECK (mended_from IN ('kantor', 'provinsi')),
  CHECK (kind = 'hilang_di_provinsi' OR there_key IS NOT NULL),
  CHECK ((there_key IS NULL) = (there_hash IS NULL)),
  CHECK ((mended_at IS NULL) = (mended_from IS NULL))
) STRICT, WITHOUT ROWID;

DELETE FROM proof_run;
ALTER TABLE proof_run DROP COLUMN since;
`,
};
