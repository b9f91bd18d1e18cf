import type { Migration } from '../migrate.ts';

/** Whether a file that waits holds the whole of its source, so that lists of other names count no more once it is saved. */
export const replacesOthers: Migration = {
  version: 63,
  name: 'replaces-others',
  sql: `
ALTER TABLE reference_difference ADD COLUMN replaces_others INTEGER NOT NULL DEFAULT 0 CHECK (replaces_others IN (0, 1));
`,
};
