import type { Migration } from '../migrate.ts';

/**
 * Somebody without No KK, ID and NIK was called by the row of the file, `baris 7`, which the next list gives to
 * somebody else: they are called by name, birth date and kelurahan, as new lists call them. Who has no birth date,
 * or is not the first of that name and date in the list, keeps the row, and no query takes it for lasting. A
 * "bukan keluarga ini" of a row is said of what `findHouseholdKey` calls the household now, where one list alone
 * that stood then, and was called so, has the row; of the others nobody knows which was meant.
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
CREATE TEMP TABLE meant AS
SELECT verdict.id,
       min(list.source || ' ' || coalesce(named.identity, list.id || ' ' || household.source_id)) AS other_id
FROM duplicate_verdict AS verdict
JOIN reference_list AS list ON verdict.other_id GLOB list.source || ' baris [0-9]*'
 AND list.name = verdict.other_label AND list.imported_at <= verdict.decided_at
JOIN reference_household AS household ON household.list_id = list.id
 AND household.source_id = substr(verdict.other_id, length(list.source) + 2)
LEFT JOIN temp.named ON named.id = household.id
WHERE verdict.other_kind = 'acuan'
GROUP BY verdict.id HAVING count(*) = 1;
UPDATE duplicate_verdict SET other_id = meant.other_id FROM temp.meant WHERE meant.id = duplicate_verdict.id;
DROP TABLE temp.meant;
UPDATE reference_household SET source_id = named.identity FROM temp.named WHERE named.id = reference_household.id;
DROP TABLE temp.named;
`,
};
