import type { Migration } from '../migrate.ts';

/**
 * A program may go to several members of one family, each by a word of its own: of two only the first was
 * kept. What came of that before is applied once more, which adds what is missing and nothing else.
 */
export const decisionMembers: Migration = {
  version: 36,
  name: 'decision-members',
  sql: `
CREATE TABLE province_decision_of_members (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES down_item (id),
  -- Not always a case of this register: an office may have been set up anew.
  case_id TEXT NOT NULL,
  -- Empty where it is of the household.
  member_id TEXT NOT NULL,
  matter TEXT NOT NULL CHECK (matter IN ('penetapan', 'peringkat', 'program')),
  period_id TEXT NOT NULL,
  program TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (json_valid(outcome)),
  UNIQUE (item_id, case_id, member_id, matter, program)
) STRICT;
INSERT INTO province_decision_of_members
SELECT id, item_id, case_id, coalesce(outcome ->> 'memberId', ''), matter, period_id, program, outcome FROM province_decision;
DROP TABLE province_decision;
ALTER TABLE province_decision_of_members RENAME TO province_decision;
CREATE INDEX province_decision_case ON province_decision (case_id, id);
UPDATE down_item SET applied_at = NULL WHERE kind = 'decision.recipients';
`,
};
