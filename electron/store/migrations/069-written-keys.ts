import type { Migration } from '../migrate.ts';

/**
 * A finding about one of several persons of a list was known by the sounds of the name, which follow from the rules of
 * names: with other rules a settled one would be found anew. It is known by what the list writes, as the finding tells it, without
 * the card.
 */
export const writtenKeys: Migration = {
  version: 69,
  name: 'written-keys',
  sql: `
WITH told AS (
  SELECT id, CASE kind WHEN 'tercatat_ganda' THEN substr(listed, instr(listed, '; dan ') + 6) ELSE listed END AS row
  FROM finding
  WHERE member_id IS NOT NULL AND listed IS NOT NULL AND (
    kind = 'mungkin_orang_ini'
    OR (kind = 'tercatat_ganda' AND instr(listed, '; dan ') > 0 AND listed NOT LIKE 'NIK yang sama juga pada %')
    OR (kind = 'nik_berbeda' AND note LIKE '%, menurut putusan kantor ini.')
  )
)
UPDATE OR IGNORE finding
SET key = kind || ' ' || member_id || ' ' || source || ' ' || (
  SELECT substr(row, 1, instr(row || ', No KK ', ', No KK ') - 1) FROM told WHERE told.id = finding.id
)
WHERE id IN (SELECT id FROM told);
`,
};
