import { Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OfficialRank } from '../../../shared/contract/reference.ts';
import { referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** On the screen of a case: what each list said of the family's official rank, the latest first. */
export function CaseRanks({ caseId }: { caseId: string }) {
  const trpc = useTRPC();
  const ranks = useQuery(
    trpc.reference.ranks.queryOptions({ caseId }, { staleTime: 30_000, meta: { quiet: true } }),
  );
  if (ranks.data === undefined) return <Waiting query={ranks} silent />;
  if (ranks.data.length === 0) return null;
  return (
    <Paper component="section" p="md" mb="lg" aria-label={words.ranks.title}>
      <Title order={2} mb={4}>
        {words.ranks.title}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {words.ranks.note}
      </Text>
      <Table verticalSpacing={4} aria-label={words.ranks.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.ranks.list}</Table.Th>
            <Table.Th>{words.ranks.rank}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ranks.data.map((rank) => (
            <Rank key={rank.householdId} rank={rank} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Rank({ rank }: { rank: OfficialRank }) {
  const { statedBy } = rank;
  return (
    <Table.Tr>
      <Table.Td>
        {words.ranks.version(rank.listName, rank.version)}
        <Text size="xs" c="dimmed">
          {[
            ...(rank.listName.startsWith(referenceSourceLabel[rank.source])
              ? []
              : [referenceSourceLabel[rank.source]]),
            words.ranks.date(formatDate(rank.listDate)),
            words.ranks.head(rank.headName),
          ].join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text span size="sm" fw={rank.current ? 600 : undefined}>
          {[
            ...(rank.desil === null ? [] : [words.ranks.desil(rank.desil)]),
            ...(rank.percentile === null ? [] : [words.ranks.percentile(rank.percentile)]),
          ].join(', ')}
        </Text>
        <Text size="xs" c="dimmed">
          {statedBy === null
            ? rank.current && words.ranks.current
            : words.ranks.statedBy(statedBy.listName, statedBy.version, formatDate(statedBy.listDate))}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
