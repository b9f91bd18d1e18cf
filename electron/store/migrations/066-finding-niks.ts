import type { Migration } from '../migrate.ts';

/** Whose row of a list it is may be told by a NIK of another case: with which each was looked at, and of which rows findings speak. */
export const findingNiks: Migration = {
  version: 66,
  name: 'finding-niks',
  sql: `
-- NIKs that a case had when findings were last looked for in it.
CREATE TABLE finding_nik (
  serial INTEGER NOT NULL REFERENCES case_file (serial) ON DELETE CASCADE,
  nik TEXT NOT NULL,
  PRIMARY KEY (serial, nik)
) STRICT, WITHOUT ROWID;
-- Those of cases that ended since.
CREATE TABLE finding_nik_left (
  nik TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- Rows of lists (reference_person) of which a finding of a case speaks.
CREATE TABLE finding_listed (
  reference_person_id INTEGER NOT NULL,
  serial INTEGER NOT NULL REFERENCES case_file (serial) ON DELETE CASCADE,
  PRIMARY KEY (reference_person_id, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_listed_serial ON finding_listed (serial);
CREATE TRIGGER case_file_niks_left AFTER UPDATE OF state ON case_file
WHEN NEW.state IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH') BEGIN
  INSERT INTO finding_nik_left SELECT nik FROM finding_nik WHERE serial = NEW.serial ON CONFLICT DO NOTHING;
  DELETE FROM finding_nik WHERE serial = NEW.serial;
END;
`,
};
