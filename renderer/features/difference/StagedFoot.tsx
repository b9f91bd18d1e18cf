import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ChangeFilter, DifferenceInfo } from '../../../shared/contract/difference.ts';
import { isRunning } from '../../../shared/contract/jobs.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { JobPanel } from '../../components/JobPanel.tsx';
import { useKeptState } from '../../app/use-kept-state.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { differenceActions } from './actions.ts';
import classes from './difference.module.css';
import { subjectOf } from './decision.ts';
import { Decisions } from './Decisions.tsx';
import { manyGone } from './many-gone.ts';
import { useDifferenceJob } from './use-difference-job.ts';
import { words } from './words.ts';

interface StagedFootProps {
  info: DifferenceInfo;
  filter: ChangeFilter;
  /** Rows that the filter lets through. */
  shown: number;
  /** What is shown is still of the filter before. */
  stale: boolean;
  selection: ReadonlySet<string>;
  /** Rows that are in sight, or a page away from it. */
  loaded: ReadonlySet<string>;
  onDecided: () => void;
}

/** Accepts and refuses parts, and makes what is accepted the next version. */
export function StagedFoot({ info, filter, shown, stale, selection, loaded, onDecided }: StagedFootProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayImport = useMay('reference:import');
  const [startedId, setStartedId] = useState<string | null>(null);
  const jobId = startedId ?? info.busy?.jobId ?? null;
  const [asking, setAsking] = useState<boolean | null>(null);
  const [stroke, setStroke] = useKeptState<number | null>(`difference.stroke.${info.id}`, null, isStroke);
  const [discarding, setDiscarding] = useState(false);
  const [askingGone, setAskingGone] = useState(false);
  const gone = manyGone(info);
  const [telling, setTelling] = useState(false);
  const job = useDifferenceJob(jobId);
  const refresh = () => queries.invalidateQueries(trpc.difference.pathFilter());
  const decide = useMutation(
    trpc.difference.decide.mutationOptions({
      onSuccess: ({ decision }) => {
        undo.reset();
        setAsking(null);
        if (decision !== null) setStroke(decision);
        onDecided();
      },
      onSettled: refresh,
    }),
  );
  const undo = useMutation(
    trpc.difference.takeBack.mutationOptions({
      onSuccess: () => {
        decide.reset();
        setStroke(null);
      },
      // Taken back already, as from another window, or decided again: nothing is left to be taken back.
      onError: (error) => {
        if (!nothingLeft.has(problemOf(error).code)) return;
        decide.reset();
        setStroke(null);
      },
      onSettled: refresh,
    }),
  );
  const accept = useMutation(
    trpc.difference.accept.mutationOptions({
      onSuccess: (started) => setStartedId(started.jobId),
      // A colleague was quicker.
      onError: refresh,
    }),
  );
  const again = useMutation(
    trpc.difference.compareAgain.mutationOptions({
      onSuccess: (started) => setStartedId(started.jobId),
    }),
  );
  const compared = job?.differenceId ?? null;
  useEffect(() => {
    if (compared === null) return;
    void queries.invalidateQueries(trpc.difference.waiting.pathFilter());
    void navigate({ to: '/difference/$differenceId', params: { differenceId: compared }, search: {} });
  }, [compared, navigate, queries, trpc]);
  const cancel = useMutation(trpc.difference.cancel.mutationOptions());
  const discard = useMutation(
    trpc.difference.discard.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.difference.waiting.pathFilter());
        void navigate({ to: '/reference' });
      },
    }),
  );
  const deciding = decide.isPending || undo.isPending;
  const busy = jobId !== null && (job === null || isRunning(job));
  const subject = subjectOf(selection, { shown, stale, filter, loaded });
  const asked =
    subject?.asks === 'outOfSight'
      ? words.asked('outOfSight', asking === true, selection.size)
      : words.asked('shown', asking === true, shown);
  function decideThem(accepted: boolean) {
    if (subject !== null) decide.mutate({ id: info.id, accepted, which: subject.which });
  }
  const mark = (accepted: boolean) => () =>
    subject !== null && subject.asks !== null ? setAsking(accepted) : decideThem(accepted);
  const ready = () =>
    mayImport &&
    !stale &&
    !busy &&
    !accept.isPending &&
    !discard.isPending &&
    !deciding &&
    job?.list == null &&
    (info.busy === null || info.busy.jobId === jobId);
  const any = () => ready() && subject !== null;
  const actions = {
    accept: { ...differenceActions.accept, when: any, perform: mark(true) },
    refuse: { ...differenceActions.refuse, when: any, perform: mark(false) },
    takeBack: {
      ...differenceActions.takeBack,
      when: () => ready() && stroke !== null,
      perform: () => stroke !== null && undo.mutate({ id: info.id, decision: stroke }),
    },
    decisions: { ...differenceActions.decisions, perform: () => setTelling(true) },
    save: {
      ...differenceActions.save,
      when: ready,
      perform: () => (gone === null ? accept.mutate({ id: info.id }) : setAskingGone(true)),
    },
    discard: { ...differenceActions.discard, when: ready, perform: () => setDiscarding(true) },
  };
  useActions(Object.values(actions));

  if (job !== null && job.list !== null) return <Saved list={job.list} />;
  if (job !== null && isRunning(job))
    return (
      <JobPanel
        job={job}
        note={again.isSuccess || info.busy?.again === true ? words.comparingAgain : words.accepting}
        stopping={cancel.isPending}
        onStop={() => cancel.mutate({ jobId: job.id })}
      />
    );
  if (info.busy !== null && jobId === null)
    return (
      <Text size="sm" role="status" pt="xs">
        {words.busyBy(info.busy.byName, info.busy.again)}
      </Text>
    );
  const { baru, berubah, hilang } = info.counts;
  const changes = baru.households + berubah.households + hilang.households;
  const accepted = baru.accepted + berubah.accepted + hilang.accepted;
  return (
    <>
      {job !== null && job.problem !== null && <ProblemNote problem={job.problem} />}
      {laidBesideAnew.has(job?.problem?.code ?? '') && (
        <Group justify="flex-end">
          <Button autoFocus loading={again.isPending} onClick={() => again.mutate({ id: info.id })}>
            {words.compareAgain}
          </Button>
        </Group>
      )}
      <div className={classes.bar}>
        <div className={classes.said}>
          <Text size="sm" role="status">
            {words.toAccept(accepted, changes)}
            {info.unread.persons > 0 && ` · ${words.staysUnread(info.unread.persons)}`}
            {decide.data !== undefined && ` · ${words.decided(decide.data.changed)}`}
            {undo.data !== undefined &&
              ` · ${words.takenBack(undo.data.changed, undo.data.left.rows, undo.data.left.byNames.join(', '))}`}
          </Text>
          <Text size="sm" c="dimmed">
            {stale
              ? words.counting
              : selection.size > 0
                ? words.selected(selection.size)
                : words.shown(shown)}
          </Text>
          {info.decisions.length > 0 && <ActionButton action={actions.decisions} variant="subtle" />}
          {stroke !== null && (
            <ActionButton action={actions.takeBack} variant="subtle" loading={undo.isPending} />
          )}
        </div>
        <div className={classes.buttons}>
          <ActionButton action={actions.refuse} variant="default" />
          <ActionButton action={actions.accept} variant="default" />
          <ActionButton action={actions.discard} variant="default" />
          <ActionButton action={actions.save} data-primary loading={accept.isPending || busy} />
        </div>
      </div>
      <Modal opened={asking !== null} onClose={() => setAsking(null)} title={asked.title}>
        <Stack gap="md">
          <Text>{asked.text}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(null)}>
              {words.cancel}
            </Button>
            <Button
              data-autofocus
              loading={decide.isPending}
              onClick={() => asking !== null && decideThem(asking)}
            >
              {asked.confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
      {gone !== null && (
        <Modal opened={askingGone} onClose={() => setAskingGone(false)} title={words.goneTitle(gone.gone)}>
          <Stack gap="md">
            <Text>{words.manyGone(gone.gone, gone.of, info.replaces.length > 0)}</Text>
            <Group justify="flex-end">
              <Button variant="default" data-autofocus onClick={() => setAskingGone(false)}>
                {words.goneLook}
              </Button>
              <Button
                color="red"
                onClick={() => {
                  setAskingGone(false);
                  accept.mutate({ id: info.id });
                }}
              >
                {words.goneConfirm(gone.gone)}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
      <Modal opened={telling} onClose={() => setTelling(false)} title={words.decisionsTitle} size="lg">
        <Decisions decisions={info.decisions} areas={info.kelurahan} />
      </Modal>
      <Modal opened={discarding} onClose={() => setDiscarding(false)} title={words.discardTitle}>
        <Stack gap="md">
          <Text>{words.discardText}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus autoFocus onClick={() => setDiscarding(false)}>
              {words.cancel}
            </Button>
            <Button color="red" loading={discard.isPending} onClick={() => discard.mutate({ id: info.id })}>
              {words.discardConfirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** What was refused to be saved, since the lists that the file lies beside are others by now. */
const laidBesideAnew: ReadonlySet<string> = new Set([
  'difference_base_replaced',
  'difference_replaced_changed',
]);

/** Why a decision cannot be taken back, now or later. */
const nothingLeft: ReadonlySet<string> = new Set(['not_found', 'decision_overtaken']);

function isStroke(kept: unknown): kept is number | null {
  return kept === null || Number.isInteger(kept);
}

/** The new version stands; one press undoes it. */
function Saved({ list }: { list: { id: string; name: string; version: number } }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const undo = useMutation(
    trpc.difference.withdraw.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.reference.lists.pathFilter()),
    }),
  );
  const action = {
    ...differenceActions.undo,
    when: () => !undo.isPending && !undo.isSuccess,
    perform: () => undo.mutate({ listId: list.id, reason: words.undoReason }),
  };
  useActions([action]);
  return (
    <div className={classes.bar}>
      <Text role="status" mr="auto">
        {undo.isSuccess ? words.undone(list.name, list.version) : words.savedText(list.name, list.version)}
      </Text>
      <ActionButton action={action} variant="default" loading={undo.isPending} />
      <Button
        autoFocus
        onClick={() => {
          void queries.invalidateQueries(trpc.reference.lists.pathFilter());
          void navigate({ to: '/reference' });
        }}
      >
        {words.toLists}
      </Button>
    </div>
  );
}
