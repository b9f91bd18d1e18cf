import { Alert, Anchor, List, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { type CourierBundle, CourierOutcome } from '../../../shared/contract/courier.ts';
import type { ProofMark, ProofState } from '../../../shared/contract/proof.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { fetchFile, postFile, saveFile } from '../../app/files.ts';
import { tellAttention, tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useSessionStore } from '../../app/session-context.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { AlertIcon, CheckIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { courierActions } from './actions.ts';
import { latestError } from './latest.ts';
import { words } from './words.ts';

const every = 5_000;

/** Verdicts on which somebody is to look. */
const attended: readonly ProofState[] = ['berbeda', 'tidak_terbukti', 'tidak_terbanding'];

/** The exchange on a stick: a bundle out, its answer in, and what became of each. */
export function CourierScreen() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const session = useSessionStore();
  const chooser = useRef<HTMLInputElement>(null);
  const view = useQuery(
    trpc.courier.view.queryOptions(undefined, { refetchInterval: every, meta: { quiet: true } }),
  );
  // The foot of the screen asks the same; both share one look.
  const { data: status } = useQuery(trpc.sync.status.queryOptions(undefined, { meta: { quiet: true } }));
  const refresh = async () => {
    await Promise.all([
      queries.invalidateQueries(trpc.courier.pathFilter()),
      queries.invalidateQueries(trpc.sync.pathFilter()),
      queries.invalidateQueries(trpc.attention.pathFilter()),
      queries.invalidateQueries(trpc.proof.pathFilter()),
      queries.invalidateQueries(trpc.period.pathFilter()),
    ]);
  };
  const make = useMutation({
    mutationFn: () => fetchFile(session, '/files/courier', '', null),
    meta: { quiet: true },
    onSuccess: async (file) => {
      saveFile(file);
      tellDone(words.made, words.madeText);
      await refresh();
    },
  });
  const read = useMutation({
    mutationFn: async (file: File) =>
      CourierOutcome.parse(await postFile(session, '/files/courier/answer', file, 'application/jose')),
    meta: { quiet: true },
    onSuccess: async ({ confirmed, toMend, items, proof }) => {
      const text = [
        words.readText(formatNumber(confirmed), formatNumber(toMend), formatNumber(items)),
        proof === null ? words.readOlder : words.readProof[proof],
      ].join(' ');
      (toMend > 0 || (proof !== null && attended.includes(proof)) ? tellAttention : tellDone)(
        words.read,
        text,
      );
      await refresh();
    },
  });
  const ready = view.data?.ready === true && !make.isPending && !read.isPending;
  const makeAction = { ...courierActions.make, when: () => ready, perform: () => make.mutate() };
  const readAction = { ...courierActions.read, when: () => ready, perform: () => chooser.current?.click() };
  useActions([makeAction, readAction]);
  const problem = latestError([make, read]);
  return (
    <section aria-label={words.title}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={readAction} variant="default" loading={read.isPending} />
        <ActionButton action={makeAction} loading={make.isPending} />
      </PageHeader>
      <input
        ref={chooser}
        type="file"
        accept=".mutakhir"
        hidden
        aria-label={courierActions.read.label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file !== undefined) read.mutate(file);
        }}
      />
      {problem !== null && <ProblemNote problem={problemOf(problem)} />}
      <Text role="status" size="sm" fw={500} mb="xs">
        {make.isPending
          ? words.making(formatNumber(view.data?.waiting ?? 0))
          : read.isPending && words.reading}
      </Text>
      <List type="ordered" size="sm" mb="md" maw="46rem">
        {words.steps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      {view.data === undefined ? (
        <Waiting query={view} />
      ) : (
        <>
          {view.data.ready ? (
            <Text mb="md">
              {view.data.waiting === 0 ? words.nothing : words.waiting(formatNumber(view.data.waiting))}
              {view.data.recaps > 0 && ` ${words.recaps(formatNumber(view.data.recaps))}`}
            </Text>
          ) : (
            <Alert color="yellow" variant="light" icon={<AlertIcon />} mb="md" maw="46rem">
              {words.notReady}
            </Alert>
          )}
          {status?.proof?.via === 'kurir' && <Proof mark={status.proof} />}
          <Bundles bundles={view.data.bundles} />
        </>
      )}
    </section>
  );
}

/** What the last answer proved. */
function Proof({ mark: { state, at, differences, later } }: { mark: NonNullable<ProofMark> }) {
  const well = state === 'cocok';
  return (
    <Alert
      color={well ? 'teal' : 'yellow'}
      variant="light"
      icon={well ? <CheckIcon /> : <AlertIcon />}
      mb="md"
      maw="46rem"
    >
      {words.proof[state](
        formatInstant(at),
        differences === 0 ? null : formatNumber(differences),
        later === 0 ? null : formatNumber(later),
      )}{' '}
      <Anchor component={Link} to="/sync/proof" size="sm">
        {words.seeProof}
      </Anchor>
    </Alert>
  );
}

function Bundles({ bundles }: { bundles: readonly CourierBundle[] }) {
  if (bundles.length === 0) return <Text c="dimmed">{words.none}</Text>;
  const { columns } = words;
  return (
    <Table maw="60rem" captionSide="top" className="tabular">
      <Table.Caption ta="start">{words.bundles}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{columns.number}</Table.Th>
          <Table.Th scope="col">{columns.madeAt}</Table.Th>
          <Table.Th scope="col">{columns.by}</Table.Th>
          <Table.Th scope="col" ta="end">
            {columns.records}
          </Table.Th>
          <Table.Th scope="col">{columns.state}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bundles.map((bundle) => (
          <Table.Tr key={bundle.number}>
            <Table.Th scope="row" fw={400}>
              {bundle.number}
            </Table.Th>
            <Table.Td>{formatInstant(bundle.madeAt)}</Table.Td>
            <Table.Td>{bundle.madeByName}</Table.Td>
            <Table.Td ta="end">{formatNumber(bundle.records)}</Table.Td>
            <Table.Td>{stateOf(bundle)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function stateOf({ answeredAt, waiting }: CourierBundle): string {
  if (answeredAt !== null) return words.answered(formatInstant(answeredAt));
  return waiting === 0 ? words.superseded : words.under(formatNumber(waiting));
}
