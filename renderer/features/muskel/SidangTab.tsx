import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MuskelDetail, MuskelItem } from '../../../shared/contract/muskel.ts';
import { describeVerdict, type MuskelVerdict } from '../../../shared/domain/muskel.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { NikText } from '../../components/NikText.tsx';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { muskelSessionActions as actions } from './actions.ts';
import { AgendaList } from './AgendaList.tsx';
import classes from './Muskel.module.css';
import { nextFamily, statusOf } from './session-view.ts';
import { TraitFields } from './TraitFields.tsx';
import { GoneDialog, TwinDialog } from './VerdictDialogs.tsx';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** The meeting at work: one family on the table, one key a verdict, then the next. */
export function SidangTab({ detail }: { detail: MuskelDetail }) {
  const { muskel, items } = detail;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayWrite = useMay('muskel:write');
  const [currentId, setCurrentId] = useState(() => nextFamily(items, null));
  const [asking, setAsking] = useState<'gone' | 'twin' | 'undo' | null>(null);
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.muskel.pathFilter()),
      queries.invalidateQueries(trpc.cases.pathFilter()),
    ]);
  const decide = useMutation(trpc.muskel.decide.mutationOptions({ onSettled: refresh }));
  const decideAsked = useMutation(
    trpc.muskel.decide.mutationOptions({ meta: { quiet: true }, onSettled: refresh }),
  );
  const undo = useMutation(trpc.muskel.undo.mutationOptions({ meta: { quiet: true }, onSettled: refresh }));
  const add = useMutation(trpc.muskel.refreshAgenda.mutationOptions({ onSettled: refresh }));
  const current = items.find(({ caseId }) => caseId === currentId) ?? items[0];
  const open = muskel.state === 'berlangsung' && mayWrite;

  function found(capable: '1' | '2') {
    if (current === undefined) return;
    const verdict = { status: statusOf(current), reason: null, capable, twin: '', note: '' };
    decide.mutate({ muskelId: muskel.id, caseId: current.caseId, verdict });
    setCurrentId(nextFamily(items, current.caseId));
  }
  /** What was asked for with words stays asked until the office has it. */
  async function record(verdict: MuskelVerdict) {
    if (current === undefined) return;
    await decideAsked.mutateAsync({ muskelId: muskel.id, caseId: current.caseId, verdict });
    setAsking(null);
    setCurrentId(nextFamily(items, current.caseId));
  }

  const can = () => open && current !== undefined;
  const next = {
    ...actions.next,
    when: () => items.length > 1,
    perform: () => setCurrentId(nextFamily(items, current?.caseId ?? null)),
  };
  const poor = { ...actions.poor, when: can, perform: () => found('2') };
  const capable = { ...actions.capable, when: can, perform: () => found('1') };
  const gone = { ...actions.gone, when: can, perform: () => setAsking('gone') };
  const twin = { ...actions.twin, when: can, perform: () => setAsking('twin') };
  const takeBack = {
    ...actions.undo,
    when: () => can() && current?.verdict !== null,
    perform: () => setAsking('undo'),
  };
  useActions([next, poor, capable, gone, twin, takeBack]);
  if (current === undefined) return null;

  return (
    <>
      {detail.waiting > 0 && open && (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            loading={add.isPending}
            onClick={() => add.mutate({ muskelId: muskel.id })}
          >
            {words.refresh(detail.waiting)}
          </Button>
        </Group>
      )}
      <div className={classes.split}>
        <AgendaList items={items} currentId={current.caseId} onOpen={setCurrentId} />
        <div className={classes.main}>
          <div className={classes.detail}>
            <Family item={current} />
            <TraitFields key={current.caseId} muskelId={muskel.id} item={current} open={open} />
          </div>
          <div className={classes.foot}>
            <Group gap="xs">
              <ActionButton action={next} variant="subtle" />
              {open && current.verdict !== null && (
                <ActionButton action={takeBack} variant="subtle" color="gray" />
              )}
            </Group>
            {open && (
              // One row of verdicts, also where the screen is too narrow for the rest beside them.
              <Group gap="xs" wrap="nowrap">
                <ActionButton action={twin} variant="default" />
                <ActionButton action={gone} variant="default" />
                <ActionButton action={capable} variant="default" />
                <ActionButton action={poor} />
              </Group>
            )}
          </div>
        </div>
      </div>
      <GoneDialog
        opened={asking === 'gone'}
        item={current}
        busy={decideAsked.isPending}
        onRecord={record}
        onCancel={() => setAsking(null)}
      />
      <TwinDialog
        opened={asking === 'twin'}
        item={current}
        busy={decideAsked.isPending}
        onRecord={record}
        onCancel={() => setAsking(null)}
      />
      <ReasonModal
        opened={asking === 'undo'}
        keep={`verdict.${current.caseId}`}
        title={words.undo}
        description={`${current.headName}: ${words.undoText}`}
        reasonRequired
        suggestions={words.undoReasons}
        onCancel={() => setAsking(null)}
        onConfirm={async (reason) => {
          await undo.mutateAsync({ muskelId: muskel.id, caseId: current.caseId, reason: reason ?? '' });
          setAsking(null);
        }}
      />
    </>
  );
}

function Family({ item }: { item: MuskelItem }) {
  return (
    <>
      <Group gap="sm" align="baseline">
        <Title order={2}>
          {item.no}. {item.headName}
        </Title>
        <Text span size="sm">
          <StateBadge state={item.state} />
        </Text>
      </Group>
      <dl className={classes.facts}>
        <dt>NIK</dt>
        <dd>
          <NikText value={item.nik} />
        </dd>
        <dt>{words.spouse}</dt>
        <dd>{item.spouseName ?? '–'}</dd>
        <dt>{words.address}</dt>
        <dd>
          {item.street}, {formatRtRw(item.rt, item.rw)}
        </dd>
        <dt>{words.members}</dt>
        <dd>{item.members}</dd>
        <dt>{words.identification}</dt>
        <dd>{item.result === 'baru' ? words.isNew : words.known}</dd>
        {item.verdict !== null && (
          <>
            <dt>{words.answerChoice}</dt>
            <dd>
              <Text span fw={600}>
                {describeVerdict(item.verdict)}
              </Text>
              <Text size="sm" c="dimmed">
                {item.state === 'MUSKEL_LAYAK' || item.state === 'DITUGASKAN' ? words.toField : words.leaves}
              </Text>
            </dd>
          </>
        )}
      </dl>
      <CaseLink caseId={item.caseId}>
        {words.openCase} {item.number}
      </CaseLink>
    </>
  );
}
