import type { Migration } from '../migrate.ts';

/**
 * Papers as they were issued: what stood on them, kept, so that a paper of a closed period is printed
 * again unchanged. And the register of letters: one running number a year for all kinds.
 */
export const document: Migration = {
  version: 7,
  name: 'document',
  sql: `
CREATE TABLE letter (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2999),
  -- Null for a number that the office gave by hand.
  serial INTEGER CHECK (serial > 0),
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('berita_acara', 'sptjm', 'surat_tugas', 'surat_pengantar')),
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  dated TEXT NOT NULL,
  period_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (year, serial),
  UNIQUE (kind, subject)
) STRICT;
CREATE INDEX letter_created_by ON letter (created_by);

-- One row for each state of a paper that was printed; the same content printed again adds none.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  period_id TEXT NOT NULL,
  case_id TEXT REFERENCES case_file (id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  file_name TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (kind, subject, version)
) STRICT;
CREATE INDEX document_period ON document (period_id, created_at);
CREATE INDEX document_case ON document (case_id);
CREATE INDEX document_created_by ON document (created_by);
CREATE TRIGGER document_no_update BEFORE UPDATE ON document
  BEGIN SELECT RAISE(ABORT, 'an issued document is never changed'); END;
`,
};
