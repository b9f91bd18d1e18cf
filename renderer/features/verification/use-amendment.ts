import { useCallback, useContext, useEffect, useState } from 'react';
import type { OpenSheet } from '../../../shared/contract/verification.ts';
import {
  amendedVisit,
  VisitEdit,
  visitEdits,
  withVisitEdits,
} from '../../../shared/domain/visit-amendment.ts';
import type { VisitEntry } from '../../../shared/domain/visit-entry.ts';
import type { Autosaved } from '../../app/use-autosaved.ts';
import { KeptStatesContext } from '../../app/use-kept-state.ts';

/** What is typed over a visit that was legalised, in the shape of a visit being typed. */
export interface Amendment extends Autosaved<VisitEntry> {
  /** Something was typed before this screen opened. */
  begun: boolean;
}

/**
 * Kept in memory alone, as edits: they go on over what a correction that was approved meanwhile has made
 * of the visit, until they are put before the lurah.
 */
export function useAmendment(sheet: OpenSheet): Amendment {
  const states = useContext(KeptStatesContext);
  const key = `verification.amend.${sheet.sheetId}`;
  const [before] = useState(() => VisitEdit.array().safeParse(states.get(key)).data ?? []);
  const [edits, setEdits] = useState<readonly VisitEdit[]>(before);
  useEffect(() => {
    if (edits.length === 0) states.drop(key);
    else states.set(key, edits);
  }, [edits, states, key]);
  const { entry, instrument } = sheet;
  const edit = useCallback(
    (change: (body: VisitEntry) => VisitEntry) =>
      setEdits((now) =>
        visitEdits(entry, amendedVisit(entry, change(withVisitEdits(entry, now)), instrument)),
      ),
    [entry, instrument],
  );
  return {
    body: withVisitEdits(entry, edits),
    edit,
    begun: before.length > 0,
    save: { savedAt: null, pending: false, problem: null },
    flush: () => Promise.resolve(true),
    version: () => sheet.version,
    aside: null,
    forget: () => {
      states.drop(key);
      setEdits([]);
    },
  };
}
