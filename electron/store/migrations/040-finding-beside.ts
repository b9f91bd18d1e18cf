import type { Migration } from '../migrate.ts';

/** "Dua berkas, mungkin satu keluarga" stands at the later of two cases: it is looked at again as the earlier one changes too. */
export const findingBeside: Migration = {
  version: 40,
  name: 'finding-beside',
  sql: `
CREATE TRIGGER case_file_findings_beside AFTER UPDATE OF version, updated_at, state ON case_file BEGIN
  INSERT INTO finding_due
  SELECT later.serial FROM finding CROSS JOIN case_file AS later ON later.id = finding.case_id
  WHERE finding.other_case_id = NEW.id AND finding.gone_at IS NULL
    AND later.state NOT IN ('DIGABUNG', 'DITUTUP', 'DITOLAK_LURAH')
  ON CONFLICT DO NOTHING;
END;
`,
};
