import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { caseDetailActions } from './actions.ts';
import { words } from './words.ts';

/**
 * The numbers of a family stay masked until somebody asks for them; that they did stands in the
 * journal before the first digit is shown. Another case starts masked again.
 */
export function useReveal(caseId: string): { shown: boolean; action: Action } {
  const trpc = useTRPC();
  const [shownOf, setShownOf] = useState<string | null>(null);
  const reveal = useMutation(trpc.cases.reveal.mutationOptions({ onSuccess: () => setShownOf(caseId) }));
  const shown = shownOf === caseId;
  const action: Action = {
    ...caseDetailActions.reveal,
    label: shown ? words.hideNumbers : words.showNumbers,
    perform: () => {
      if (shown) setShownOf(null);
      else reveal.mutate({ caseId });
    },
  };
  useActions([action]);
  return { shown, action };
}
