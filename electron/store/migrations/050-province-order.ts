import type { Migration } from '../migrate.ts';

/**
 * The province's own order of what it issued, which alone says what stands: clocks of its processes differ. Of what came
 * before, the order of coming is that order; where the office enrolled anew since, what was forgotten came again after
 * what is newer, so that there the clocks must do, and all that comes now is newer.
 *
 * Ids that the province wrote in capitals were read as those of nobody: what came of them before is applied once more.
 */
export const provinceOrder: Migration = {
  version: 50,
  name: 'province-order',
  sql: `
ALTER TABLE down_item ADD COLUMN cursor INTEGER NOT NULL DEFAULT 0;
UPDATE down_item SET cursor = seq;
UPDATE down_item SET cursor = ranked.place - 1 - ranked.items
FROM (
  SELECT id, row_number() OVER (ORDER BY unixepoch(issued_at, 'subsec'), seq) AS place, count(*) OVER () AS items FROM down_item
) AS ranked
WHERE ranked.id = down_item.id AND (SELECT count(*) FROM event WHERE type = 'kantor_didaftarkan') > 1;
UPDATE down_item SET applied_at = NULL
WHERE id IN (SELECT item_id FROM province_decision WHERE case_id GLOB '*[A-F]*' OR member_id GLOB '*[A-F]*')
  OR (kind = 'record.rejected' AND id NOT IN (SELECT item_id FROM task));
DELETE FROM province_decision WHERE case_id GLOB '*[A-F]*' OR member_id GLOB '*[A-F]*';
`,
};
