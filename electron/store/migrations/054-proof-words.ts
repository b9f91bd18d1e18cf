import type { Migration } from '../migrate.ts';

/**
 * What a family said last of being shown may differ beside the record of its case; the next contact looks for both.
 */
export const proofWords: Migration = {
  version: 54,
  name: 'proof-words',
  sql: `
CREATE TABLE proof_difference_of (
  case_id TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('berkas', 'persetujuan')),
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
  PRIMARY KEY (case_id, subject),
  CHECK (kind = 'hilang_di_provinsi' OR there_key IS NOT NULL),
  CHECK ((there_key IS NULL) = (there_hash IS NULL)),
  CHECK ((mended_at IS NULL) = (mended_from IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO proof_difference_of
  SELECT case_id, 'berkas', kind, kelurahan, rw, number, there_key, there_hash, found_at, mended_at, mended_from FROM proof_difference;
DROP TABLE proof_difference;
ALTER TABLE proof_difference_of RENAME TO proof_difference;

DELETE FROM proof_run;
`,
};
