import type { Migration } from '../migrate.ts';

/**
 * The vocabulary counts no bearers: whether a word has any left, the index of the words itself knows. A case
 * that is registered touches no row of a word that is known already.
 */
export const vocabulary: Migration = {
  version: 32,
  name: 'vocabulary',
  sql: `
ALTER TABLE search_word DROP COLUMN cases;
`,
};
