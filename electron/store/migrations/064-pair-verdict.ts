import type { Migration } from '../migrate.ts';

/**
 * What is said of a member and a person of a list is kept whichever way it was said: of lists that register nobody
 * (padan, PPKS, Carik, others) no decision of identification tells that the two are one. A finding names the persons
 * of a list whom it is about, so that this can be said of them.
 */
export const pairVerdict: Migration = {
  version: 64,
  name: 'pair-verdict',
  sql: `
ALTER TABLE not_same RENAME TO pair_verdict;
ALTER TABLE pair_verdict ADD COLUMN verdict TEXT NOT NULL DEFAULT 'bukan' CHECK (verdict IN ('sama', 'bukan'));
ALTER TABLE not_same_key RENAME TO pair_verdict_key;
ALTER TABLE pair_verdict_key RENAME COLUMN not_same_id TO pair_verdict_id;
DROP INDEX not_same_case;
DROP INDEX not_same_decided_by;
DROP INDEX not_same_withdrawn_by;
DROP INDEX not_same_stroke;
DROP INDEX not_same_withdrawn_stroke;
DROP INDEX not_same_key_id;
CREATE INDEX pair_verdict_case ON pair_verdict (case_id);
CREATE INDEX pair_verdict_decided_by ON pair_verdict (decided_by);
CREATE INDEX pair_verdict_withdrawn_by ON pair_verdict (withdrawn_by);
CREATE INDEX pair_verdict_stroke ON pair_verdict (stroke);
CREATE INDEX pair_verdict_withdrawn_stroke ON pair_verdict (withdrawn_stroke);
CREATE INDEX pair_verdict_key_id ON pair_verdict_key (pair_verdict_id);
-- JSON array of ids of reference_person.
ALTER TABLE finding ADD COLUMN listed_persons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(listed_persons));
`,
};
