import type { Migration } from '../migrate.ts';

/**
 * Nobody looks a household of a list up by its No KK, and a NIK is found by the keys of matching
 * (`store/listed-niks.ts`): numbers come in no order, so that these two took a third of what writing the
 * rows of a list takes.
 */
export const listedNiks: Migration = {
  version: 35,
  name: 'listed-niks',
  sql: `
DROP INDEX reference_household_kk;
DROP INDEX reference_person_nik;
`,
};
