import type { Migration } from '../migrate.ts';

/**
 * What a list calls its households comes in no order either: each part of a list that moved in touched
 * nearly every page of their index. A household is found by a key that stands with the others
 * (`store/listed-households.ts`), which are made anew as the register opens.
 */
export const listOrder: Migration = {
  version: 39,
  name: 'list-order',
  sql: `
DROP INDEX reference_household_list;
CREATE INDEX reference_household_list ON reference_household (list_id);
DELETE FROM match_rules;
`,
};
