import type { Migration } from '../migrate.ts';

/** What a comparison leaves to the next one is told RW by RW; a record that was asked for in vain comes first with the next answer of a courier. */
export const leftToTheNext: Migration = {
  version: 70,
  name: 'left-to-the-next',
  sql: `
-- Cases of the RW that were left to the next comparison.
ALTER TABLE proof_area ADD COLUMN later INTEGER NOT NULL DEFAULT 0 CHECK (later >= 0);
-- Whether a person asked for its record, and the courier's answer had not brought it.
ALTER TABLE proof_difference ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1));
`,
};
