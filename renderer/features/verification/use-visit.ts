import type { OpenSheet } from '../../../shared/contract/verification.ts';
import { VisitEntry, withoutSkipped } from '../../../shared/domain/visit-entry.ts';
import { membersAtVisit } from '../../../shared/domain/visit-household.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { type Autosaved, useAutosaved } from '../../app/use-autosaved.ts';

/**
 * A visit being typed in. Answers to questions that are skipped now stay in the screen's memory, in
 * case the answer before them was a slip, but they are not saved.
 */
export function useVisit(sheet: OpenSheet, today: string): Autosaved<VisitEntry> {
  const client = useTRPCClient();
  return useAutosaved({
    key: `verification.${sheet.sheetId}`,
    schema: VisitEntry,
    body: sheet.entry,
    version: sheet.version,
    savedAt: sheet.savedAt,
    editable: sheet.editable,
    save: (version, typed) =>
      client.verification.save.mutate({
        sheetId: sheet.sheetId,
        version,
        entry: withoutSkipped(
          typed,
          sheet.instrument,
          membersAtVisit(sheet.household, typed, sheet.instrument),
          today,
        ),
      }),
    held: ['version_conflict', 'sheet_void', 'step_not_possible'],
  });
}
