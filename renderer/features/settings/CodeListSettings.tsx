import { Fieldset, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../app/rpc.ts';
import { formatDate } from '../../components/formats.ts';
import { Waiting } from '../../components/Waiting.tsx';
import { words } from './words.ts';

/** Which edition of which codes and questionnaires the program brings along; nothing of it is set here. */
export function CodeListSettings() {
  const trpc = useTRPC();
  const lists = useQuery(trpc.reference.codeLists.queryOptions());
  return (
    <Fieldset legend={words.codeLists}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.codeListsText}
        </Text>
        <Waiting query={lists} />
        {lists.data !== undefined && (
          <Table verticalSpacing={6} aria-label={words.codeLists}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.codeListColumns.title}</Table.Th>
                <Table.Th>{words.codeListColumns.version}</Table.Th>
                <Table.Th>{words.codeListColumns.dated}</Table.Th>
                <Table.Th>{words.codeListColumns.source}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lists.data.map(({ id, version, dated, title, source }) => (
                <Table.Tr key={id}>
                  <Table.Th scope="row" fw={500}>
                    {title}
                  </Table.Th>
                  <Table.Td>{version}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    {dated === null ? '–' : formatDate(dated)}
                  </Table.Td>
                  <Table.Td>{source}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Fieldset>
  );
}
