import type { Migration } from '../migrate.ts';

/**
 * Which rules made the keys is kept of each part of the register, as they are renewed part by part beside the work
 * (`store/rekey.ts`). Null: its keys are missing or being written.
 */
export const renewedKeys: Migration = {
  version: 52,
  name: 'renewed-keys',
  sql: `
ALTER TABLE match_member ADD COLUMN rules INTEGER;
UPDATE match_member SET rules = (SELECT max(version) FROM match_rules);
ALTER TABLE reference_index ADD COLUMN rules INTEGER;
UPDATE reference_index SET rules = (SELECT max(version) FROM match_rules);
-- Of registers whose keys were text: every list that stands has its number.
INSERT INTO reference_index (number, list_id)
  SELECT (SELECT coalesce(max(number), 0) FROM reference_index) + row_number() OVER (ORDER BY id), id FROM reference_list
  WHERE version > 0 AND id NOT IN (SELECT list_id FROM reference_index);

CREATE TABLE key_rules (
  part TEXT PRIMARY KEY CHECK (part IN ('keputusan', 'draf', 'berkas', 'urutan')),
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO key_rules
  SELECT value, (SELECT max(version) FROM match_rules) FROM json_each('["keputusan", "draf", "berkas", "urutan"]')
  WHERE EXISTS (SELECT 1 FROM match_rules);
DROP TABLE match_rules;
`,
};
