import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ProofDifference, remedies } from '../../../shared/contract/proof.ts';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import { words } from './words.ts';

/** One record that differs: what is the matter, and the sides from which it can be repaired. */
export function DifferenceCard({ difference }: { difference: ProofDifference }) {
  const { caseId, subject, kind, number, headName, rt, rw, mendedFrom } = difference;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayRepair = useMay('clash:resolve');
  const repair = useMutation(
    trpc.proof.repair.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (_, { from }) => {
        tellDone(words.mendedTitle, words.mended[subject][from]);
        await Promise.all([
          queries.invalidateQueries(trpc.proof.pathFilter()),
          queries.invalidateQueries(trpc.sync.pathFilter()),
          queries.invalidateQueries(trpc.attention.pathFilter()),
          queries.invalidateQueries(trpc.cases.pathFilter()),
        ]);
      },
    }),
  );
  return (
    <Paper p="md" component="article" aria-label={`${words.kinds[subject][kind]}: ${number}`}>
      <Title order={3} size="h5">
        {words.kinds[subject][kind]}
      </Title>
      <Text size="sm" mb={4}>
        {headName === null ? (
          `${words.noName} · ${number}`
        ) : (
          <>
            {headName} <CaseLink caseId={caseId}>{number}</CaseLink>
          </>
        )}{' '}
        · {rt === null ? words.rw(rw) : words.rtRw(rt, rw)}
      </Text>
      <Text size="sm" c="dimmed">
        {mendedFrom === null ? words.kindText[subject][kind] : words.mended[subject][mendedFrom]}
      </Text>
      {repair.error !== null && <ProblemNote problem={problemOf(repair.error)} />}
      {mayRepair && mendedFrom === null && (
        <Group justify="flex-end" gap="xs" mt="sm">
          {remedies[kind].map((from) => (
            <Button
              key={from}
              variant={from === 'kantor' ? 'filled' : 'default'}
              loading={repair.isPending && repair.variables.from === from}
              disabled={repair.isPending}
              onClick={() => repair.mutate({ caseId, subject, from })}
            >
              {words.repair[from]}
            </Button>
          ))}
        </Group>
      )}
    </Paper>
  );
}
