import type { Migration } from '../migrate.ts';

/**
 * Lists and counts of a full register without reading a case: what they filter, count and sort by stands
 * in indexes, and what must be looked at again is noted as cases change, not searched for.
 */
export const quickLists: Migration = {
  version: 29,
  name: 'quick-lists',
  sql: `
-- Where a case stands, found by its id without reading it.
CREATE INDEX case_file_place ON case_file (id, state, rw, serial);
CREATE INDEX member_without_nik ON member (case_id, position) WHERE nik IS NULL;
CREATE INDEX outbox_stuck ON outbox (created_at) WHERE problem IS NOT NULL AND state IN ('menunggu', 'ditahan');
CREATE INDEX finding_open ON finding (found_at, id, case_id, kind) WHERE resolved_at IS NULL AND gone_at IS NULL;
CREATE INDEX finding_settled ON finding (resolved_at DESC, id, case_id, kind) WHERE resolved_at IS NOT NULL;
DROP INDEX finding_kind;

-- With which lists and rules the cases were looked at; with others all are due again.
CREATE TABLE looked_with (
  task TEXT PRIMARY KEY CHECK (task IN ('temuan', 'urutan')),
  stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Cases in which findings are to be looked for, because they changed or nobody has yet.
DROP TABLE finding_scan;
CREATE TABLE finding_due (
  serial INTEGER PRIMARY KEY REFERENCES case_file (serial) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO finding_due SELECT serial FROM case_file WHERE state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH');

-- Ranks of the cases that wait for identification, as in version 4, with the serial to sort by, and
-- the cases that are to be ranked. A rank that no longer holds keeps its place and is not sure.
DROP TABLE review_asked;
DROP TABLE review_rank;
CREATE TABLE review_rank (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  serial INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  gain REAL NOT NULL CHECK (gain >= 0),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX review_rank_order ON review_rank (sure, gain DESC, serial);
CREATE TABLE review_asked (
  case_id TEXT NOT NULL REFERENCES review_rank (case_id) ON DELETE CASCADE,
  reference_person_id INTEGER NOT NULL,
  PRIMARY KEY (case_id, reference_person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_asked_person ON review_asked (reference_person_id);
CREATE TABLE rank_due (
  serial INTEGER PRIMARY KEY REFERENCES case_file (serial) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO rank_due SELECT serial FROM case_file WHERE state = 'TERDAFTAR';

CREATE TRIGGER case_file_came AFTER INSERT ON case_file BEGIN
  INSERT INTO finding_due SELECT NEW.serial WHERE NEW.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH');
  INSERT INTO rank_due SELECT NEW.serial WHERE NEW.state = 'TERDAFTAR';
END;
CREATE TRIGGER case_file_findings AFTER UPDATE OF version, updated_at, state ON case_file BEGIN
  DELETE FROM finding_due WHERE serial = NEW.serial AND NEW.state IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH');
  INSERT INTO finding_due SELECT NEW.serial WHERE NEW.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH') ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER case_file_left AFTER UPDATE OF state ON case_file WHEN NEW.state <> 'TERDAFTAR' BEGIN
  DELETE FROM rank_due WHERE serial = NEW.serial;
  DELETE FROM review_rank WHERE case_id = NEW.id;
END;
CREATE TRIGGER case_file_waits AFTER UPDATE OF version, state ON case_file
WHEN NEW.state = 'TERDAFTAR' AND (NEW.version <> OLD.version OR NEW.state <> OLD.state) BEGIN
  INSERT INTO rank_due (serial) VALUES (NEW.serial) ON CONFLICT DO NOTHING;
  UPDATE review_rank SET sure = 0 WHERE case_id = NEW.id;
END;
CREATE TRIGGER review_rank_gone AFTER DELETE ON review_rank BEGIN
  INSERT INTO rank_due SELECT serial FROM case_file WHERE id = OLD.case_id AND state = 'TERDAFTAR' ON CONFLICT DO NOTHING;
END;
`,
};
