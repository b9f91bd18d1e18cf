import { Alert, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProofArea, ProofView } from '../../../shared/contract/proof.ts';
import { ActionButton } from '../../app/actions/ActionButton.tsx';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatInstant, formatNumber } from '../../components/formats.ts';
import { AlertIcon, CheckIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { proofActions } from './actions.ts';
import { DifferenceCard } from './DifferenceCard.tsx';
import classes from './proof.module.css';
import { words } from './words.ts';

const every = 5_000;

/** Whether office and province hold the same: the verdict, what differs record by record, and counts by RW. */
export function ProofScreen() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const view = useQuery(
    trpc.proof.view.queryOptions(undefined, { refetchInterval: every, meta: { quiet: true } }),
  );
  const compare = useMutation(
    trpc.proof.compare.mutationOptions({
      onSuccess: async ({ mark }) => {
        if (mark !== null) tellDone(words.compared, words.comparedText(mark.state));
        await Promise.all([
          queries.invalidateQueries(trpc.proof.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
        ]);
      },
    }),
  );
  // The foot of the screen asks the same; both share one look.
  const { data: status } = useQuery(trpc.sync.status.queryOptions(undefined, { meta: { quiet: true } }));
  const notEnrolled = status?.province === null;
  const action = {
    ...proofActions.compare,
    when: () => !compare.isPending && !notEnrolled,
    perform: () => compare.mutate(),
  };
  useActions([action]);
  return (
    <section aria-label={words.title}>
      <PageHeader title={words.title} subtitle={words.subtitle}>
        <ActionButton action={action} />
      </PageHeader>
      {notEnrolled && <Text mb="md">{words.notEnrolled}</Text>}
      {view.data === undefined ? (
        <Waiting query={view} />
      ) : (
        <Verdict view={view.data} notEnrolled={notEnrolled} />
      )}
    </section>
  );
}

function Verdict({ view, notEnrolled }: { view: ProofView; notEnrolled: boolean }) {
  const { mark, casesHere, casesThere, differences, areas } = view;
  if (mark === null) return notEnrolled ? null : <Text c="dimmed">{words.never}</Text>;
  const well = mark.state === 'cocok';
  return (
    <>
      <Alert
        role="status"
        color={well ? 'teal' : 'yellow'}
        variant="light"
        icon={well ? <CheckIcon /> : <AlertIcon />}
        title={words.states[mark.state]}
        mb="md"
        maw="60rem"
      >
        <Text size="sm">
          {well && mark.later > 0 ? words.later(formatNumber(mark.later)) : words.explanations[mark.state]}
        </Text>
        {mark.state === 'berbeda' && mark.later > 0 && (
          <Text size="sm">{words.laterToo(formatNumber(mark.later))}</Text>
        )}
        <Text size="sm" className="tabular">
          {words.at[mark.via](formatInstant(mark.at))},{' '}
          {words.counts(formatNumber(casesHere), formatNumber(casesThere))}.
        </Text>
        {mark.via === 'kurir' && differences.length > 0 && <Text size="sm">{words.byCourier}</Text>}
      </Alert>
      {differences.length > 0 && (
        <>
          <Title order={2} size="h4" mb="xs">
            {words.differences}
          </Title>
          <div className={classes.differences}>
            {differences.map((difference) => (
              <DifferenceCard key={`${difference.caseId} ${difference.subject}`} difference={difference} />
            ))}
          </div>
        </>
      )}
      {areas.length > 0 && <AreaTable areas={areas} />}
    </>
  );
}

function AreaTable({ areas }: { areas: readonly ProofArea[] }) {
  return (
    <Table maw="36rem" captionSide="top" className="tabular">
      <Table.Caption className={classes.caption}>{words.areas}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{words.area}</Table.Th>
          <Table.Th scope="col" ta="end">
            {words.here}
          </Table.Th>
          <Table.Th scope="col" ta="end">
            {words.there}
          </Table.Th>
          <Table.Th scope="col">{words.verdict}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {areas.map(({ kelurahan, kelurahanName, rw, here, there, same, later }) => (
          <Table.Tr key={`${kelurahan} ${rw}`}>
            <Table.Th scope="row" fw={400}>
              {words.rw(rw)}, {kelurahanName}
            </Table.Th>
            <Table.Td ta="end">{formatNumber(here)}</Table.Td>
            <Table.Td ta="end">{formatNumber(there)}</Table.Td>
            <Table.Td>
              <span className={classes.verdict} data-same={same}>
                {!same ? <AlertIcon /> : later === 0 && <CheckIcon />}
                {!same ? words.differs : later === 0 ? words.same : words.sameButLater(formatNumber(later))}
              </span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
