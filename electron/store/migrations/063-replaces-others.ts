import type { Migration } from '../migrate.ts';

/**
 * Which lists of other names count no more once a file that waits is saved, as it was said when it was laid beside them:
 * `[{id, households, missing}]`, with how many households each has, and how many of them the file does not hold. Null where it replaces none.
 */
export const replacesOthers: Migration = {
  version: 63,
  name: 'replaces-others',
  sql: `
ALTER TABLE reference_difference ADD COLUMN replaces TEXT CHECK (replaces IS NULL OR json_valid(replaces));
`,
};
