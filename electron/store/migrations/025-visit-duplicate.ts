import type { Migration } from '../migrate.ts';

/** The case that a visit found to be the same family, as its number was typed. */
export const visitDuplicate: Migration = {
  version: 25,
  name: 'visit-duplicate',
  sql: `
ALTER TABLE visit ADD COLUMN duplicate_of TEXT NOT NULL DEFAULT '';
`,
};
