import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { caseDetailActions } from './actions.ts';
import { words } from './words.ts';

/** Whole numbers: No KK by the family's number, NIK by the member's id. */
export interface Numbers {
  kk: Readonly<Record<string, string>>;
  nik: Readonly<Record<string, string>>;
}

/**
 * The numbers of a family stay masked until somebody asks for them; that they did stands in the
 * journal before the first digit is shown. Another case starts masked again.
 */
export function useReveal(caseId: string): { numbers: Numbers | null; action: Action } {
  const trpc = useTRPC();
  const [revealed, setRevealed] = useState<{ caseId: string; numbers: Numbers } | null>(null);
  const reveal = useMutation(
    trpc.cases.reveal.mutationOptions({ onSuccess: (numbers) => setRevealed({ caseId, numbers }) }),
  );
  const shown = revealed?.caseId === caseId;
  const action: Action = {
    ...caseDetailActions.reveal,
    label: shown ? words.hideNumbers : words.showNumbers,
    perform: () => {
      if (shown) setRevealed(null);
      else reveal.mutate({ caseId });
    },
  };
  useActions([action]);
  return { numbers: shown ? revealed.numbers : null, action };
}
