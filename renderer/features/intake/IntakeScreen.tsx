import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import type { Draft, IntakeOptions, Registered } from '../../../shared/contract/intake.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC, useTRPCClient } from '../../app/rpc.ts';
import { useOpening } from '../../app/use-opening.ts';
import { AsideNote } from '../../components/AsideNote.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { DuplicateHint } from '../duplicates/DuplicateHint.tsx';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { countUnseen, seeAll } from './draft-edit.ts';
import { IntakeForm } from './IntakeForm.tsx';
import { PaperBatchStrip } from '../paper-batch/PaperBatchStrip.tsx';
import { useNextPaper } from '../paper-batch/use-next-paper.ts';
import { RegisteredPanel } from './RegisteredPanel.tsx';
import { Conflict } from './Conflict.tsx';
import { LeaseNote } from './LeaseNote.tsx';
import { useBranch } from './use-branch.ts';
import { isHeld, useDraft } from './use-draft.ts';
import { useLease } from './use-lease.ts';
import { useTakeOver } from './use-take-over.ts';
import { words } from './words.ts';

/** The field at which the form opens: where the province found something wrong. */
export const IntakeSearch = z.object({ field: z.string().max(60).optional().catch(undefined) });

/** One draft, from the first letter to the receipt. */
export function IntakeScreen() {
  const { draftId } = useParams({ from: '/intake/$draftId' });
  const trpc = useTRPC();
  // What is being typed is newer than what the office would answer: the draft is asked for once.
  const draft = useQuery(
    trpc.intake.open.queryOptions(
      { draftId },
      { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false },
    ),
  );
  const options = useQuery(trpc.intake.options.queryOptions());
  const { opening, reopen } = useOpening(draft);
  const [registered, setRegistered] = useState<{ draftId: string; result: Registered } | null>(null);
  if (registered !== null && registered.draftId === draftId)
    return <RegisteredPanel result={registered.result} />;
  const error = draft.error ?? options.error;
  if (error !== null && (draft.data === undefined || options.data === undefined))
    return <ProblemNote problem={problemOf(error)} onRetry={() => void draft.refetch()} />;
  if (draft.data === undefined || options.data === undefined) return <Loader size="sm" />;
  return (
    <Typing
      key={`${draft.data.id} ${opening}`}
      draft={draft.data}
      options={options.data}
      onReload={reopen}
      onRegistered={(result) => setRegistered({ draftId, result })}
    />
  );
}

function Typing({
  draft,
  options,
  onReload,
  onRegistered,
}: {
  draft: Draft;
  options: IntakeOptions;
  /** Opens the draft anew, as the office has it. */
  onReload: () => void;
  onRegistered: (result: Registered) => void;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const goToNextPaper = useNextPaper();
  const open = useDraft(draft);
  const { field: startAt }: z.infer<typeof IntakeSearch> = useSearch({ from: '/intake/$draftId' });
  const [asking, setAsking] = useState(false);

  const register = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      if (!(await open.flush())) return null;
      return client.intake.register.mutate({ draftId: draft.id, version: open.version() });
    },
    onSuccess: async (result) => {
      if (result === null) return;
      open.aside?.discard();
      takeOver.forget();
      if (result.paperBatchId === null || !(await goToNextPaper(result))) onRegistered(result);
      await Promise.all([
        queries.invalidateQueries(trpc.cases.pathFilter()),
        queries.invalidateQueries(trpc.intake.drafts.pathFilter()),
      ]);
    },
  });
  const branch = useBranch(draft.id, open);
  const takeOver = useTakeOver(draft.id, open);
  const { lease, seize } = useLease(draft, onReload);

  async function openBranch(id: string) {
    await branch.flush();
    await navigate({ to: '/intake/$draftId', params: { draftId: id } });
  }

  function confirmSeen() {
    open.edit(seeAll);
    setAsking(false);
    register.mutate();
  }

  async function leave() {
    await open.flush();
    await queries.invalidateQueries(trpc.intake.drafts.pathFilter());
    await navigate({ to: '/intake' });
  }

  const held = open.save.problem;
  const notice =
    held !== null && isHeld(held.code) ? (
      <Conflict
        problem={held}
        branch={branch}
        onOpen={(id) => void openBranch(id)}
        onLoad={() => void branch.flush().then(onReload)}
      />
    ) : lease !== null ? (
      <LeaseNote lease={lease} onTakeOver={seize} />
    ) : register.error !== null ? (
      <ProblemNote problem={problemOf(register.error)} />
    ) : draft.body.forkOf !== null ? (
      <ProblemNote problem={{ message: words.forkTitle, next: words.forkText }} />
    ) : null;

  return (
    <>
      <IntakeForm
        draft={draft}
        open={open}
        options={options}
        startAt={startAt}
        busy={register.isPending || lease !== null}
        aside={
          <DuplicateHint
            draftId={draft.id}
            household={open.body}
            onPrefill={takeOver.take}
            onPutBack={takeOver.putBack}
            lastChange={takeOver.isLast}
          />
        }
        notice={
          <>
            {draft.paperBatch !== null && <PaperBatchStrip batch={draft.paperBatch} flush={open.flush} />}
            {notice}
            {open.aside !== null && <AsideNote aside={open.aside} by={draft.savedBy} />}
          </>
        }
        onRegister={(unseen) => (unseen > 0 ? setAsking(true) : register.mutate())}
        onLeave={() => void leave()}
      />
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.unseenTitle}>
        <Stack gap="sm" onKeyDown={onCtrlEnter(confirmSeen)}>
          <Text size="sm">{words.unseenText(countUnseen(open.body))}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {words.unseenBack}
            </Button>
            <Button data-autofocus onClick={confirmSeen}>
              {words.unseenConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
