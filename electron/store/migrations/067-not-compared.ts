import type { Migration } from '../migrate.ts';

/** That this office could not compare is a verdict of its own, and no word on the province's answer. */
export const notCompared: Migration = {
  version: 67,
  name: 'not-compared',
  sql: `
CREATE TABLE proof_run_then (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- 'tidak_terbukti': the answer was not the province's own; 'tidak_didukung': its server is older; 'tidak_terbanding':
  -- this office could not read what it holds itself.
  state TEXT NOT NULL
    CHECK (state IN ('cocok', 'berbeda', 'tidak_terbukti', 'tidak_didukung', 'tidak_terbanding')),
  at TEXT NOT NULL,
  cases_here INTEGER NOT NULL CHECK (cases_here >= 0),
  cases_there INTEGER NOT NULL CHECK (cases_there >= 0),
  -- How many receipts there were then; another number calls for another comparison.
  receipts INTEGER NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('sambungan', 'kurir')),
  -- Bundles of the courier that had been made then.
  bundles INTEGER NOT NULL CHECK (bundles >= 0),
  -- The province's clock as it proved what was compared; null where nothing was.
  server_time TEXT,
  -- Cases that were left to the next comparison, in whole or in part.
  later INTEGER NOT NULL CHECK (later >= 0)
) STRICT;
INSERT INTO proof_run_then (id, state, at, cases_here, cases_there, receipts, via, bundles, server_time, later)
SELECT id, state, at, cases_here, cases_there, receipts, via, bundles, server_time, later FROM proof_run;
DROP TABLE proof_run;
ALTER TABLE proof_run_then RENAME TO proof_run;
`,
};
