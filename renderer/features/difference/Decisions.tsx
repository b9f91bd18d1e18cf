import { Stack, Table, Text } from '@mantine/core';
import type { ChangeFilter, StagedDecision } from '../../../shared/contract/difference.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';
import { formatInstant } from '../../components/formats.ts';
import { words } from './words.ts';

interface DecisionsProps {
  decisions: readonly StagedDecision[];
  /** Kelurahan of the list, by which a filter is named; others stand by their code. */
  areas: readonly { code: string; name: string }[];
}

/** Who took what of a file in and refused what while it waited, the latest first. */
export function Decisions({ decisions, areas }: DecisionsProps) {
  const { decisionColumns: columns } = words;
  return (
    <Stack gap="sm">
      <Text size="sm">{words.decisionsText}</Text>
      <Table.ScrollContainer minWidth="30rem" maxHeight="24rem">
        <Table stickyHeader verticalSpacing={4} aria-label={words.decisionsTitle}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{columns.when}</Table.Th>
              <Table.Th>{columns.who}</Table.Th>
              <Table.Th>{columns.what}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {decisions.map((decision) => (
              <Table.Tr key={decision.id}>
                <Table.Td>{formatInstant(decision.at)}</Table.Td>
                <Table.Td>{decision.byName}</Table.Td>
                <Table.Td>
                  {words.decision(decision, partOf(decision.filter, areas))}
                  {decision.withdrawn !== null && (
                    <Text size="sm" c="dimmed">
                      {words.withdrawn(decision.withdrawn.byName, formatInstant(decision.withdrawn.at))}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** What a decision was about, as the filter was called: "baru, tidak ada lagi, RW 003". */
export function partOf(filter: ChangeFilter | null, areas: DecisionsProps['areas']): string {
  const { decisionPart: part } = words;
  if (filter === null) return part.ticked;
  const kelurahan =
    filter.kelurahan === undefined
      ? null
      : (areas.find(({ code }) => code === filter.kelurahan)?.name ?? filter.kelurahan);
  const rw = filter.rw === undefined ? null : threeDigits(filter.rw);
  const parts = [
    ...(filter.kinds === undefined
      ? []
      : [filter.kinds.length === 1 ? filter.kinds.map((kind) => part.views[kind]).join() : part.changes]),
    ...(filter.rankMoved === true ? [part.rankMoved] : []),
    ...(filter.unread === true ? [part.unread] : []),
    ...(filter.accepted === undefined ? [] : [filter.accepted ? part.accepted : part.refused]),
    ...(kelurahan === null && rw === null ? [] : [words.place(kelurahan, rw)]),
  ];
  return parts.length === 0 ? part.all : parts.join(', ');
}
