import type { Migration } from '../migrate.ts';

/** A case that both sides hold alike, and count in different RWs, is a difference, too; the next contact looks for them. */
export const proofPlace: Migration = {
  version: 34,
  name: 'proof-place',
  sql: `
CREATE TABLE proof_difference_placed (
  case_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('hilang_di_provinsi', 'hilang_di_kantor', 'isi_berbeda', 'rw_berbeda')),
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
INSERT INTO proof_difference_placed SELECT * FROM proof_difference;
DROP TABLE proof_difference;
ALTER TABLE proof_difference_placed RENAME TO proof_difference;

DELETE FROM proof_run;
`,
};
