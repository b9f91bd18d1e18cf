import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { ApprovalItem } from '../../../shared/contract/approval.ts';
import { type Decision, decisionLabel, stepsOfDecision } from '../../../shared/domain/approval.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { approvalActions } from './actions.ts';
import classes from './ApprovalScreen.module.css';
import { CaseForApproval } from './CaseForApproval.tsx';
import { ConfirmApproval } from './ConfirmApproval.tsx';
import { reasonSuggestions, words } from './words.ts';

interface DecidingProps {
  item: ApprovalItem;
  /** The button that leads on without deciding. */
  next: ReactNode;
  onDecided: () => void;
}

/** One case and the three things that can be done with it. */
export function Deciding({ item, next, onDecided }: DecidingProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const detail = useQuery(
    trpc.approval.detail.queryOptions({ caseId: item.caseId }, { meta: { quiet: true } }),
  );
  const [asking, setAsking] = useState<Decision | null>(null);
  const decide = useMutation(
    trpc.approval.decide.mutationOptions({
      onSuccess: async ({ state }, { decision }) => {
        setAsking(null);
        tellDone(state === 'DISAHKAN' ? words.legalised : words.done[decision], item.headName);
        onDecided();
        await refresh();
      },
      onError: async () => {
        setAsking(null);
        await Promise.all([refresh(), detail.refetch()]);
      },
    }),
  );
  /** The list; a case that was decided has no detail here any more. */
  function refresh() {
    return Promise.all([
      queries.invalidateQueries(trpc.approval.inbox.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
    ]);
  }

  const shown = detail.data;
  const state = shown?.item.state ?? item.state;
  function ask(decision: Decision): () => void {
    return () => setAsking(decision);
  }
  function can(decision: Decision): boolean {
    const blocked = decision !== 'kembalikan' && item.enteredByMe;
    return shown !== undefined && !blocked && stepsOfDecision(state, decision) !== null;
  }
  const approve: Action = {
    ...approvalActions.approve,
    label: decisionLabel(state, 'setujui'),
    when: () => can('setujui'),
    perform: ask('setujui'),
  };
  const approveAlso: Action = {
    ...approvalActions.approveAlso,
    label: approve.label,
    when: () => can('setujui'),
    perform: ask('setujui'),
  };
  const sendBack: Action = {
    ...approvalActions.sendBack,
    label: decisionLabel(state, 'kembalikan'),
    when: () => can('kembalikan'),
    perform: ask('kembalikan'),
  };
  const refuse: Action = {
    ...approvalActions.refuse,
    label: decisionLabel(state, 'tolak'),
    when: () => can('tolak'),
    perform: ask('tolak'),
  };
  const openCase: Action = {
    ...approvalActions.openCase,
    perform: () => void navigate({ to: '/cases/$caseId', params: { caseId: item.caseId } }),
  };
  useActions([approve, approveAlso, sendBack, refuse, openCase]);

  // The decision is on what stands on screen, so it names the event that was seen there.
  const seen = shown?.item.seen;

  return (
    <div className={classes.main}>
      <div className={classes.detail}>
        {shown === undefined ? <Waiting query={detail} /> : <CaseForApproval detail={shown} />}
      </div>
      <div className={classes.foot}>
        <div>
          {next}
          <ActionButton action={openCase} variant="subtle" color="gray" />
        </div>
        {stepsOfDecision(state, 'tolak') !== null && (
          <ActionButton action={refuse} variant="subtle" color="red" />
        )}
        <ActionButton action={sendBack} variant="default" />
        <ActionButton action={approve} />
      </div>
      <ConfirmApproval
        item={asking === 'setujui' ? (shown?.item ?? null) : null}
        busy={decide.isPending}
        onCancel={() => setAsking(null)}
        onConfirm={() => {
          if (seen !== undefined)
            decide.mutate({ caseId: item.caseId, seen, decision: 'setujui', reason: null });
        }}
      />
      <ReasonModal
        opened={asking === 'kembalikan' || asking === 'tolak'}
        keep={`${asking ?? ''}.${item.caseId}`}
        title={asking === null ? '' : decisionLabel(state, asking)}
        description={asking === null ? undefined : words.reasonText[asking]}
        reasonRequired
        suggestions={asking === null ? [] : reasonSuggestions[item.kind][asking]}
        danger={asking === 'tolak'}
        onCancel={() => setAsking(null)}
        onConfirm={async (reason) => {
          if (asking !== null && seen !== undefined)
            await decide.mutateAsync({ caseId: item.caseId, seen, decision: asking, reason });
        }}
      />
    </div>
  );
}
