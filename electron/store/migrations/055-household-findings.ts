import type { Migration } from '../migrate.ts';

/**
 * What is found of a household as a whole is known by kind and source; its key held the name of whoever heads it. Where
 * that name was corrected since, one finding became two: what was decided of the first holds again, if it holds still.
 */
export const householdFindings: Migration = {
  version: 55,
  name: 'household-findings',
  sql: `
CREATE TABLE household_finding AS
  WITH whole AS (
    SELECT * FROM finding WHERE member_id IS NULL AND other_case_id IS NULL
      AND (kind = 'program_tanpa_daftar' OR source IN ('Kunjungan', 'Muskel'))
  )
  SELECT whole.id, live.id IS NOT NULL AS stands,
    row_number() OVER (
      PARTITION BY whole.case_id, whole.kind, whole.source
      ORDER BY
        -- Settled, of the same facts, and gone only because the name was another: it stands for both.
        whole.resolved_at IS NOT NULL AND live.resolved_at IS NULL
          AND whole.reported IS live.reported AND whole.listed IS live.listed
          AND (whole.outcome = 'dibiarkan' OR whole.gone_at = live.found_at) DESC,
        whole.id IS live.id DESC,
        whole.found_at DESC, whole.id
    ) AS place
  FROM whole LEFT JOIN whole AS live
    ON live.case_id = whole.case_id AND live.kind = whole.kind AND live.source = whole.source AND live.gone_at IS NULL;
DELETE FROM finding WHERE id IN (SELECT id FROM household_finding WHERE place > 1);
UPDATE finding SET gone_at = NULL WHERE id IN (SELECT id FROM household_finding WHERE stands);
UPDATE finding SET key = kind || ' rumah tangga ' || source WHERE id IN (SELECT id FROM household_finding);
DROP TABLE household_finding;
`,
};
