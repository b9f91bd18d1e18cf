import type { Migration } from '../migrate.ts';

/**
 * "Bukan orang yang sama" of somebody whom a list knows by row and name alone holds in that list: what was said
 * before is given the list, where one alone of that name holds this name in this row. Of others nobody knows which
 * was meant, and they are asked about again.
 */
export const listedRow: Migration = {
  version: 42,
  name: 'listed-row',
  sql: `
CREATE TEMP TABLE said AS
SELECT id, listed ->> '$.list.source' AS source, list_name, listed ->> '$.list.householdId' AS household,
       listed ->> '$.name' AS person, decided_at
FROM not_same WHERE household GLOB 'baris [0-9]*';
CREATE INDEX temp.said_household ON said (household);
CREATE TEMP TABLE meant AS
SELECT said.id, min(list.id) AS list_id
FROM reference_household AS household
CROSS JOIN temp.said ON said.household = household.source_id
JOIN reference_list AS list ON list.id = household.list_id AND list.source = said.source
 AND list.name = said.list_name AND list.imported_at <= said.decided_at
JOIN reference_person AS person ON person.household_id = household.id AND person.name = said.person
WHERE EXISTS (SELECT 1 FROM temp.said)
GROUP BY said.id HAVING count(*) = 1;
UPDATE not_same SET listed = json_set(listed, '$.list.listId', meant.list_id) FROM temp.meant WHERE meant.id = not_same.id;
DROP TABLE temp.said;
DROP TABLE temp.meant;
`,
};
