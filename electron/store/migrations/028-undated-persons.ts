import type { Migration } from '../migrate.ts';

/** Whether a list has persons without a birth date decides by which keys it is searched. */
export const undatedPersons: Migration = {
  version: 28,
  name: 'undated-persons',
  sql: `CREATE INDEX reference_person_undated ON reference_person (household_id) WHERE birth_date IS NULL;`,
};
