import { Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** The register of letters of a year, newest first. */
export function LettersPanel({ year }: { year: number }) {
  const trpc = useTRPC();
  const register = useQuery(trpc.documents.letters.queryOptions({ year }));
  if (register.data === undefined) return <Waiting query={register} silent />;
  const { letters } = register.data;
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {words.letters(year)}
      </Title>
      {letters.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.lettersEmpty}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth="40rem" maxHeight="16rem">
          <Table stickyHeader verticalSpacing={4} aria-label={words.letters(year)}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="end">{words.lettersColumns.serial}</Table.Th>
                <Table.Th>{words.lettersColumns.number}</Table.Th>
                <Table.Th>{words.lettersColumns.title}</Table.Th>
                <Table.Th>{words.lettersColumns.dated}</Table.Th>
                <Table.Th>{words.lettersColumns.by}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {letters.map((letter) => (
                <Table.Tr key={letter.id}>
                  <Table.Td ta="end">{letter.serial ?? '–'}</Table.Td>
                  <Table.Td>{letter.number}</Table.Td>
                  <Table.Td>{letter.title}</Table.Td>
                  <Table.Td>{formatDate(letter.dated)}</Table.Td>
                  <Table.Td>{letter.createdByName}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
