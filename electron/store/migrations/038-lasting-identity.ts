import type { Migration } from '../migrate.ts';

/**
 * Somebody without No KK, ID and NIK was called by the row of the file, `baris 7`, which the next list gives to
 * somebody else: they are called by name, birth date and kelurahan, as new lists call them. Who has no birth date,
 * or is not the first of that name and date in the list, keeps the row, and no query takes it for lasting.
 */
export const lastingIdentity: Migration = {
  version: 38,
  name: 'lasting-identity',
  sql: `
CREATE TEMP TABLE named AS
SELECT min(household.id) AS id, household.list_id,
       'orang ' || upper(person.name) || ' ' || person.birth_date || coalesce(' ' || household.kelurahan, '') AS identity
FROM reference_household AS household JOIN reference_person AS person ON person.household_id = household.id
WHERE household.source_id GLOB 'baris [0-9]*' AND person.birth_date IS NOT NULL
  AND 1 = (SELECT count(*) FROM reference_person WHERE household_id = household.id)
GROUP BY household.list_id, identity;
UPDATE reference_household SET source_id = named.identity FROM temp.named WHERE named.id = reference_household.id;
DROP TABLE temp.named;
`,
};
