import { useCallback, useState } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import {
  amendedVisit,
  VisitEdit,
  visitEdits,
  withVisitEdits,
} from '../../../shared/domain/visit-amendment.ts';
import type { VisitEntry } from '../../../shared/domain/visit-entry.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { type Autosaved, useAutosaved } from '../../app/use-autosaved.ts';

/** What is typed over a visit that was legalised, in the shape of a visit being typed. */
export interface Amendment extends Autosaved<VisitEntry> {
  /** Something was typed before this screen opened. */
  begun: boolean;
}

const Edits = VisitEdit.array();

/** Each person types on their own: nobody else's saving comes before it. */
const soleVersion = 1;

/**
 * Kept in the office as it is typed, as edits: they go on over what a correction that was approved meanwhile has made
 * of the visit, until they are put before the lurah.
 */
export function useAmendment(sheet: OpenSheet): Amendment {
  const client = useTRPCClient();
  const { entry, instrument, sheetId } = sheet;
  const typed = useAutosaved<VisitEdit[]>({
    key: `verification.amend.${sheetId}`,
    schema: Edits,
    body: sheet.amendment,
    version: soleVersion,
    savedAt: null,
    editable: true,
    save: async (version, edits) => ({
      version,
      ...(await client.verification.keepAmendment.mutate({ sheetId, edits })),
    }),
    held: ['step_not_possible', 'sheet_unknown', 'not_allowed'],
  });
  const [begun] = useState(typed.body.length > 0);
  const { edit: editEdits } = typed;
  const edit = useCallback(
    (change: (body: VisitEntry) => VisitEntry) =>
      editEdits((now) =>
        visitEdits(entry, amendedVisit(entry, change(withVisitEdits(entry, now)), instrument)),
      ),
    [editEdits, entry, instrument],
  );
  return {
    ...typed,
    body: withVisitEdits(entry, typed.body),
    edit,
    begun,
    version: () => sheet.version,
    aside: null,
    forget: () => editEdits((now) => (now.length === 0 ? now : [])),
  };
}
