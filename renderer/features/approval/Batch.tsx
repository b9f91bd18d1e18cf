import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalItem } from '../../../shared/contract/approval.ts';
import type { StepOutcome } from '../../../shared/contract/cases.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { approvalActions } from './actions.ts';
import classes from './ApprovalScreen.module.css';
import { BatchModal } from './BatchModal.tsx';
import { words } from './words.ts';

interface BatchProps {
  items: readonly ApprovalItem[];
  onDone: () => void;
  /** Leads to one of them, the others stay chosen. */
  onOpen: (caseId: string) => void;
}

/** Approves what was chosen, after one confirmation, and says of each what became of it. */
export function Batch({ items, onDone, onOpen }: BatchProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<readonly ApprovalItem[] | null>(null);
  const [outcomes, setOutcomes] = useState<readonly StepOutcome[] | null>(null);
  const approveAll = useMutation(trpc.approval.approveAll.mutationOptions({ onSuccess: setOutcomes }));
  const sample = useQuery(
    trpc.approval.sample.queryOptions(
      { items: (asked ?? []).map(({ caseId, seen }) => ({ caseId, seen })) },
      { enabled: asked !== null && asked.length > 0 && outcomes === null, staleTime: 0, gcTime: 0 },
    ),
  );
  const kind = items[0]?.kind ?? 'pendaftaran';

  const approve: Action = {
    ...approvalActions.approveChosen,
    label: words.approveChosen[kind],
    when: () => items.length > 0,
    perform: () => setAsked(items),
  };
  useActions([approve]);

  async function close() {
    setAsked(null);
    if (outcomes === null) return;
    setOutcomes(null);
    onDone();
    await Promise.all([
      queries.invalidateQueries(trpc.approval.inbox.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
    ]);
  }

  return (
    <>
      {items.length > 0 && (
        <div className={classes.sideFoot}>
          <span role="status">{words.chosen(items.length)}</span>
          <Button variant="subtle" size="compact-sm" color="gray" onClick={onDone}>
            {words.clear}
          </Button>
          <ActionButton action={approve} size="compact-sm" withoutKeys />
        </div>
      )}
      <BatchModal
        items={asked}
        outcomes={outcomes}
        sample={sample}
        onOpen={(caseId) => {
          setAsked(null);
          onOpen(caseId);
        }}
        busy={approveAll.isPending}
        onConfirm={() =>
          approveAll.mutate({ items: (asked ?? []).map(({ caseId, seen }) => ({ caseId, seen })) })
        }
        onClose={() => void close()}
      />
    </>
  );
}
