import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import type { MuskelDetail } from '../../../shared/contract/muskel.ts';
import { countVerdicts, muskelStateLabel } from '../../../shared/domain/muskel.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { onCtrlEnter } from '../../components/ctrl-enter.ts';
import { formatDate, formatInstant } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReasonModal } from '../../components/ReasonModal.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { muskelSessionActions as actions } from './actions.ts';
import { AttendanceTab } from './AttendanceTab.tsx';
import { DocumentsTab } from './DocumentsTab.tsx';
import { FactsForm } from './FactsForm.tsx';
import { FormTab } from './FormTab.tsx';
import classes from './Muskel.module.css';
import { ObjectionsTab } from './ObjectionsTab.tsx';
import { ProposalsTab } from './ProposalsTab.tsx';
import { SidangTab } from './SidangTab.tsx';
import { words } from './words.ts';

const Part = z.enum(['sidang', 'hadir', 'usulan', 'pantau', 'sanggah', 'dokumen']);
type Part = z.infer<typeof Part>;
export const SessionSearch = z.object({ part: Part.optional().catch(undefined) });

/** One meeting: its agenda, who came, what was decided, and what follows. */
export function SessionScreen() {
  const { muskelId } = useParams({ from: '/muskel/$muskelId' });
  const trpc = useTRPC();
  const detail = useQuery(trpc.muskel.get.queryOptions({ muskelId }));
  if (detail.data !== undefined) return <Session key={muskelId} detail={detail.data} />;
  return <Waiting query={detail} />;
}

function Session({ detail }: { detail: MuskelDetail }) {
  const { muskel, items } = detail;
  const { part = 'sidang' }: z.infer<typeof SessionSearch> = useSearch({ from: '/muskel/$muskelId' });
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'facts' | 'finish' | 'reopen' | 'legalise' | null>(null);
  const counts = countVerdicts(items.map(({ verdict }) => verdict));

  function show(next: Part) {
    void navigate({
      to: '/muskel/$muskelId',
      params: { muskelId: muskel.id },
      search: { part: next },
      replace: true,
    });
  }
  const otherPart = {
    ...actions.otherPart,
    perform: () => show(Part.options[(Part.options.indexOf(part) + 1) % Part.options.length] ?? 'sidang'),
  };
  const finish = {
    ...actions.finish,
    when: () => muskel.state === 'berlangsung',
    perform: () => setAsking('finish'),
  };
  const reopen = {
    ...actions.reopen,
    when: () => muskel.state === 'selesai',
    perform: () => setAsking('reopen'),
  };
  const legalise = {
    ...actions.legalise,
    when: () => muskel.state === 'selesai',
    perform: () => setAsking('legalise'),
  };
  useActions([otherPart, finish, reopen, legalise]);

  return (
    <div className={classes.screen}>
      <PageHeader
        title={`${words.nameOf(muskel.no)}, ${detail.periodName}`}
        subtitle={[
          formatDate(muskel.heldOn),
          muskel.place,
          muskelStateLabel[muskel.state],
          words.decided(counts.all - counts.undecided, counts.all),
          muskel.legalisedAt === null
            ? ''
            : words.legalisedBy(muskel.legalisedByName ?? '', formatInstant(muskel.legalisedAt)),
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      >
        {muskel.state === 'berlangsung' && (
          <>
            <Button variant="default" onClick={() => setAsking('facts')}>
              {words.editFacts}
            </Button>
            <ActionButton action={finish} variant={counts.undecided === 0 ? 'filled' : 'default'} />
          </>
        )}
        {muskel.state === 'selesai' && (
          <>
            <ActionButton action={reopen} variant="default" />
            <ActionButton action={legalise} />
          </>
        )}
      </PageHeader>
      <div className={classes.body}>
        <Group>
          <SegmentedControl
            aria-label={words.tabLabel}
            value={part}
            onChange={(value) => show(Part.catch('sidang').parse(value))}
            data={Part.options.map((value) => ({ value, label: labelOf(value, detail) }))}
          />
        </Group>
        <PartOf part={part} detail={detail} />
      </div>
      <Modal opened={asking === 'facts'} onClose={() => setAsking(null)} title={words.editFacts}>
        {asking === 'facts' && (
          <FactsForm muskel={muskel} onDone={() => setAsking(null)} onCancel={() => setAsking(null)} />
        )}
      </Modal>
      <Moves detail={detail} asking={asking} onClose={() => setAsking(null)} />
    </div>
  );
}

function PartOf({ part, detail }: { part: Part; detail: MuskelDetail }) {
  switch (part) {
    case 'sidang':
      return <SidangTab detail={detail} />;
    case 'hadir':
      return <AttendanceTab muskel={detail.muskel} />;
    case 'usulan':
      return <ProposalsTab detail={detail} />;
    case 'pantau':
      return <FormTab muskel={detail.muskel} />;
    case 'sanggah':
      return <ObjectionsTab detail={detail} />;
    case 'dokumen':
      return <DocumentsTab detail={detail} />;
  }
}

function labelOf(part: Part, { muskel, proposals, objections }: MuskelDetail): string {
  const open = objections.filter(({ state }) => state === 'diajukan').length;
  const count = { hadir: muskel.attendees.length, usulan: proposals.length, sanggah: open };
  const number = part === 'hadir' || part === 'usulan' || part === 'sanggah' ? count[part] : 0;
  return number === 0 ? words.tabs[part] : `${words.tabs[part]} ${number}`;
}

/** Finishing, reopening and legalising, each after one look at what it does. */
function Moves({
  detail,
  asking,
  onClose,
}: {
  detail: MuskelDetail;
  asking: 'facts' | 'finish' | 'reopen' | 'legalise' | null;
  onClose: () => void;
}) {
  const { muskel, items } = detail;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const counts = countVerdicts(items.map(({ verdict }) => verdict));
  const done = (message: string) => ({
    onSuccess: () => {
      onClose();
      tellDone(message);
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.muskel.pathFilter()),
        queries.invalidateQueries(trpc.cases.pathFilter()),
      ]),
  });
  const finish = useMutation(
    trpc.muskel.finish.mutationOptions({ ...done(words.finished), onError: onClose }),
  );
  const legalise = useMutation(
    trpc.muskel.legalise.mutationOptions({ ...done(words.legalised), onError: onClose }),
  );
  const reopen = useMutation(
    trpc.muskel.reopen.mutationOptions({ ...done(words.reopened), meta: { quiet: true } }),
  );
  const ref = { muskelId: muskel.id, version: muskel.version };
  const sure = asking === 'legalise' ? () => legalise.mutate(ref) : () => finish.mutate(ref);

  return (
    <>
      <Modal
        opened={asking === 'finish' || asking === 'legalise'}
        onClose={onClose}
        title={asking === 'legalise' ? words.legalise : words.finish}
      >
        <Stack gap="sm" onKeyDown={onCtrlEnter(sure)}>
          <Text size="sm">
            {asking === 'legalise'
              ? words.legaliseText(
                  words.counts(counts.poor, counts.proposed, counts.capable, counts.notFound, counts.twin),
                )
              : words.finishText(counts.undecided)}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button data-autofocus loading={finish.isPending || legalise.isPending} onClick={sure}>
              {asking === 'legalise' ? words.legalise : words.finish}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <ReasonModal
        opened={asking === 'reopen'}
        keep={`muskel.${muskel.id}`}
        title={words.reopen}
        description={words.reopenText}
        reasonRequired
        onCancel={onClose}
        onConfirm={(reason) => reopen.mutateAsync({ ...ref, reason: reason ?? '' })}
      />
    </>
  );
}
