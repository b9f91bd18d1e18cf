import type { Migration } from '../migrate.ts';

/**
 * What waits for identification, in the order of gain. Derived from the register and the lists: a row
 * whose stamp is no longer true is worked out anew, and all of it may be dropped at any time.
 */
export const reviewRank: Migration = {
  version: 4,
  name: 'review-rank',
  sql: `
CREATE TABLE review_rank (
  case_id TEXT PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
  -- Version of the case, the model and the lists that it was worked out with.
  stamp TEXT NOT NULL,
  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),
  gain REAL NOT NULL CHECK (gain >= 0),
  -- What the queue says of the case; holds no name and no number of a person.
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX review_rank_order ON review_rank (sure, gain);

-- Persons of a list that the case is asked about: a decision on one of them changes its rank.
CREATE TABLE review_asked (
  case_id TEXT NOT NULL REFERENCES review_rank (case_id) ON DELETE CASCADE,
  reference_person_id INTEGER NOT NULL,
  PRIMARY KEY (case_id, reference_person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_asked_person ON review_asked (reference_person_id);
`,
};
