import type { Migration } from '../migrate.ts';

/**
 * Where a household stood in the earlier list, where it stands elsewhere in the later one: to the one place it moved in, to
 * the other it moved out.
 */
export const changePlaces: Migration = {
  version: 58,
  name: 'change-places',
  sql: `
ALTER TABLE reference_change ADD COLUMN from_kelurahan TEXT;
ALTER TABLE reference_change ADD COLUMN from_rw INTEGER;
UPDATE reference_change SET
  from_kelurahan = (SELECT nullif(base.kelurahan, reference_change.kelurahan)
                    FROM reference_household AS base WHERE base.id = base_household),
  from_rw = (SELECT nullif(base.rw, reference_change.rw)
             FROM reference_household AS base WHERE base.id = base_household)
WHERE kind = 'berubah' AND base_household IS NOT NULL AND household IS NOT NULL;
`,
};
